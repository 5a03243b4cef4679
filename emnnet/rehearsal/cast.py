"""Who plays which part: early, late, declining, silent, and who is named instead."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.routing import RoutingProposal
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.rehearsal.log import WayBlocked
from emnnet.selectors.contacts import addressees
from emnnet.selectors.routing_state import partner_ids

FEWEST = 4  # early, late, declining, silent
WITHOUT_LEAD = 2  # who declines and who is silent should not lead
CONTRIBUTORS = 2  # at most, taken over for a question


@dataclass(frozen=True)
class Body:
    """An institution that may be asked on the day."""

    id: int
    slug: str
    short: str
    name: str
    email: str


@dataclass
class Plan:
    """The grid as the coordinator ticks it, and what was added to the proposals."""

    cells: dict[tuple[int, int], CellRole] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)  # labels without any proposal

    def bodies(self, *roles: CellRole) -> list[int]:
        """The institutions with one of these roles, those with most questions first."""
        count: dict[int, int] = {}
        for (_, body), role in self.cells.items():
            if role in roles:
                count[body] = count.get(body, 0) + 1
        return sorted(count, key=lambda body: -count[body])

    @property
    def contributors(self) -> list[int]:
        """The institutions that lead nothing."""
        leads = self.bodies(CellRole.LEAD)
        return [one for one in self.bodies(CellRole.CONTRIBUTES) if one not in leads]


@dataclass(frozen=True)
class Cast:
    """The parts of a rehearsal."""

    early: tuple[Body, ...]
    late: Body
    declining: Body
    silent: Body

    @property
    def all(self) -> tuple[Body, ...]:
        """Everybody."""
        return (*self.early, self.late, self.declining, self.silent)


def askable(session: Session, on: date) -> dict[int, Body]:
    """The partners that can be reached on the day, by id."""
    ids = partner_ids(session, on)
    reached = addressees(session, ids, on)
    bodies = session.scalars(
        select(Institution).where(Institution.id.in_(reached)).order_by(Institution.id)
    )
    return {
        body.id: Body(
            body.id, body.slug, body.short, body.name_en, reached[body.id].email
        )
        for body in bodies
    }


def plan(
    query: Query, proposals: Sequence[RoutingProposal], bodies: Mapping[int, Body]
) -> Plan:
    """The proposals as cells; with so many more contributing that all parts exist."""
    ids = {body.slug: body.id for body in bodies.values()}
    made = Plan()
    for question, proposal in zip(query.questions, proposals, strict=True):
        ranked = [one for one in proposal.suggestions if one.institution in ids]
        if not ranked:
            made.guessed.append(question.label)
        lead = ids[ranked[0].institution] if ranked else next(iter(bodies))
        made.cells[question.id, lead] = CellRole.LEAD
        for one in ranked[1 : 1 + CONTRIBUTORS]:
            made.cells[question.id, ids[one.institution]] = CellRole.CONTRIBUTES
    others = _likely(proposals, bodies, ids)
    _fill_up(made, query.questions[0].id, others, bodies)
    return made


def cast_of(made: Plan, bodies: Mapping[int, Body]) -> Cast:
    """The parts: who leads answers; who only contributes may decline or be silent."""
    ranked = [bodies[one] for one in (*made.bodies(CellRole.LEAD), *made.contributors)]
    silent, declining, late = ranked.pop(), ranked.pop(), ranked.pop(1)
    return Cast(tuple(ranked), late, declining, silent)


def substitute(
    made: Plan, cast: Cast, question_id: int, bodies: Mapping[int, Body]
) -> Body:
    """Whom the declining one names: somebody who does not have the question yet."""
    busy = {cast.late.id, cast.declining.id, cast.silent.id}
    free = [
        body
        for body in bodies.values()
        if body.id not in busy and (question_id, body.id) not in made.cells
    ]
    cast_ids = {body.id for body in cast.all}
    if not free:
        raise WayBlocked("there is no other partner who could be named instead")
    return min(free, key=lambda body: body.id in cast_ids)


def _likely(
    proposals: Iterable[RoutingProposal],
    bodies: Mapping[int, Body],
    ids: dict[str, int],
) -> Iterator[int]:
    """Who might be added: those proposed further down, then the other partners."""
    for proposal in proposals:
        for one in proposal.suggestions:
            if one.institution in ids:
                yield ids[one.institution]
    yield from bodies


def _fill_up(
    made: Plan, question_id: int, others: Iterator[int], bodies: Mapping[int, Body]
) -> None:
    few = True
    for body in others:
        leads, contributors = made.bodies(CellRole.LEAD), made.contributors
        few = len(leads) + len(contributors) < FEWEST
        if not few and len(contributors) >= WITHOUT_LEAD:
            return
        if body not in leads and body not in contributors:
            made.cells[question_id, body] = CellRole.CONTRIBUTES
            made.added.append(bodies[body].short)
    if few:
        raise WayBlocked(f"fewer than {FEWEST} partners can be asked on this day")
