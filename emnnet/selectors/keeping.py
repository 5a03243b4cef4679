"""All rows about one body, as they stand: what its forms change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.errors import NotFound
from emnnet.domain.messages import _n
from emnnet.domain.network import TieKind
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName, Institution, InstitutionFact
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.selectors.reading import Reading, Rows

NO_BODY = _n("There is no such institution any more.")


@dataclass(frozen=True)
class BodyRows:
    """A body with its rows of all days."""

    body: Institution
    names: Sequence[FormerName]
    facts: Sequence[InstitutionFact]
    ties: Sequence[Tie]
    memberships: Sequence[Membership]
    competences: Sequence[Competence]


def find_institution(session: Session, slug: str) -> Institution | None:
    """The body of that address."""
    return session.scalar(select(Institution).where(Institution.slug == slug))


def find_body_rows(session: Session, slug: str) -> BodyRows | None:
    """The body with all its rows; two statements."""
    ends = or_(
        Tie.from_institution_id == Institution.id,
        Tie.to_institution_id == Institution.id,
    )
    found = session.execute(
        select(Institution, Tie)
        .outerjoin(Tie, ends)
        .where(Institution.slug == slug)
        .options(
            joinedload(Institution.former_names),
            joinedload(Institution.facts),
            joinedload(Tie.from_institution),
            joinedload(Tie.to_institution),
        )
        .order_by(Tie.valid_from.is_not(None), Tie.valid_from, Tie.id)
    ).unique()
    rows = found.all()
    if not rows:
        return None
    body, ties = rows[0].Institution, [row.Tie for row in rows if row.Tie is not None]
    kinds = list(TieKind)  # its place in the state first
    ties = sorted(ties, key=lambda tie: kinds.index(tie.kind))
    members, competences = _parts(session, body.id)
    return BodyRows(body, body.former_names, body.facts, ties, members, competences)


def get_body_rows(session: Session, institution_id: int) -> BodyRows:
    """The body of that number with all its rows. Raises `NotFound`."""
    body = session.get(Institution, institution_id)
    rows = find_body_rows(session, body.slug) if body is not None else None
    if rows is None:
        raise NotFound(NO_BODY)
    return rows


def contacts_from(
    session: Session, institution_id: int, day: date
) -> Sequence[Contact]:
    """The contacts of a body that are there after that day, in their order."""
    held = Contact.valid_to.is_(None) | (Contact.valid_to > day)
    wanted = select(Contact).where(Contact.institution_id == institution_id, held)
    return session.scalars(wanted.order_by(Contact.position, Contact.id)).all()


def _parts(
    session: Session, institution_id: int
) -> tuple[list[Membership], list[Competence]]:
    rows = session.execute(
        select(Membership, Competence)
        .select_from(Institution)
        .outerjoin(Membership, Membership.institution_id == Institution.id)
        .outerjoin(Competence, Competence.institution_id == Institution.id)
        .outerjoin(Theme, Theme.id == Competence.theme_id)
        .options(joinedload(Competence.theme))
        .where(Institution.id == institution_id)
        .order_by(Membership.valid_from, Membership.id, Theme.position, Competence.id)
    ).all()
    members = dict.fromkeys(row.Membership for row in rows if row.Membership)
    competences = dict.fromkeys(row.Competence for row in rows if row.Competence)
    return list(members), list(competences)


def bodies_to_choose(session: Session) -> Sequence[Institution]:
    """All bodies by name, those that ended last."""
    return session.scalars(
        select(Institution).order_by(
            Institution.valid_to.is_not(None), Institution.name_en
        )
    ).all()


def sources_to_choose(session: Session) -> Sequence[Source]:
    """All sources by title."""
    return session.scalars(select(Source).order_by(Source.title, Source.code)).all()


@dataclass(frozen=True)
class Choices:
    """What a form lets choose from, as plain rows; only what it asks for."""

    bodies: Rows = ()
    sources: Rows = ()
    themes: Rows = ()


def choices(
    session: Session,
    *,
    bodies: bool = False,
    sources: bool = False,
    themes: bool = False,
) -> Choices:
    """All bodies, those that ended last; sources by title; themes. One statement."""

    def made(bodies: Rows, sources: Rows, themes: Rows) -> Choices:
        ended_last = sorted(bodies, key=lambda one: (bool(one.valid_to), one.name_en))
        by_title = sorted(sources, key=lambda one: (one.title or "", one.code))
        return Choices(
            ended_last, by_title, sorted(themes, key=lambda one: one.position)
        )

    wanted = (
        select(Institution).where(true() if bodies else false()),
        select(Source).where(true() if sources else false()),
        select(Theme).where(true() if themes else false()),
    )
    return Reading(wanted, made).take(session)
