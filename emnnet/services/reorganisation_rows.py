"""What a reorganisation does to dated rows: ends them, begins them with the heir."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.network import Level, Standing, TieKind
from emnnet.domain.reorganisation import Plan
from emnnet.models.base import Base
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.network_change import NetworkAct
from emnnet.models.tie import Tie
from emnnet.services.network_checks import check_line
from emnnet.services.network_edits import (
    facts_of,
    note_change,
    note_removal,
    row_number,
)
from emnnet.services.network_given import GivenTie

Row = TypeVar("Row", Membership, Competence)
Dated = Institution | Tie | Membership | Competence | Contact


@dataclass(frozen=True)
class Doing:
    """A reorganisation while it is done."""

    session: Session
    act: NetworkAct
    plan: Plan
    backing: dict[str, Any] = field(default_factory=dict)

    def add(self, row: Base) -> None:
        """Put a new row in, and note it."""
        self.session.add(row)
        self.session.flush()
        note_change(self.session, self.act, row, None)

    def end(self, row: Dated) -> None:
        """Let a row end on the day before; one that would begin later goes."""
        if row.valid_from and row.valid_from > self.plan.last_day:
            note_removal(self.session, self.act, row)
        elif row.valid_to is None or row.valid_to > self.plan.last_day:
            before = facts_of(row)
            row.valid_to = self.plan.last_day
            note_change(self.session, self.act, row, before)
            self.session.flush()


def doing(session: Session, act: NetworkAct, plan: Plan) -> Doing:
    """With the standing that the named sources give."""
    standing = Standing.SOURCED if plan.sources else Standing.PLAUSIBLE
    backing = {"standing": standing, "source_codes": list(plan.sources)}
    return Doing(session, act, plan, backing)


def put_under(job: Doing, body: Institution, parent: Institution) -> None:
    """End the lines of command above a body; from the day on there is one."""
    for tie in _ties(job, body):
        if tie.kind is TieKind.SUBORDINATE_TO and tie.from_institution_id == body.id:
            job.end(tie)
    bind(job, TieKind.SUBORDINATE_TO, body.id, parent.id)


def succeed(job: Doing, old: Institution, heirs: list[Institution]) -> None:
    """The heirs follow the body; each of its ties goes on with one of them."""
    for heir in heirs:
        bind(job, TieKind.SUCCESSOR_OF, heir.id, old.id)
    ties = [tie for tie in _ties(job, old) if tie.kind is not TieKind.SUCCESSOR_OF]
    for tie in ties:
        job.end(tie)
    for tie in ties if heirs else ():
        _carry_on(job, tie, old.id, heir_of(job, tie, heirs).id)


def place_founded(job: Doing, old: Institution, founded: list[Institution]) -> None:
    """New bodies stand where the old one stood."""
    above = [
        tie.to_institution_id
        for tie in _ties(job, old)
        if tie.kind is TieKind.SUBORDINATE_TO and tie.from_institution_id == old.id
    ]
    for body in founded:
        for parent in above:
            bind(job, TieKind.SUBORDINATE_TO, body.id, parent)


def hand_over_parts(job: Doing, old: Institution, heirs: list[Institution]) -> None:
    """Competences and parts in the network end, and begin with an heir."""
    for member in _of(job, Membership, old):
        job.end(member)
        if heirs:
            _hand_over_membership(job, member, heir_of(job, member, heirs))
    for part in _of(job, Competence, old):
        job.end(part)
        if heirs:
            _hand_over_theme(job, part, heir_of(job, part, heirs))


def heir_of(job: Doing, row: Base, heirs: list[Institution]) -> Institution:
    """Who gets a row: the one that was chosen for it, else the first."""
    return heirs[job.plan.shares.get((row.__tablename__, row_number(row)), 0)]


def _hand_over_membership(job: Doing, member: Membership, heir: Institution) -> None:
    if all(one.kind is not member.kind for one in _of(job, Membership, heir)):
        kept = {"kind": member.kind, "note": member.note}
        _begin(job, Membership, heir, kept)


def bind(job: Doing, kind: TieKind, begin: int, end: int) -> None:
    """A tie from the day on, unless it holds already. A circle is refused."""
    known = select(Tie).where(
        Tie.kind == kind,
        Tie.from_institution_id == begin,
        Tie.to_institution_id == end,
        _holds(Tie, job.plan.cutover_on),
    )
    if begin == end or job.session.scalars(known).first() is not None:
        return
    if kind is TieKind.SUBORDINATE_TO:
        given = GivenTie(
            kind=kind,
            from_institution_id=begin,
            to_institution_id=end,
            valid_from=job.plan.cutover_on,
        )
        check_line(job.session, None, given)
    job.add(
        Tie(
            kind=kind,
            from_institution_id=begin,
            to_institution_id=end,
            valid_from=job.plan.cutover_on,
            note="",
            **job.backing,
        )
    )


def _carry_on(job: Doing, tie: Tie, old: int, heir: int) -> None:
    """The same tie with the heir in the place of the old body."""
    begin = heir if tie.from_institution_id == old else tie.from_institution_id
    end = heir if tie.to_institution_id == old else tie.to_institution_id
    is_own_place = tie.kind is TieKind.SUBORDINATE_TO and begin == heir
    if is_own_place and _has_parent(job, heir):
        return
    bind(job, tie.kind, begin, end)


def _has_parent(job: Doing, body: int) -> bool:
    above = select(Tie.id).where(
        Tie.kind == TieKind.SUBORDINATE_TO,
        Tie.from_institution_id == body,
        _holds(Tie, job.plan.cutover_on),
    )
    return job.session.scalars(above).first() is not None


def _hand_over_theme(job: Doing, part: Competence, heir: Institution) -> None:
    """The heir gets the theme; where it contributed and now leads, that is told."""
    for own in _of(job, Competence, heir):
        if own.theme_id == part.theme_id:
            if own.level is Level.LEAD or part.level is not Level.LEAD:
                return
            job.end(own)
    kept = {"theme_id": part.theme_id, "level": part.level, "scope": part.scope}
    _begin(job, Competence, heir, kept)


def _begin(
    job: Doing,
    kind: type[Membership] | type[Competence],
    heir: Institution,
    kept: dict[str, Any],
) -> None:
    dated = {"institution_id": heir.id, "valid_from": job.plan.cutover_on}
    job.add(kind(**dated, **kept, **job.backing))


def _ties(job: Doing, body: Institution) -> list[Tie]:
    """The ties of a body that hold on the day before, or begin later."""
    ends = or_(Tie.from_institution_id == body.id, Tie.to_institution_id == body.id)
    later = or_(Tie.valid_to.is_(None), Tie.valid_to > job.plan.last_day)
    return list(job.session.scalars(select(Tie).where(ends, later).order_by(Tie.id)))


def _of(job: Doing, kind: type[Row], body: Institution) -> list[Row]:
    """The parts of a body that hold on the day before, or begin later."""
    wanted = select(kind).where(
        kind.institution_id == body.id, _holds(kind, job.plan.last_day, later=True)
    )
    return list(job.session.scalars(wanted.order_by(kind.id)))


def _holds(
    kind: type[Tie] | type[Membership] | type[Competence],
    day: date,
    *,
    later: bool = False,
) -> ColumnElement[bool]:
    """Does it hold on the day (or, `later`, begin after it)?"""
    open_end = or_(
        kind.valid_to.is_(None), kind.valid_to > day if later else kind.valid_to >= day
    )
    begun = or_(kind.valid_from.is_(None), kind.valid_from <= day)
    return open_end if later else open_end & begun
