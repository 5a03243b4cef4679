"""The search vector is kept: making it anew for each row took most of a search."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the change."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX ix_search_entry_terms")
    op.execute(
        "ALTER TABLE search_entry ADD COLUMN vector tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED"
    )
    op.execute("CREATE INDEX ix_search_entry_vector ON search_entry USING gin (vector)")


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("ALTER TABLE search_entry DROP COLUMN vector")
    op.execute(
        "CREATE INDEX ix_search_entry_terms ON search_entry"
        " USING gin (to_tsvector('simple', terms))"
    )
