"""Absences, closures, digests, call notes, links for one errand, reminders by hand."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BY_HAND = ["by_hand"]
NEW_TASKS = "'intake_failed', 'contact_proposed', 'call'"
NEW_MAILS = "'digest', 'account_invitation'"

ONCE = {
    "uq_reminder_assignment": "contribution_id IS NULL",
    "uq_reminder_question": "contribution_id IS NOT NULL",
}
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the change."""
    _absences()
    _links()
    _notes_and_digests()
    for name in ("invited_at", "accepted_at"):
        op.add_column("user_account", sa.Column(name, MOMENT, nullable=True))
    op.add_column(
        "user_account",
        sa.Column(
            "wants_digest", sa.Boolean(), nullable=False, server_default=sa.true()
        ),
    )
    _reword("reminder", "kind", lambda old: [*old, *_missing(BY_HAND, old)])
    _reindex(" AND kind <> 'by_hand'")


def downgrade() -> None:
    """Take it back; what needs the new words goes with them."""
    mails = f"(SELECT id FROM outbox_message WHERE kind IN ({NEW_MAILS}))"
    for table in ("task", "digest"):
        op.execute(f"UPDATE {table} SET message_id = NULL WHERE message_id IN {mails}")
    op.execute(f"DELETE FROM task WHERE kind IN ({NEW_TASKS})")
    op.execute(f"DELETE FROM outbox_message WHERE kind IN ({NEW_MAILS})")
    op.execute("DELETE FROM reminder WHERE kind = 'by_hand'")
    _reindex("")
    _reword("reminder", "kind", lambda old: _missing(old, BY_HAND))
    for name in ("wants_digest", "accepted_at", "invited_at"):
        op.drop_column("user_account", name)
    for table in ("digest", "call_note", "scoped_link", "closure"):
        op.drop_table(table)
    _absences_back()


def _absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _words("stand", "stand", ["contact", "mailbox", "next", "proposed"]),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("proposed_email", sa.String(), nullable=True),
        sa.Column("proposed_title", sa.String(), nullable=True),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= begins", name=op.f("ck_absence_in_order")
        ),
        sa.CheckConstraint(
            "stand <> 'contact' OR substitute_id IS NOT NULL",
            name=op.f("ck_absence_substitute"),
        ),
        _key("absence", "contact_id", "contact"),
        _key("absence", "substitute_id", "contact"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_contact_id", "absence", ["contact_id"])
    op.execute(
        "INSERT INTO absence (contact_id, begins, until, stand, substitute_id,"
        " said_at, said_by)"
        " SELECT id, absent_from, absent_to,"
        " CASE WHEN substitute_id IS NULL THEN 'next' ELSE 'contact' END,"
        " substitute_id, CURRENT_TIMESTAMP, 'migration'"
        " FROM contact WHERE absent_from IS NOT NULL"
        " AND (absent_to IS NULL OR absent_to >= absent_from)"
    )
    with op.batch_alter_table("contact") as batch_op:
        batch_op.drop_column("absent_from")
        batch_op.drop_column("absent_to")
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("until >= begins", name=op.f("ck_closure_in_order")),
        _key("closure", "institution_id", "institution"),
        _key("closure", "substitute_id", "contact"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index("ix_closure_institution_id", "closure", ["institution_id"])


def _absences_back() -> None:
    with op.batch_alter_table("contact") as batch_op:
        batch_op.add_column(sa.Column("absent_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("absent_to", sa.Date(), nullable=True))
    newest = (
        "(SELECT {0} FROM absence WHERE absence.contact_id = contact.id"
        " AND ended_at IS NULL ORDER BY id DESC LIMIT 1)"
    )
    op.execute(
        f"UPDATE contact SET absent_from = {newest.format('begins')},"
        f" absent_to = {newest.format('until')}"
    )
    op.drop_table("absence")


def _links() -> None:
    errands = ["absence", "unsubscribe", "account", "preview"]
    op.create_table(
        "scoped_link",
        sa.Column("id", sa.Integer(), nullable=False),
        _words("errand", "errand", errands),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("query_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        _key("scoped_link", "contact_id", "contact"),
        _key("scoped_link", "user_id", "user_account"),
        _key("scoped_link", "query_id", "query"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scoped_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_scoped_link_digest")),
    )
    counting = sa.text("replaced_at IS NULL AND revoked_at IS NULL")
    op.create_index(
        "uq_scoped_link_counting",
        "scoped_link",
        ["subject", "errand"],
        unique=True,
        sqlite_where=counting,
        postgresql_where=counting,
    )
    op.create_index("ix_scoped_link_expires_at", "scoped_link", ["expires_at"])


def _notes_and_digests() -> None:
    outcomes = ["reached", "not_reached", "promised", "will_not_answer"]
    op.create_table(
        "call_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        _words("outcome", "calloutcome", outcomes),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'promised') = (promised_on IS NOT NULL)",
            name=op.f("ck_call_note_promise"),
        ),
        _key("call_note", "assignment_id", "assignment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_note")),
    )
    op.create_index("ix_call_note_assignment_id", "call_note", ["assignment_id"])
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        _key("digest", "user_id", "user_account"),
        _key("digest", "message_id", "outbox_message"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("user_id", "day", name=op.f("uq_digest_user_id_day")),
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


def _missing(words, there):
    return [word for word in words if word not in there]


def _reword(table, column, change):
    """Change the words that a CHECK allows, from those it allows now, if there is one."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    pattern = rf"\W*{column}\b.*(\bIN\b|\bANY\b)"
    check = next((one for one in checks if re.match(pattern, one["sqltext"])), None)
    if check is None:
        return
    allowed = change(re.findall(r"'(\w+)'", check["sqltext"]))
    listed = ", ".join(f"'{word}'" for word in allowed)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(check["name"]), type_="check")
        batch_op.create_check_constraint(op.f(check["name"]), f"{column} IN ({listed})")


def _reindex(besides):
    """The keys of the ledger, with or without reminders by hand."""
    there = sa.inspect(op.get_bind()).get_indexes("reminder")
    columns = {one["name"]: one["column_names"] for one in there}
    for name, which in ONCE.items():
        where = sa.text(which + besides)
        op.drop_index(name, "reminder")
        op.create_index(
            name,
            "reminder",
            columns[name],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
