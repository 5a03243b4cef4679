"""Tasks: what the office has to look at, found by the system."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base, growing


class TaskKind(StrEnum):
    """What needs a person."""

    MAIL_FAILED = "mail_failed"
    ADDRESS_REFUSED = "address_refused"
    CALENDAR_MISSING = "calendar_missing"
    CALENDAR_CHECK = "calendar_check"
    CALENDAR_FEED = "calendar_feed"
    RECORD_BROKEN = "record_broken"
    LATE_ANSWER = "late_answer"
    NO_CONTACT = "no_contact"
    NOBODY_ABOVE = "nobody_above"
    MORE_TIME_ASKED = "more_time_asked"
    INTAKE_FAILED = "intake_failed"
    CONTACT_PROPOSED = "contact_proposed"
    CALL = "call"
    ARRIVED_MAIL = "arrived_mail"  # somebody wrote, and waits
    ARRIVED_LATE = "arrived_late"  # after its query had ended


CALENDAR_TASKS = frozenset(
    {TaskKind.CALENDAR_MISSING, TaskKind.CALENDAR_CHECK, TaskKind.CALENDAR_FEED}
)
"""Those about a calendar: their key says which one, and which year."""


class Task(Base):
    """Something for a person of the office; the key keeps it single."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TaskKind] = mapped_column(growing(TaskKind))
    query_id: Mapped[int | None] = mapped_column(ForeignKey("query.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_message.id"))
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
