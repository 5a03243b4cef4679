"""Word forms that came back, private calendars, drafts passed on, removed texts."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COUNTS = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    """Make the change."""
    _word_returns()
    _calendar_feeds()
    _passed_drafts()
    _removed_paragraphs()


def downgrade() -> None:
    """Take it back."""
    for table in ("removed_paragraph", "passed_draft", "calendar_feed", "word_return"):
        op.drop_table(table)


def _word_returns() -> None:
    op.create_table(
        "word_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("returned_at", MOMENT, nullable=False),
        sa.Column("returned_by", sa.String(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name="fk_word_return_assignment_id_assignment",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_word_return"),
    )
    op.create_index("ix_word_return_assignment_id", "word_return", ["assignment_id"])


def _calendar_feeds() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (contact_id IS NULL)",
            name=op.f("ck_calendar_feed_one_person"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name="fk_calendar_feed_user_id_user_account",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_calendar_feed_contact_id_contact"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("digest", name="uq_calendar_feed_digest"),
    )
    for who in ("user", "contact"):
        op.create_index(
            f"uq_calendar_feed_{who}",
            "calendar_feed",
            [f"{who}_id"],
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        )


def _passed_drafts() -> None:
    op.create_table(
        "passed_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("passed_at", MOMENT, nullable=False),
        sa.Column("passed_by", sa.String(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["contribution.id"],
            name="fk_passed_draft_origin_id_contribution",
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"],
            ["contribution.id"],
            name="fk_passed_draft_receiver_id_contribution",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passed_draft"),
        sa.UniqueConstraint(
            "origin_id", "receiver_id", name="uq_passed_draft_origin_id_receiver_id"
        ),
    )
    for side in ("origin_id", "receiver_id"):
        op.create_index(f"ix_passed_draft_{side}", "passed_draft", [side])


def _removed_paragraphs() -> None:
    op.create_table(
        "removed_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=False),
        sa.Column("removed_by", sa.String(), nullable=False),
        sa.Column("restored_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["national_response.id"],
            name="fk_removed_paragraph_response_id_national_response",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_removed_paragraph"),
    )
    op.create_index(
        "ix_removed_paragraph_response_id", "removed_paragraph", ["response_id"]
    )
