"""One institution on a day: names, facts with their sources, ties, what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.audience import Audience
from emnnet.domain.network import TieKind
from emnnet.models.institution import FormerName, Institution
from emnnet.models.tie import Tie
from emnnet.selectors.answered import AnsweredQuery, answered_reading
from emnnet.selectors.institution_claims import Backed, Claims, claims_reading
from emnnet.selectors.names import Names, names_on
from emnnet.selectors.network import valid_on
from emnnet.selectors.reading import read


@dataclass(frozen=True)
class TieLine:
    """A tie as seen from the page's institution; `outgoing`: it begins there."""

    kind: TieKind
    outgoing: bool
    other_slug: str
    other: Names
    backed: Backed
    note: str


@dataclass(frozen=True)
class InstitutionPage:
    """All that one reader may know about an institution as of a day."""

    institution: Institution
    names: Names
    as_of: date
    former_names: Sequence[FormerName]
    ties: tuple[TieLine, ...]
    claims: Claims
    answered: tuple[AnsweredQuery, ...]

    @property
    def existed(self) -> bool:
        """Did it exist on the day?"""
        return self.institution.existed_on(self.as_of)


def find_institution_page(
    session: Session, slug: str, on: date, audience: Audience
) -> InstitutionPage | None:
    """The institution as of that day for that reader, in two statements."""
    rows = session.execute(_with_ties(slug, on)).unique().all()
    if not rows:
        return None
    institution = rows[0].Institution
    claims, answered = read(
        session,
        claims_reading(institution.id, on, audience),
        answered_reading(institution.id, audience),
    )
    return InstitutionPage(
        institution=institution,
        names=names_on(institution, on),
        as_of=on,
        former_names=institution.former_names,
        ties=tuple(
            _tie_line(row.Tie, institution, on) for row in rows if row.Tie is not None
        ),
        claims=claims,
        answered=answered,
    )


def _with_ties(slug: str, on: date) -> Select[Institution, Tie]:
    ends = or_(
        Tie.from_institution_id == Institution.id,
        Tie.to_institution_id == Institution.id,
    )
    return (
        select(Institution, Tie)
        .outerjoin(Tie, and_(ends, valid_on(Tie, on)))
        .where(Institution.slug == slug)
        .options(
            joinedload(Institution.former_names),
            joinedload(Tie.from_institution).joinedload(Institution.former_names),
            joinedload(Tie.to_institution).joinedload(Institution.former_names),
        )
        .order_by(Tie.id)
    )


def _tie_line(tie: Tie, institution: Institution, on: date) -> TieLine:
    outgoing = tie.from_institution_id == institution.id
    other = tie.to_institution if outgoing else tie.from_institution
    return TieLine(
        kind=tie.kind,
        outgoing=outgoing,
        other_slug=other.slug,
        other=names_on(other, on),
        backed=Backed(tie.standing, tuple(tie.source_codes)),
        note=tie.note,
    )
