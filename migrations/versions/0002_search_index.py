"""Search index: full text over the stems, by each data base's own means."""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "terms, content='search_entry', content_rowid='id', tokenize='unicode61')",
    "CREATE TRIGGER search_index_insert AFTER INSERT ON search_entry BEGIN"
    " INSERT INTO search_index(rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER search_index_delete AFTER DELETE ON search_entry BEGIN"
    " INSERT INTO search_index(search_index, rowid, terms)"
    " VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER search_index_update AFTER UPDATE ON search_entry BEGIN"
    " INSERT INTO search_index(search_index, rowid, terms)"
    " VALUES ('delete', old.id, old.terms);"
    " INSERT INTO search_index(rowid, terms) VALUES (new.id, new.terms); END",
)
TRIGGERS = ("search_index_insert", "search_index_delete", "search_index_update")
POSTGRESQL = (
    "CREATE INDEX ix_search_entry_terms ON search_entry"
    " USING gin (to_tsvector('simple', terms))"
)


def upgrade() -> None:
    """Make the change."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    else:
        op.execute(POSTGRESQL)


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE search_index")
    else:
        op.execute("DROP INDEX ix_search_entry_terms")
