"""Extensions, stopped clocks, corrected questions.

The kinds of mails and of tasks lose their CHECK: they grow with every part, and the
models know them anyway.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GROWING = (("outbox_message", "mailkind"), ("task", "taskkind"))
RUNNING = sa.text("restarted_on IS NULL AND taken_back_at IS NULL")
UNDECIDED = sa.text("decided_at IS NULL")


def upgrade() -> None:
    """Make the change."""
    for table, name in GROWING:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.add_column(
            sa.Column("wording", sa.Integer(), nullable=False, server_default="1")
        )
        batch_op.add_column(
            sa.Column("clock_start", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("clock_started_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE contribution SET wording = (SELECT question.number FROM question"
        " WHERE question.id = contribution.question_id)"
    )
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.alter_column("wording", server_default=None)
        batch_op.alter_column("clock_start", server_default=None)
    _stops()
    _extensions()
    _moves()
    _requests()


def downgrade() -> None:
    """Take it back."""
    for table in ("time_request", "moved_date", "extension", "clock_stop"):
        op.drop_table(table)
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.drop_column("clock_started_on")
        batch_op.drop_column("clock_start")
        batch_op.drop_column("wording")
    for table, name in GROWING:  # rows may be of kinds that the old CHECK did not know
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), "kind <> ''")


def _stops() -> None:
    op.create_table(
        "clock_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("query_id", sa.Integer(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_by", sa.String(), nullable=False),
        sa.Column("restarted_on", sa.Date(), nullable=True),
        sa.Column("restarted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restarted_by", sa.String(), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["query_id"], ["query.id"], name=op.f("fk_clock_stop_query_id_query")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_stop")),
    )
    op.create_index(op.f("ix_clock_stop_query_id"), "clock_stop", ["query_id"])
    op.create_index(
        "uq_clock_stop_running",
        "clock_stop",
        ["query_id"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def _extensions() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=False),
        sa.Column("new_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_extension_assignment_id_assignment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_assignment_id"), "extension", ["assignment_id"])


def _moves() -> None:
    pointers = {
        "stop": "clock_stop",
        "extension": "extension",
        "assignment": "assignment",
        "contribution": "contribution",
    }
    op.create_table(
        "moved_date",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(f"{one}_id", sa.Integer(), nullable=True) for one in pointers),
        sa.Column("old_on", sa.Date(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [f"{one}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_moved_date_{one}_id_{table}"),
            )
            for one, table in pointers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_date")),
    )
    for one in ("stop", "extension"):
        op.create_index(op.f(f"ix_moved_date_{one}_id"), "moved_date", [f"{one}_id"])


def _requests() -> None:
    op.create_table(
        "time_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("extension_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_time_request_assignment_id_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["extension_id"],
            ["extension.id"],
            name=op.f("fk_time_request_extension_id_extension"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_request")),
    )
    op.create_index(
        op.f("ix_time_request_assignment_id"), "time_request", ["assignment_id"]
    )
    op.create_index(
        "uq_time_request_undecided",
        "time_request",
        ["assignment_id"],
        unique=True,
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    )
