"""The term that partners get in one query, and the hour of its last day."""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from emnnet.domain.calendar import Unit
from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import date_warnings, proposal
from emnnet.domain.roles import Actor
from emnnet.domain.terms import day_zero
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.services.events import record
from emnnet.services.missing_calendars import ask_for_calendar
from emnnet.services.routing import open_grid

LONGEST_TERM = 300  # days of any kind: no query runs for a year
ABSURD = _n("Give a term between 1 and %(most)d days, not %(days)d.")


def choose_term(
    session: Session,
    query: Query,
    term: tuple[int, Unit] | None,
    due_time: time | None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Let the partners' date be counted from the sending; None: back from reply-by.

    Raises `DomainError` for an absurd term or one that ends after the reply-by date,
    `IllegalAction` for a query that asks nobody any more.
    """
    open_grid(session, query)
    if term is not None and not 1 <= term[0] <= LONGEST_TERM:
        raise DomainError(ABSURD, most=LONGEST_TERM, days=term[0])
    calendar = office_calendar(session)
    when = proposal(query.reply_by, term, calendar, day_zero(now, calendar))
    if term is not None:
        date_warnings(when.due_on, query.reply_by, calendar, office_day(now))
    query.term_days, query.term_unit = term or (None, None)
    query.due_time = due_time
    ask_for_calendar(session, query, days=[when.due_on], now=now)
    facts = {
        "term_days": query.term_days,
        "term_unit": query.term_unit.value if query.term_unit else None,
        "due_time": due_time.isoformat("minutes") if due_time else None,
    }
    record(session, EventKind.TERM_CHOSEN, query, by=by, now=now, **facts)


def following(
    session: Session, query: Query, days: Mapping[int, date], *, now: datetime
) -> dict[int, date | None]:
    """These days, without those that are only what the term proposes today.

    A term counts from the sending, so its date is worked out then, not kept now.
    """
    if query.term is None:
        return dict(days)
    calendar = office_calendar(session)
    zero = day_zero(now, calendar)
    proposed = proposal(query.reply_by, query.term, calendar, zero).due_on
    return {body: None if day == proposed else day for body, day in days.items()}
