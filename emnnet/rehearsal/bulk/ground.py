"""What thousands of queries stand on: the bodies, themes and people that exist."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.roles import Role
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.theme import Theme
from emnnet.models.user import User
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.routing_state import partner_ids


@dataclass(frozen=True)
class Partner:
    """An institution that is asked."""

    id: int
    short: str
    contact_id: int
    email: str
    language: str


@dataclass(frozen=True)
class Subject:
    """A theme with its partners, those that lead on it first."""

    id: int
    name: str
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class Ground:
    """All of it."""

    subjects: tuple[Subject, ...]
    partners: tuple[Partner, ...]
    coordinator_id: int
    coordinator: str
    approver_id: int
    approver: str
    calendar: Calendar


class NothingToStandOn(Exception):
    """The network or an account is missing."""


def read_ground(session: Session, on: date) -> Ground:
    """Read it as of a day. Raises `NothingToStandOn`."""
    partners = _partners(session, on)
    coordinator, approver = (
        _user(session, Role.COORDINATOR),
        _user(session, Role.APPROVER),
    )
    if not partners or coordinator is None or approver is None:
        raise NothingToStandOn("network, coordinator or approver is missing")
    return Ground(
        _subjects(session, partners),
        tuple(partners.values()),
        coordinator.id,
        coordinator.name,
        approver.id,
        approver.name,
        office_calendar(session),
    )


def _partners(session: Session, on: date) -> dict[int, Partner]:
    rows = session.execute(
        select(Institution, Contact)
        .join(Contact, Contact.institution_id == Institution.id)
        .where(Institution.id.in_(partner_ids(session, on)), Contact.for_routing)
        .order_by(Institution.id, Contact.position.desc())
    )
    return {
        body.id: Partner(
            body.id, body.short, contact.id, contact.email, contact.language
        )
        for body, contact in rows
    }


def _subjects(session: Session, partners: dict[int, Partner]) -> tuple[Subject, ...]:
    competent: dict[int, list[int]] = {}
    rows = session.execute(
        select(Competence.theme_id, Competence.institution_id).order_by(
            Competence.theme_id, Competence.level.desc(), Competence.institution_id
        )
    )
    for theme_id, body in rows:
        known = competent.setdefault(theme_id, [])
        if body in partners and body not in known:
            known.append(body)
    themes = session.scalars(select(Theme).order_by(Theme.position))
    return tuple(
        Subject(
            theme.id,
            theme.name_en,
            tuple(partners[one] for one in competent.get(theme.id, [])),
        )
        for theme in themes
    )


def _user(session: Session, role: Role) -> User | None:
    return session.scalar(select(User).where(User.role == role).order_by(User.id))
