"""Sending: what is planned and not yet asked is asked, in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from emnnet.domain.messages import Message, _n, message
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.domain.routing_grid import IncompleteGrid, NeedsConfirmation, Unreachable
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.task import TaskKind
from emnnet.selectors.sending import Sending, planned_sending, sending_warnings
from emnnet.services.asking import ask
from emnnet.services.missing_calendars import ask_for_calendar
from emnnet.services.routing import open_grid
from emnnet.services.tasks import open_task

QUESTION_SKIPPED = _n("Question %(question)s was not sent: nobody is asked to answer.")
BODY_SKIPPED = _n("%(institution)s was not asked: there is no address to write to.")


@dataclass(frozen=True)
class Sent:
    """What left with one press, and what was left out, in words."""

    assignments: tuple[Assignment, ...]
    contributions: tuple[Contribution, ...]
    skipped: tuple[Message, ...]


def send_routing(
    session: Session,
    query: Query,
    due_on: Mapping[int, date],
    *,
    only_complete: bool = False,
    confirmed: bool = False,
    by: Actor,
    now: datetime,
) -> Sent:
    """Ask all that is planned and was not asked yet; pressed twice, it asks once.

    `due_on` gives days by institution; else the planned or the proposed day holds.
    Raises `IncompleteGrid` or `Unreachable` unless `only_complete`, then
    `NeedsConfirmation` unless `confirmed`, and `DomainError` for an impossible day.
    """
    state, today = open_grid(session, query), office_day(now)
    sending = planned_sending(session, query, state, due_on, today, now)
    if not only_complete:
        _check_whole(sending)
    warnings = sending_warnings(session, query, sending, today)
    if warnings and not confirmed:
        raise NeedsConfirmation(warnings)
    asked = [ask(session, query, one, by=by, now=now) for one in sending.asks]
    _leave_tasks(session, query, sending, now=now)
    return Sent(
        tuple(one.assignment for one in asked),
        tuple(row for one in asked for row in one.contributions),
        tuple(_skipped(sending)),
    )


def _check_whole(sending: Sending) -> None:
    if sending.empty:
        raise IncompleteGrid(question.label for question in sending.empty)
    if sending.silent:
        raise Unreachable(body.short for body in sending.silent)


def _skipped(sending: Sending) -> Iterator[Message]:
    for question in sending.empty:
        yield message(QUESTION_SKIPPED, question=question.label)
    for body in sending.silent:
        yield message(BODY_SKIPPED, institution=body.short)


def _leave_tasks(
    session: Session, query: Query, sending: Sending, *, now: datetime
) -> None:
    """What the office has to see to: addresses and holidays that are missing."""
    days = [one.due_on for one in sending.asks]
    ask_for_calendar(session, query, days=days, now=now)
    for body in sending.silent:
        open_task(
            session,
            TaskKind.NO_CONTACT,
            f"no_contact:{query.id}:{body.id}",
            now=now,
            query_id=query.id,
            institution_id=body.id,
            institution=body.short,
        )
