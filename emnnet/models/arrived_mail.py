"""Mail that arrived: kept whole at once, judged afterwards, seen to by a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.arriving.kinds import ArrivedKind, CameBy
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.intake import Intake
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.stored_file import StoredFile

NOT_JUDGED = text("judged_at IS NULL")
UNSEEN = text("taken_at IS NULL AND filed_at IS NULL")


class ArrivedMail(Base):
    """One message. What it means is judged once; what became of it are moments."""

    __tablename__ = "arrived_mail"
    __table_args__ = (
        Index(
            "ix_arrived_mail_not_judged",
            "id",
            sqlite_where=NOT_JUDGED,
            postgresql_where=NOT_JUDGED,
        ),
        Index(
            "ix_arrived_mail_unseen",
            "kind",
            "arrived_at",
            sqlite_where=UNSEEN,
            postgresql_where=UNSEEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # of its Message-ID, or its bytes
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    came_by: Mapped[CameBy]
    arrived_at: Mapped[datetime]
    repeated: Mapped[int] = mapped_column(default=0)  # how often it came again

    tries: Mapped[int] = mapped_column(default=0)  # to judge it
    judged_at: Mapped[datetime | None]
    kind: Mapped[ArrivedKind] = mapped_column(default=ArrivedKind.UNJUDGED)
    message_id: Mapped[str | None]
    from_name: Mapped[str] = mapped_column(default="")
    from_address: Mapped[str] = mapped_column(default="", index=True)
    subject: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]  # as its sender's clock said
    text: Mapped[str] = mapped_column(default="")  # what is new in it
    quoted: Mapped[str] = mapped_column(default="")  # what it answers
    signature: Mapped[str] = mapped_column(default="")
    html: Mapped[str] = mapped_column(default="")  # as it came: never shown uncleaned
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    absent_until: Mapped[date | None]  # as an automatic reply says

    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(
        ForeignKey("institution.id"), index=True
    )
    query_id: Mapped[int | None] = mapped_column(ForeignKey("query.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    outbox_message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id")  # the mail of ours that it answers
    )

    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None]
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake.id"))
    filed_at: Mapped[datetime | None] = mapped_column(index=True)
    filed_by: Mapped[str | None]
    filing_reason: Mapped[str | None]

    stored_file: Mapped[StoredFile] = relationship()
    contact: Mapped[Contact | None] = relationship()
    institution: Mapped[Institution | None] = relationship()
    query: Mapped[Query | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()
    answered: Mapped[OutboxMessage | None] = relationship()
    intake: Mapped[Intake | None] = relationship()
    files: Mapped[list[ArrivedFile]] = relationship(
        order_by="ArrivedFile.position", back_populates="mail"
    )
    copies: Mapped[list[ArrivedCopy]] = relationship(order_by="ArrivedCopy.id")


class ArrivedFile(Base):
    """A file attached to a message; one that is not taken says why."""

    __tablename__ = "arrived_file"
    __table_args__ = (UniqueConstraint("arrived_mail_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    arrived_mail_id: Mapped[int] = mapped_column(ForeignKey("arrived_mail.id"))
    position: Mapped[int]
    original_name: Mapped[str]
    safe_name: Mapped[str]
    size: Mapped[int]  # bytes
    stored_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    refusal: Mapped[str | None]  # a marked sentence
    refusal_params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    text: Mapped[str] = mapped_column(default="")  # found in it
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of our own form

    mail: Mapped[ArrivedMail] = relationship(back_populates="files")
    stored_file: Mapped[StoredFile | None] = relationship()


class ArrivedCopy(Base):
    """The same Message-ID with other words: kept beside the first, never judged."""

    __tablename__ = "arrived_copy"
    __table_args__ = (UniqueConstraint("arrived_mail_id", "stored_file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    arrived_mail_id: Mapped[int] = mapped_column(ForeignKey("arrived_mail.id"))
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    arrived_at: Mapped[datetime]

    stored_file: Mapped[StoredFile] = relationship()
