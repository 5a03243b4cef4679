"""Planned dates: by when an institution is to be asked, before it is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the change."""
    op.add_column("routing_cell", sa.Column("due_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("routing_cell", "due_on")
