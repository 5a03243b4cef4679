"""Reading the network as it was on a day: partners, ties, competences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.network import MembershipKind, Sector, Standing
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.tie import Tie
from emnnet.selectors.names import names_on


@dataclass(frozen=True)
class Partner:
    """A body of the national network, as it is listed."""

    slug: str
    name_en: str
    name_lt: str
    abbreviation: str
    sector: Sector
    standing: Standing


def valid_on(table: Any, day: date) -> Any:
    """The condition that a dated row holds on that day; an open end always does."""
    return and_(
        or_(table.valid_from.is_(None), table.valid_from <= day),
        or_(table.valid_to.is_(None), table.valid_to >= day),
    )


def partners(session: Session, on: date) -> list[Partner]:
    """The partners on that day under the names of that day, government first."""
    rows = session.scalars(
        select(Membership)
        .join(Membership.institution)
        .where(
            Membership.kind == MembershipKind.PARTNER,
            valid_on(Membership, on),
            valid_on(Institution, on),
        )
        .options(
            joinedload(Membership.institution).joinedload(Institution.former_names)
        )
        .order_by(Institution.sector != Sector.GOVERNMENT, Institution.name_en)
    ).unique()
    return [
        Partner(
            row.institution.slug,
            names.en,
            names.lt,
            names.abbreviation,
            row.institution.sector,
            row.standing,
        )
        for row in rows
        for names in [names_on(row.institution, on)]
    ]


def ncp_members(session: Session, on: date) -> Sequence[Membership]:
    """The bodies that make up the NCP itself: coordinator, experts, Steering Board."""
    rows = session.scalars(
        select(Membership)
        .join(Membership.institution)
        .where(Membership.kind != MembershipKind.PARTNER, valid_on(Membership, on))
        .options(
            joinedload(Membership.institution).joinedload(Institution.former_names)
        )
        .order_by(Membership.kind, Institution.name_en)
    ).unique()
    return rows.all()


def ties(session: Session, on: date) -> Sequence[Tie]:
    """The ties that hold on that day, by kind and names."""
    return session.scalars(
        select(Tie)
        .where(valid_on(Tie, on))
        .options(joinedload(Tie.from_institution), joinedload(Tie.to_institution))
        .order_by(Tie.kind, Tie.to_institution_id, Tie.from_institution_id)
    ).all()
