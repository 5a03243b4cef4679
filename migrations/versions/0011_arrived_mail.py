"""Arrived mail: messages with their files, and the answers found in them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOT_JUDGED = sa.text("judged_at IS NULL")
UNSEEN = sa.text("taken_at IS NULL AND filed_at IS NULL")
UNDECIDED = sa.text("decided_at IS NULL")
TABLES = ("mailed_draft", "arrived_file", "arrived_copy", "arrived_mail")


def upgrade() -> None:
    """Make the change."""
    _mails()
    _copies()
    _files()
    _drafts()
    op.create_index("ix_outbox_message_message_id", "outbox_message", ["message_id"])


def downgrade() -> None:
    """Take it back; what mail had opened as a task goes with it."""
    op.execute("DELETE FROM task WHERE kind IN ('arrived_mail', 'arrived_late')")
    op.drop_index("ix_outbox_message_message_id", "outbox_message")
    for table in TABLES:
        op.drop_table(table)


def _mails() -> None:
    op.create_table(
        "arrived_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column(
            "came_by",
            sa.Enum(
                "pipe",
                "imap",
                name="cameby",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "unjudged",
                "reply",
                "automatic",
                "bounce",
                "delayed",
                "maybe_bounce",
                "maybe_query",
                "other",
                "unreadable",
                name="arrivedkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("from_name", sa.String(), nullable=False),
        sa.Column("from_address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("quoted", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("absent_until", sa.Date(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("query_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("outbox_message_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("intake_id", sa.Integer(), nullable=True),
        sa.Column("filed_at", MOMENT, nullable=True),
        sa.Column("filed_by", sa.String(), nullable=True),
        sa.Column("filing_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name="fk_arrived_mail_assignment_id_assignment",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_arrived_mail_contact_id_contact"
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name="fk_arrived_mail_institution_id_institution",
        ),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intake.id"], name="fk_arrived_mail_intake_id_intake"
        ),
        sa.ForeignKeyConstraint(
            ["outbox_message_id"],
            ["outbox_message.id"],
            name="fk_arrived_mail_outbox_message_id_outbox_message",
        ),
        sa.ForeignKeyConstraint(
            ["query_id"], ["query.id"], name="fk_arrived_mail_query_id_query"
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name="fk_arrived_mail_stored_file_id_stored_file",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_arrived_mail"),
        sa.UniqueConstraint("key", name="uq_arrived_mail_key"),
    )
    op.create_index("ix_arrived_mail_contact_id", "arrived_mail", ["contact_id"])
    op.create_index("ix_arrived_mail_filed_at", "arrived_mail", ["filed_at"])
    op.create_index("ix_arrived_mail_from_address", "arrived_mail", ["from_address"])
    op.create_index(
        "ix_arrived_mail_institution_id", "arrived_mail", ["institution_id"]
    )
    op.create_index(
        "ix_arrived_mail_not_judged",
        "arrived_mail",
        ["id"],
        sqlite_where=NOT_JUDGED,
        postgresql_where=NOT_JUDGED,
    )
    op.create_index("ix_arrived_mail_query_id", "arrived_mail", ["query_id"])
    op.create_index(
        "ix_arrived_mail_unseen",
        "arrived_mail",
        ["kind", "arrived_at"],
        sqlite_where=UNSEEN,
        postgresql_where=UNSEEN,
    )


def _copies() -> None:
    op.create_table(
        "arrived_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arrived_mail_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["arrived_mail_id"],
            ["arrived_mail.id"],
            name="fk_arrived_copy_arrived_mail_id_arrived_mail",
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name="fk_arrived_copy_stored_file_id_stored_file",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_arrived_copy"),
        sa.UniqueConstraint(
            "arrived_mail_id",
            "stored_file_id",
            name="uq_arrived_copy_arrived_mail_id_stored_file_id",
        ),
    )


def _files() -> None:
    op.create_table(
        "arrived_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arrived_mail_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("original_name", sa.String(), nullable=False),
        sa.Column("safe_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("refusal_params", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrived_mail_id"],
            ["arrived_mail.id"],
            name="fk_arrived_file_arrived_mail_id_arrived_mail",
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name="fk_arrived_file_stored_file_id_stored_file",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_arrived_file"),
        sa.UniqueConstraint(
            "arrived_mail_id",
            "position",
            name="uq_arrived_file_arrived_mail_id_position",
        ),
    )


def _drafts() -> None:
    op.create_table(
        "mailed_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arrived_mail_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "word_form",
                "numbered",
                "whole",
                "chosen",
                name="draftorigin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "dissemination",
            sa.Enum(
                "yes",
                "ask",
                "no",
                name="dissemination",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column(
            "declines",
            sa.Enum(
                "no_data",
                "not_competent",
                "not_applicable",
                name="declinereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("carries_files", sa.Boolean(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "taken_over",
                "discarded",
                name="draftoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["arrived_mail_id"],
            ["arrived_mail.id"],
            name="fk_mailed_draft_arrived_mail_id_arrived_mail",
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_mailed_draft_contribution_id_contribution",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mailed_draft"),
        sa.UniqueConstraint(
            "arrived_mail_id",
            "contribution_id",
            name="uq_mailed_draft_arrived_mail_id_contribution_id",
        ),
    )
    op.create_index(
        "ix_mailed_draft_undecided",
        "mailed_draft",
        ["contribution_id"],
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    )
