"""Editions of the organogram, frozen for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("bodies", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_by", sa.String()),
        sa.Column("withdrawn_because", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.UniqueConstraint("number", name="uq_edition_number"),
    )
    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("safe_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_edition_file_edition_id_edition"
        ),
        sa.ForeignKeyConstraint(
            ["stored_file_id"],
            ["stored_file.id"],
            name="fk_edition_file_stored_file_id_stored_file",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_edition_file"),
        sa.UniqueConstraint(
            "edition_id",
            "kind",
            "language",
            name="uq_edition_file_edition_id_kind_language",
        ),
    )
    op.create_index("ix_edition_file_edition_id", "edition_file", ["edition_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("edition_file")
    op.drop_table("edition")
