"""What speaks against a row of the network before it is saved."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.absences import check_address
from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.hierarchy import Reign, circle
from emnnet.domain.messages import _n
from emnnet.domain.network import Standing, TieKind
from emnnet.domain.network_texts import is_link
from emnnet.domain.slugs import LONGEST as LONGEST_SLUG
from emnnet.domain.slugs import RESERVED, is_slug
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.source import Source
from emnnet.models.tie import Tie
from emnnet.selectors.keeping import NO_BODY
from emnnet.selectors.sources import proofs
from emnnet.services.network_given import (
    Backed,
    Dated,
    Given,
    GivenInstitution,
    GivenSource,
    GivenTie,
)

LONGEST = 2000  # characters of one text
END_FIRST = _n("The last day is before the first one.")
TO_ITSELF = _n("A body cannot be tied to itself: choose another one.")
CIRCLE = _n("So the lines of command would go in a circle: %(chain)s.")
NO_SOURCE = _n("There is no source “%(code)s”: add it first.")
NEEDS_SOURCE = _n("“Sourced” needs at least one source: choose or add one.")
BAD_SLUG = _n(
    "The short name for addresses may hold letters a–z, digits, hyphens and "
    "underscores, at most %(most)d of them."
)
PAGE = _n("“%(slug)s” is the address of a page: choose another one.")
TAKEN = _n("“%(slug)s” is the address of another body already: choose another one.")
TAKEN_SOURCE = _n(
    "There is a source “%(code)s” already: choose that one, or give yours another name."
)
BACKS = _n(
    "This source backs facts: give them another source first. How many: %(count)d."
)
NO_TITLE = _n("Give the title of the source.")
NO_NAME = _n("Give the name in English and in the language of the country.")
BAD_LINK = _n("A web address begins with http:// or https://.")
TOO_LONG = _n("A text is too long: keep it under %(most)d characters.")
DOUBLED = _n("The same stands there already from the same first day: change that row.")


def check(session: Session, row: Base | None, given: Given) -> None:
    """Raise `DomainError` with the reason; nothing is changed."""
    if any(isinstance(x, str) and len(x) > LONGEST for x in vars(given).values()):
        raise DomainError(TOO_LONG, most=LONGEST)
    if isinstance(given, Dated):
        check_days(given.valid_from, given.valid_to)
    if isinstance(given, Backed):
        _check_sources(session, given)
    if isinstance(given, GivenInstitution):
        _check_institution(session, row, given)
    elif isinstance(given, GivenTie):
        _check_tie(session, row, given)
    elif isinstance(given, GivenSource):
        _check_source(session, row, given)


def check_unique(
    session: Session, kind: type[Base], row: Base | None, key: dict[str, object]
) -> None:
    """Raise where another row says the same from the same day (none is a day, too)."""
    same = session.scalars(select(kind).filter_by(**key)).all()
    if any(one is not row for one in same):
        raise DomainError(DOUBLED)


def check_days(begin: date | None, end: date | None) -> None:
    """Raise where the last day is before the first."""
    if begin and end and end < begin:
        raise DomainError(END_FIRST)


def check_line(session: Session, tie: Tie | None, given: GivenTie) -> None:
    """Raise where a line of command comes back to itself; the chain is named."""
    rows = session.scalars(select(Tie).where(Tie.kind == TieKind.SUBORDINATE_TO))
    others = [
        _reign(one, one.from_institution_id, one.to_institution_id)
        for one in rows
        if one is not tie
    ]
    new = _reign(given, given.from_institution_id, given.to_institution_id)
    chain = circle(new, others)
    if chain:
        wanted = select(Institution).where(Institution.id.in_({int(x) for x in chain}))
        names = {str(body.id): body.short for body in session.scalars(wanted)}
        raise DomainError(CIRCLE, chain=" → ".join(names[one] for one in chain))


def _reign(row: Tie | GivenTie, below: int, above: int) -> Reign:
    return Reign(str(below), str(above), row.valid_from, row.valid_to)


def _check_tie(session: Session, row: Base | None, given: GivenTie) -> None:
    ends = {given.from_institution_id, given.to_institution_id}
    if len(ends) == 1:
        raise DomainError(TO_ITSELF)
    found = session.scalars(select(Institution.id).where(Institution.id.in_(ends)))
    if set(found) != ends:
        raise NotFound(NO_BODY)
    if given.kind is TieKind.SUBORDINATE_TO:
        check_line(session, row if isinstance(row, Tie) else None, given)


def _check_sources(session: Session, given: Backed) -> None:
    if given.standing is Standing.SOURCED and not given.source_codes:
        raise DomainError(NEEDS_SOURCE)
    wanted = set(given.source_codes)
    known = select(Source.code).where(Source.code.in_(wanted))
    for code in sorted(wanted - set(session.scalars(known))):
        raise NotFound(NO_SOURCE, code=code)


def _check_institution(
    session: Session, row: Base | None, given: GivenInstitution
) -> None:
    if not (given.name_en.strip() and given.name_lt.strip()):
        raise DomainError(NO_NAME)
    if row is None or getattr(row, "slug", "") != given.slug:
        _check_slug(session, given.slug)
    if given.website:
        _check_link(given.website)
    if given.mailbox:
        check_address(given.mailbox)


def _check_slug(session: Session, slug: str) -> None:
    """A short name that stands is left in peace, whatever it holds: links have it."""
    if not is_slug(slug):
        raise DomainError(BAD_SLUG, most=LONGEST_SLUG)
    if slug in RESERVED:
        raise DomainError(PAGE, slug=slug)
    taken = select(Institution.id).where(Institution.slug == slug)
    if session.scalar(taken) is not None:
        raise DomainError(TAKEN, slug=slug)


def check_removal(session: Session, row: Base) -> None:
    """Raise where facts would lose what they stand on."""
    if isinstance(row, Source) and (backed := proofs(session)[row.code]):
        raise DomainError(BACKS, count=len(backed))


def _check_source(session: Session, row: Base | None, given: GivenSource) -> None:
    if not (given.title or "").strip():
        raise DomainError(NO_TITLE)
    _check_link(given.address)
    if not is_slug(given.code):
        raise DomainError(BAD_SLUG, most=LONGEST_SLUG)
    same = session.scalar(select(Source).where(Source.code == given.code))
    if same is not None and same is not row:
        raise DomainError(TAKEN_SOURCE, code=given.code)


def _check_link(address: str) -> None:
    if not is_link(address):
        raise DomainError(BAD_LINK)
