"""Run by Alembic for each command; the connection comes from `emnnet db`.

Imports nothing of the application, and lets no migration do so: an old
migration must run when the code it was written for is gone.
"""

from alembic import context
from sqlalchemy.types import TypeDecorator

BY_HAND = (  # 0002, 0005, 0017
    "search_index",
    "ix_search_entry_terms",
    "ix_query_listed",
    "ix_search_entry_vector",
    "vector",
)


def plain(kind, item, autogen_context):
    """Write our own column types as what they are underneath."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def ours(item, name, kind, reflected, compare_to):
    """These differ by data base; no model describes them."""
    return not (name or "").startswith(BY_HAND)


def run(connection, metadata):
    """Migrate inside one transaction where the database can (PostgreSQL)."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=plain,
        include_object=ours,
    )
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:  # a batch drops the table it copied, rows that point there or not
        say(connection, "PRAGMA foreign_keys = OFF")
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows that point nowhere: {broken}")
        connection.commit()
        say(connection, "PRAGMA foreign_keys = ON")
    connection.commit()


def say(connection, pragma):
    """Outside of a transaction: inside, SQLite takes no notice of it."""
    connection.commit()
    connection.connection.driver_connection.execute(pragma)


run(context.config.attributes["connection"], context.config.attributes["metadata"])
