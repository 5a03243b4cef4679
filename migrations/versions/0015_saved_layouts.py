"""Layouts of the network that a person saved."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("layout", sa.Column("saved_by", sa.String(), nullable=True))
    op.add_column(
        "layout", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("DELETE FROM layout WHERE saved_by IS NOT NULL")
    with op.batch_alter_table("layout") as table:
        table.drop_column("version")
        table.drop_column("saved_by")
