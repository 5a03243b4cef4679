"""The one mail of reminders that an institution gets on a day: had it, or waits it?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, bindparam, select

from emnnet.domain.mails import MailKind
from emnnet.domain.moments import at_hour, end_of_day
from emnnet.models.base import UtcDateTime
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.outbox import UNENDED
from emnnet.selectors.reading import Reading, Rows, Selection, some


def mail_key(institution_id: int, day: date) -> str:
    """The promise of one mail for an institution and day."""
    return f"reminders:{institution_id}:{day.isoformat()}"


def left_on(day: date) -> ColumnElement[bool]:
    """The condition that a mail left on a day of the office."""
    begin, end = at_hour(day, time.min), end_of_day(day)
    return and_(OutboxMessage.sent_at >= begin, OutboxMessage.sent_at < end)


@dataclass(frozen=True)
class DayMails:
    """Which institutions had their mail of a day, and to which one waits to leave."""

    had: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()


def day_mails_reading(
    institution_ids: Collection[int], today: date
) -> Reading[DayMails]:
    """The reminders of a day, to be read together with other things.

    A mail that still waits, today's or an older one, takes in what falls due. An
    older one that left only today was the mail of today.
    """

    def made(waits: Rows, *left: Rows) -> DayMails:
        waiting = frozenset(row.institution_id for row in waits)
        had = {row.institution_id for rows in left for row in rows}
        return DayMails(frozenset(had) - waiting, waiting)

    values = {
        "mailed_ids": list(institution_ids),
        "mail_keys": [mail_key(id_, today) for id_ in institution_ids],
        "day_begins": at_hour(today, time.min),
        "day_ends": end_of_day(today),
    }
    return Reading(_day_mails(), made, values)


@lru_cache
def _day_mails() -> tuple[Selection, ...]:
    """What waits, the mail of the day, and what left: each finds its index."""
    begins, ends = (
        bindparam(name, type_=UtcDateTime()) for name in ("day_begins", "day_ends")
    )
    left = and_(OutboxMessage.sent_at >= begins, OutboxMessage.sent_at < ends)
    return tuple(
        select(OutboxMessage.institution_id).where(
            OutboxMessage.kind == MailKind.REMINDER,
            OutboxMessage.institution_id.in_(some("mailed_ids")),
            which,
        )
        for which in (UNENDED, OutboxMessage.key.in_(some("mail_keys")), left)
    )
