"""Cleared texts: a clearance keeps what it was asked about, to compare the next with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the change."""
    op.add_column("clearance", sa.Column("content", sa.String(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("clearance", "content")
