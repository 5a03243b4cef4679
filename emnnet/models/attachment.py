"""Attachments: files that an institution gives with an answer."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.audience import Audience
from emnnet.models.base import Base
from emnnet.models.contribution import Contribution
from emnnet.models.stored_file import StoredFile


class Attachment(Base):
    """A file of one contribution. Its audience is its own, not the answer's."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(
        ForeignKey("contribution.id"), index=True
    )
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    original_name: Mapped[str]  # as its owner called it
    safe_name: Mapped[str]  # as we hand it out
    audience: Mapped[Audience]
    attached_at: Mapped[datetime]
    attached_by: Mapped[str]
    removed_at: Mapped[datetime | None]

    contribution: Mapped[Contribution] = relationship()
    stored_file: Mapped[StoredFile] = relationship()
