"""Sending: what is planned and not yet asked is asked, in one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import date_warnings, proposed_date
from emnnet.domain.roles import Actor
from emnnet.domain.routing_grid import (
    IncompleteGrid,
    NeedsConfirmation,
    Unreachable,
    still_to_ask,
    unanswered,
)
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.task import TaskKind
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import Addressee, addressees
from emnnet.selectors.routing_state import GridState
from emnnet.services.asking import Ask, ask
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
    labels = {question.id: question.label for question in query.questions}
    empty = unanswered(labels, state.roles)
    if empty and not only_complete:
        raise IncompleteGrid(labels[question] for question in empty)
    planned = {key: cell.role for key, cell in state.planned.items()}
    todo = still_to_ask(
        [one for one in labels if one not in empty], planned, state.sent
    )
    reached = addressees(session, todo, today)
    silent = _silent(session, query, set(todo) - set(reached), only_complete, now)
    days = _days(session, query, state, reached, today) | {
        institution: day
        for institution, day in due_on.items()
        if institution in reached
    }
    _check(session, query, days.values(), today, confirmed)
    asked = [
        ask(session, query, one, by=by, now=now)
        for one in _asks(session, query, todo, reached, days)
    ]
    ask_for_calendar(session, query, now=now)
    skipped = [message(QUESTION_SKIPPED, question=labels[one]) for one in empty]
    skipped += [message(BODY_SKIPPED, institution=name) for name in silent]
    return Sent(
        tuple(one.assignment for one in asked),
        tuple(row for one in asked for row in one.contributions),
        tuple(skipped),
    )


def _silent(
    session: Session,
    query: Query,
    unreachable: Collection[int],
    only_complete: bool,
    now: datetime,
) -> list[str]:
    """The institutions without an address; each becomes a task for the office."""
    bodies = session.scalars(
        select(Institution)
        .where(Institution.id.in_(unreachable))
        .order_by(Institution.id)
    ).all()
    if bodies and not only_complete:
        raise Unreachable(body.short for body in bodies)
    for body in bodies:
        open_task(
            session,
            TaskKind.NO_CONTACT,
            f"no_contact:{query.id}:{body.id}",
            now=now,
            query_id=query.id,
            institution_id=body.id,
            institution=body.short,
        )
    return [body.short for body in bodies]


def _days(
    session: Session,
    query: Query,
    state: GridState,
    institutions: Collection[int],
    today: date,
) -> dict[int, date]:
    """By when each is asked where nobody says otherwise: as planned, else as before."""
    proposed = proposed_date(query.reply_by, office_calendar(session), today)
    days = dict.fromkeys(institutions, proposed)
    for (_, institution), contribution in state.sent.items():
        if institution in days and contribution.assignment.due_on >= today:
            days[institution] = contribution.assignment.due_on
    for (_, institution), cell in state.planned.items():
        if institution in days and cell.due_on is not None:
            days[institution] = cell.due_on
    return days


def _check(
    session: Session,
    query: Query,
    days: Iterable[date],
    today: date,
    confirmed: bool,
) -> None:
    """Refuse impossible days; others with a warning need somebody who has read it."""
    calendar = office_calendar(session)
    said = [
        warning
        for day in sorted(set(days))
        for warning in date_warnings(day, query.reply_by, calendar, today)
    ]
    if said and not confirmed:
        raise NeedsConfirmation(dict.fromkeys(said))


def _asks(
    session: Session,
    query: Query,
    todo: Mapping[int, Mapping[int, CellRole]],
    reached: Mapping[int, Addressee],
    days: Mapping[int, date],
) -> Iterator[Ask]:
    questions = {question.id: question for question in query.questions}
    for id_, to in sorted(reached.items()):
        roles = {questions[question]: role for question, role in todo[id_].items()}
        body = session.get_one(Institution, id_)
        yield Ask(institution=body, roles=roles, due_on=days[id_], to=to)
