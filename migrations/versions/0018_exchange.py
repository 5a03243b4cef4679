"""When a source was read may be known to the month only."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the change."""
    column = sa.Column("as_of", sa.String(), nullable=False, server_default="")
    op.add_column("source", column)


def downgrade() -> None:
    """Take it back."""
    op.drop_column("source", "as_of")
