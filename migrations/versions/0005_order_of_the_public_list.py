"""Order of the public list: the newest published queries without sorting them all."""

from alembic import op

revision = "0005"
down_revision = "0004"

LISTED = "WHERE published_at IS NOT NULL AND unpublished_at IS NULL"


def upgrade() -> None:
    """Make the change."""
    last = "" if op.get_bind().dialect.name == "sqlite" else " NULLS LAST"
    op.execute(
        "CREATE INDEX ix_query_listed ON query"
        f" (launched_on DESC{last}, id DESC) {LISTED}"
    )
    op.drop_index("ix_query_published_at", table_name="query")
    op.create_index(
        "ix_query_published_at_unpublished_at",
        "query",
        ["published_at", "unpublished_at"],
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_query_published_at_unpublished_at", table_name="query")
    op.create_index("ix_query_published_at", "query", ["published_at"])
    op.execute("DROP INDEX ix_query_listed")
