"""More time for one institution, and every date that moved for whatever reason."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.clock_stop import ClockStop
from emnnet.models.contribution import Contribution
from emnnet.models.reply_by_move import ReplyByMove


class Extension(Base):
    """An institution was given more time: for all it owes, or for some questions."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    reply_by_move_id: Mapped[int | None] = mapped_column(
        ForeignKey("reply_by_move.id"), index=True
    )  # given because the asking country moved its date
    is_whole: Mapped[bool]  # all that was owed; else the questions that moved
    old_on: Mapped[date]
    new_on: Mapped[date]
    reason: Mapped[str]
    given_at: Mapped[datetime]
    given_by: Mapped[str]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str | None]

    assignment: Mapped[Assignment] = relationship()
    reply_by_move: Mapped[ReplyByMove | None] = relationship()
    moves: Mapped[list[MovedDate]] = relationship(
        order_by="MovedDate.id", back_populates="extension"
    )


class MovedDate(Base):
    """One date as it was and as it became: kept to tell it, and to take it back.

    Of a question, of a whole assignment, or (of neither) of the query: its reply-by.
    A question without a date of its own follows its assignment.
    """

    __tablename__ = "moved_date"

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("clock_stop.id"), index=True)
    extension_id: Mapped[int | None] = mapped_column(
        ForeignKey("extension.id"), index=True
    )
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    old_on: Mapped[date | None]
    new_on: Mapped[date | None]

    stop: Mapped[ClockStop | None] = relationship()
    extension: Mapped[Extension | None] = relationship(back_populates="moves")
    assignment: Mapped[Assignment | None] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
