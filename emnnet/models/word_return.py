"""Word forms that came back: read, and kept until somebody has looked at them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.assignment import Assignment
from emnnet.models.base import Base


class WordReturn(Base):
    """A filled form of one assignment. Its texts go when it is taken in or refused."""

    __tablename__ = "word_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    file_name: Mapped[str]  # as it was called where it came from
    content: Mapped[dict[str, Any]]  # domain.word_form.as_plain; {} once it is settled
    returned_at: Mapped[datetime]
    returned_by: Mapped[str]
    settled_at: Mapped[datetime | None]  # taken in, or thrown away
    settled_by: Mapped[str | None]

    assignment: Mapped[Assignment] = relationship()
