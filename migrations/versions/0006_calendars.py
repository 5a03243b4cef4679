"""Calendars with versions and sources; terms that are remembered, hours of deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CALENDARS = (
    ("LT", "Lithuania", "Lietuva"),
    ("BE", "Belgium", "Belgija"),
    ("EU", "EU institutions", "ES institucijos"),
)


def upgrade() -> None:
    """Make the change."""
    _new_tables()
    with op.batch_alter_table("holiday") as batch:
        batch.add_column(sa.Column("source", sa.String(), server_default=""))
        batch.add_column(sa.Column("added_by", sa.String()))
        batch.add_column(sa.Column("added_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("holiday") as batch:
        batch.alter_column("source", nullable=False, server_default=None)
    with op.batch_alter_table("calendar_year") as batch:
        batch.add_column(sa.Column("revision", sa.Integer(), server_default="0"))
        batch.add_column(sa.Column("loaded_by", sa.String()))
        batch.add_column(sa.Column("changed_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("calendar_year") as batch:
        batch.alter_column("revision", nullable=False, server_default=None)
    _terms_and_hours()


def downgrade() -> None:
    """Take it back."""
    for table in ("contribution_version", "contribution"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("due_time")
    for table in ("assignment", "query"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_unit"), type_="check")
        with op.batch_alter_table(table) as batch:
            batch.drop_column("due_time")
            batch.drop_column("term_days")
            batch.drop_column("term_unit")
            if table == "assignment":
                batch.drop_column("term_from")
    with op.batch_alter_table("calendar_year") as batch:
        for name in ("revision", "loaded_by", "changed_at"):
            batch.drop_column(name)
    with op.batch_alter_table("holiday") as batch:
        for name in ("source", "added_by", "added_at"):
            batch.drop_column(name)
    op.drop_table("calendar_change")
    op.drop_table("office_calendar")


def _new_tables() -> None:
    calendars = op.create_table(
        "office_calendar",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_lt", sa.String(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_office_calendar")),
    )
    names = ("code", "name_en", "name_lt")
    op.bulk_insert(calendars, [dict(zip(names, row, strict=True)) for row in CALENDARS])
    op.create_table(
        "calendar_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("undo_lines", sa.JSON(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["calendar_change.id"],
            name=op.f("fk_calendar_change_undoes_id_calendar_change"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_change")),
    )
    op.create_index(
        op.f("ix_calendar_change_calendar"), "calendar_change", ["calendar"]
    )


def _terms_and_hours() -> None:
    for table in ("assignment", "query"):
        unit = sa.Enum(
            "working_days",
            "calendar_days",
            name="unit",
            native_enum=False,
            create_constraint=True,
            length=32,
        )
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("due_time", sa.Time(), nullable=True))
            batch.add_column(sa.Column("term_days", sa.Integer(), nullable=True))
            batch.add_column(sa.Column("term_unit", unit, nullable=True))
            if table == "assignment":
                batch.add_column(sa.Column("term_from", sa.Date(), nullable=True))
    for table in ("contribution", "contribution_version"):
        op.add_column(table, sa.Column("due_time", sa.Time(), nullable=True))
