"""A reply-by date that was moved can be taken back, with the dates that moved along."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "reply_by_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query_id", sa.Integer(), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["query_id"], ["query.id"], name=op.f("fk_reply_by_move_query_id_query")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_by_move")),
    )
    op.create_index(op.f("ix_reply_by_move_query_id"), "reply_by_move", ["query_id"])
    with op.batch_alter_table("extension") as batch_op:
        batch_op.add_column(sa.Column("reply_by_move_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_extension_reply_by_move_id_reply_by_move"),
            "reply_by_move",
            ["reply_by_move_id"],
            ["id"],
        )
        batch_op.create_index(
            op.f("ix_extension_reply_by_move_id"), ["reply_by_move_id"]
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("extension") as batch_op:
        batch_op.drop_index(op.f("ix_extension_reply_by_move_id"))
        batch_op.drop_constraint(
            op.f("fk_extension_reply_by_move_id_reply_by_move"), type_="foreignkey"
        )
        batch_op.drop_column("reply_by_move_id")
    op.drop_table("reply_by_move")
