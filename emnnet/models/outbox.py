"""The outbox: mails promised in a transaction, sent after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base, growing
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.mail_wording import MailWording
from emnnet.models.query import Query

WAITING = text("sent_at IS NULL AND expired_at IS NULL AND failed_at IS NULL")


class OutboxMessage(Base):
    """Who is to be told what. Written when it leaves; its end is one of three."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index(
            "ix_outbox_message_waiting",
            "next_try_at",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index(None, "sent_at"),
        Index(
            "ix_outbox_message_waiting_for",
            "institution_id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        CheckConstraint(
            "(CASE WHEN sent_at IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN expired_at IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN failed_at IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_end",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # the same promise is made once
    kind: Mapped[MailKind] = mapped_column(growing(MailKind))
    recipient: Mapped[str]
    language: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    query_id: Mapped[int | None] = mapped_column(ForeignKey("query.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assignment.id"), index=True
    )
    facts: Mapped[dict[str, Any]]  # what the wording needs besides these rows
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]  # no longer true when it was to leave
    expiry_reason: Mapped[str | None]
    failed_at: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(index=True)  # answers name it
    subject: Mapped[str | None]  # as sent
    body: Mapped[str | None]  # as sent, the link masked
    wording_id: Mapped[int | None] = mapped_column(ForeignKey("mail_wording.id"))
    template_version: Mapped[str | None]  # of the shipped texts it was made with
    held_at: Mapped[datetime | None]  # expired: a test system writes to few
    bounced_at: Mapped[datetime | None]  # it was sent, and came back later
    bounce: Mapped[str | None]

    contact: Mapped[Contact | None] = relationship()
    institution: Mapped[Institution | None] = relationship()
    query: Mapped[Query | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
    wording: Mapped[MailWording | None] = relationship()
