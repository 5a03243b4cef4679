"""The ladder of reminders, and what is held or paused."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DUTIES = ("mandated", "recommended", "agreement")
NEW_KINDS = "'on_the_day', 'call', 'after_reply_by'"
OLD_KINDS = (
    "five_days_before",
    "one_day_before",
    "day_after",
    "promise_passed",
    "second_chaser",
    "escalation",
)
NAMED = sa.text("due_on IS NOT NULL AND released_at IS NULL")
PARTIAL = (
    (
        "ix_query_running",
        "query",
        "id",
        "sent_on IS NULL AND closed_at IS NULL AND withdrawn_at IS NULL"
        " AND deleted_at IS NULL",
    ),
    (
        "ix_outbox_message_waiting_for",
        "outbox_message",
        "institution_id",
        "sent_at IS NULL AND expired_at IS NULL AND failed_at IS NULL",
    ),
)
ONCE = {
    "uq_mail_decision_assignment": "contribution_id IS NULL",
    "uq_mail_decision_question": "contribution_id IS NOT NULL",
}


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.drop_constraint(op.f("ck_reminder_reminderkind"), type_="check")
    _ladders()
    _decisions()
    op.create_index(
        "ix_assignment_query_id_due_on", "assignment", ["query_id", "due_on"]
    )
    op.create_index(op.f("ix_reminder_assignment_id"), "reminder", ["assignment_id"])
    op.create_index("ix_outbox_message_sent_at", "outbox_message", ["sent_at"])
    for name, table, column, where in PARTIAL:
        op.create_index(
            name,
            table,
            [column],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_index(
        "ix_contribution_own_date",
        "contribution",
        ["due_on"],
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )


def downgrade() -> None:
    """Take it back; what needs the new words goes with them."""
    op.drop_index("ix_contribution_own_date", "contribution")
    for name, table, _column, _where in PARTIAL:
        op.drop_index(name, table)
    op.drop_index("ix_outbox_message_sent_at", "outbox_message")
    op.drop_index(op.f("ix_reminder_assignment_id"), "reminder")
    op.drop_index("ix_assignment_query_id_due_on", "assignment")
    for table in ("mail_pause", "mail_decision", "ladder_step", "ladder"):
        op.drop_table(table)
    op.execute(f"DELETE FROM reminder WHERE kind IN ({NEW_KINDS})")
    listed = ", ".join(f"'{kind}'" for kind in OLD_KINDS)
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_reminder_reminderkind"), f"kind IN ({listed})"
        )


def _ladders() -> None:
    ladder = op.create_table(
        "ladder",
        sa.Column("id", sa.Integer(), nullable=False),
        _words("duty", "duty", DUTIES),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stuck_after", sa.Integer(), nullable=False),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
        sa.UniqueConstraint("duty", "number", name=op.f("uq_ladder_duty_number")),
    )
    step = op.create_table(
        "ladder_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ladder_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("base", sa.String(length=32), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("chasers", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        _key("ladder_step", "ladder_id", "ladder"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_step")),
        sa.UniqueConstraint(
            "ladder_id", "position", name=op.f("uq_ladder_step_ladder_id_position")
        ),
    )
    moment = sa.func.current_timestamp()
    for id_, duty in enumerate(DUTIES, 1):
        op.execute(
            ladder.insert().values(
                duty=duty,
                number=1,
                stuck_after=3,
                is_shipped=True,
                made_at=moment,
                made_by="migration",
            )
        )
        for position, row in enumerate(_shipped(duty), 1):
            op.execute(step.insert().values(ladder_id=id_, position=position, **row))


def _shipped(duty):
    """Instructed bodies are chased to the end; for others one chaser is all."""
    on = duty == "mandated"
    distance = 4 if on else 5
    rows = (
        ("five_days_before", "due", -5, 0, True),
        ("one_day_before", "due", -1, 0, True),
        ("on_the_day", "due", 0, 0, False),
        ("day_after", "due", 1, 0, True),
        ("promise_passed", "promise", 1, 0, True),
        ("second_chaser", "last_chaser", distance, 1, on),
        ("escalation", "last_chaser", distance, 2, on),
        ("call", "last_chaser", 2, 2, on),
        ("after_reply_by", "reply_by", 1, 1, on),
    )
    names = ("kind", "base", "working_days", "chasers", "is_active")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _decisions() -> None:
    op.create_table(
        "mail_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("clock_start", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        _words("choice", "choice", ("skip", "forward", "hold")),
        sa.Column("made_for", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        _key("mail_decision", "assignment_id", "assignment"),
        _key("mail_decision", "contribution_id", "contribution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_decision")),
    )
    for name, which in ONCE.items():
        columns = ["assignment_id", "contribution_id", "clock_start", "kind"]
        if which.endswith("IS NULL"):
            columns.remove("contribution_id")
        where = sa.text(f"{which} AND undone_at IS NULL")
        op.create_index(
            name,
            "mail_decision",
            columns,
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "mail_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= begins", name=op.f("ck_mail_pause_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_pause")),
    )


def _words(column, name, words):
    """A column that takes some words only."""
    kind = sa.Enum(
        *words, name=name, native_enum=False, create_constraint=True, length=32
    )
    return sa.Column(column, kind, nullable=False)


def _key(table, column, other):
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
