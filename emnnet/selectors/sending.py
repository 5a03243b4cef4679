"""What would leave if somebody pressed "send" now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import Message
from emnnet.domain.partner_dates import Proposal, date_warnings, proposal
from emnnet.domain.routing_grid import still_to_ask, unanswered
from emnnet.domain.terms import Term, day_zero
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import Addressee, addressees
from emnnet.selectors.routing_state import GridState


@dataclass(frozen=True)
class Ask:
    """What one institution is to be asked, by when, and where the mail goes."""

    institution: Institution
    roles: Mapping[Question, CellRole]
    due_on: date
    to: Addressee
    due_time: time | None = None
    term: Term | None = None  # how the date was counted; None: set by hand

    @property
    def owes(self) -> bool:
        """Is an answer awaited, or is it only told?"""
        return any(role.owes for role in self.roles.values())


@dataclass(frozen=True)
class Sending:
    """Whom to ask what; the questions nobody would answer; who cannot be reached."""

    asks: tuple[Ask, ...]
    empty: tuple[Question, ...]
    silent: tuple[Institution, ...]

    @property
    def questions(self) -> int:
        """How many questions would leave."""
        return len({question for one in self.asks for question in one.roles})


def planned_sending(
    session: Session,
    query: Query,
    state: GridState,
    due_on: Mapping[int, date],
    today: date,
    sent_at: datetime | None = None,
) -> Sending:
    """All that is planned and was not asked yet, with the day of each institution.

    `sent_at` is the moment that a term counts from; without it, `today` is day zero.
    """
    by_id = {question.id: question for question in query.questions}
    empty = unanswered(by_id, state.roles)
    planned = {key: cell.role for key, cell in state.planned.items()}
    todo = still_to_ask([one for one in by_id if one not in empty], planned, state.sent)
    reached = addressees(session, todo, today)
    days = {**_days(state, today), **due_on}
    calendar = office_calendar(session)
    zero = day_zero(sent_at, calendar) if sent_at else today
    proposed = proposal(query.reply_by, query.term, calendar, zero)
    bodies = session.scalars(
        select(Institution).where(Institution.id.in_(todo)).order_by(Institution.id)
    ).all()
    asks = [
        Ask(
            institution=body,
            roles={by_id[question]: role for question, role in todo[body.id].items()},
            due_on=_when(days.get(body.id), proposed).due_on,
            to=reached[body.id],
            due_time=query.due_time,
            term=_when(days.get(body.id), proposed).term,
        )
        for body in bodies
        if body.id in reached
    ]
    silent = tuple(body for body in bodies if body.id not in reached)
    return Sending(tuple(asks), tuple(by_id[one] for one in empty), silent)


def _when(chosen: date | None, proposed: Proposal) -> Proposal:
    """The day and its term; a day that somebody chose has none."""
    if chosen is None or chosen == proposed.due_on:
        return proposed
    return Proposal(chosen)


def sending_warnings(
    session: Session, query: Query, sending: Sending, today: date
) -> tuple[Message, ...]:
    """What has to be read before; raises `DomainError` for an impossible day."""
    calendar = office_calendar(session)
    days = sorted({one.due_on for one in sending.asks if one.owes})
    terms = {one.term for one in sending.asks if one.owes and one.term}
    said = [warning for term in terms for warning in term.deadline(calendar).warnings]
    said += [
        warning
        for day in days
        for warning in date_warnings(day, query.reply_by, calendar, today)
    ]
    return tuple(dict.fromkeys(said))


def _days(state: GridState, today: date) -> dict[int, date]:
    """By when each is asked where nobody says otherwise: as planned, else as before."""
    days = {
        institution: contribution.assignment.due_on
        for (_, institution), contribution in state.sent.items()
        if contribution.assignment.due_on >= today
    }
    planned = {
        key[1]: cell.due_on
        for key, cell in state.planned.items()
        if cell.due_on is not None and key not in state.sent
    }
    return days | planned
