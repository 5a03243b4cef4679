"""Who changed what in the network, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ACTORS = ("person", "link", "scheduler", "command")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "network_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                *ACTORS,
                name="actorkind",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("undoes_id", sa.Integer()),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_network_act"),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["network_act.id"],
            name="fk_network_act_undoes_id_network_act",
        ),
        sa.UniqueConstraint("undoes_id", name="uq_network_act_undoes_id"),
    )
    op.create_index("ix_network_act_at", "network_act", ["at"])
    op.create_table(
        "network_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer()),
        sa.Column("other_institution_id", sa.Integer()),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_network_change"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["network_act.id"], name="fk_network_change_act_id_network_act"
        ),
    )
    for columns in (
        ["act_id"],
        ["institution_id"],
        ["other_institution_id"],
        ["table_name", "row_id"],
    ):
        name = f"ix_network_change_{'_'.join(columns)}"
        op.create_index(name, "network_change", columns)
    op.create_table(
        "reorganisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("reform", sa.String(32), nullable=False),
        sa.Column("cutover_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("followed_at", MOMENT),
        sa.Column("followed_act_id", sa.Integer()),
        sa.Column("cancelled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_reorganisation"),
        sa.ForeignKeyConstraint(
            ["act_id"], ["network_act.id"], name="fk_reorganisation_act_id_network_act"
        ),
        sa.ForeignKeyConstraint(
            ["followed_act_id"],
            ["network_act.id"],
            name="fk_reorganisation_followed_act_id_network_act",
        ),
        sa.UniqueConstraint("act_id", name="uq_reorganisation_act_id"),
    )
    op.create_index("ix_reorganisation_cutover_on", "reorganisation", ["cutover_on"])


def downgrade() -> None:
    """Take it back."""
    for table in ("reorganisation", "network_change", "network_act"):
        op.drop_table(table)
