"""Wordings the office has edited; which one a mail was sent in; mails that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AS_SENT = ("wording_id", "template_version", "held_at", "bounced_at", "bounce")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "mail_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("taken_from", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wording")),
        sa.UniqueConstraint(
            "kind",
            "occasion",
            "language",
            "duty",
            "number",
            name=op.f("uq_mail_wording_kind_occasion_language_duty_number"),
        ),
    )
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.add_column(sa.Column("wording_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("template_version", sa.String(), nullable=True))
        for name in ("held_at", "bounced_at"):
            batch_op.add_column(
                sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            )
        batch_op.add_column(sa.Column("bounce", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_outbox_message_wording_id_mail_wording"),
            "mail_wording",
            ["wording_id"],
            ["id"],
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("outbox_message") as batch_op:
        batch_op.drop_constraint(
            op.f("fk_outbox_message_wording_id_mail_wording"), type_="foreignkey"
        )
        for name in AS_SENT:
            batch_op.drop_column(name)
    op.drop_table("mail_wording")
