"""A person's calendar: which dates stand in it, and how long."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

PAST = timedelta(days=90)
AHEAD = timedelta(days=400)
MOST = 1000  # entries; what is farthest from today is left out


class FeedKind(StrEnum):
    """What happens on a day."""

    DUE = "due"  # an institution's own day
    REPLY_BY = "reply-by"
    PARTNERS = "partners"
    CONSOLIDATION = "consolidation"
    CLEARANCE = "clearance"
    SENDING = "sending"


class FeedState(StrEnum):
    """Whether the day still means something."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class FeedEntry:
    """One date. Never a text of a question or of an answer."""

    kind: FeedKind
    uid: str  # the same for the same date, wherever it moves
    day: date
    reference: str
    title: str
    state: FeedState
    sequence: int  # grows with each change
    changed_at: datetime
    query_id: int
    hour: time | None = None  # by the office's clock
    assignment_id: int | None = None
    whom: str = ""  # institutions, for the office
    questions: str = ""  # numbers of questions, where they have a day of their own


def window(today: date) -> tuple[date, date]:
    """The first and the last day that stand in a calendar."""
    return today - PAST, today + AHEAD


def nearest(entries: list[FeedEntry], today: date) -> list[FeedEntry]:
    """The entries in the order of days; of too many, those nearest to today."""
    close = sorted(entries, key=lambda one: (abs((one.day - today).days), one.uid))
    return sorted(close[:MOST], key=lambda one: (one.day, one.uid))
