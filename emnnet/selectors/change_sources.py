"""What a change between two days stands on: how sure it is, and its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    String,
    cast,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from emnnet.domain.network import Aspect, Standing, TieKind
from emnnet.domain.network_changes import Change, ChangeKind, TieKey
from emnnet.models.institution import Institution, InstitutionFact
from emnnet.models.source import Source
from emnnet.selectors.institution_claims import Backed, SourceLine
from emnnet.selectors.network_days import Comparison
from emnnet.selectors.network_rows import Claim, NetworkRows, TieRow, codes_of

_OF_A_BODY = (Aspect.VALIDITY, Aspect.NAME)
_OF_PLACE = (Aspect.PARENT,)


@dataclass(frozen=True)
class Grounds:
    """What was said of bodies as a whole, by slug and aspect; the sources by code."""

    facts: Mapping[tuple[str, Aspect], Backed]
    sources: Mapping[str, SourceLine]


def grounds(session: Session) -> Grounds:
    """What is said of all bodies, and all sources, in one statement."""
    found = session.execute(_GROUNDS).all()
    return Grounds(
        facts={
            (slug, Aspect(aspect)): Backed(Standing(standing), codes_of(codes))
            for slug, aspect, standing, codes in found
            if aspect
        },
        sources={
            code: SourceLine(code, title or address, address)
            for code, aspect, address, title in found
            if not aspect
        },
    )


def backing(
    change: Change, comparison: Comparison, rows: NetworkRows, grounds: Grounds
) -> Backed | None:
    """What a change stands on: its row's own sources, else what its body's stand on."""
    days = comparison.before.as_of, comparison.after.as_of
    claims = [c for c in _claims(change, rows) if _turned(c, *days)]
    if claims:
        codes = dict.fromkeys(code for claim in claims for code in claim.codes)
        sure = all(claim.standing is Standing.SOURCED for claim in claims)
        return Backed(Standing.SOURCED if sure else Standing.PLAUSIBLE, tuple(codes))
    aspects = _OF_PLACE if change.kind is ChangeKind.MOVED else _OF_A_BODY
    said = (grounds.facts.get((change.slug, aspect)) for aspect in aspects)
    return next((backed for backed in said if backed), None)


def _claims(change: Change, rows: NetworkRows) -> Iterable[Claim]:
    """The rows that say what changed, of all days."""
    slug, said = change.slug, {*change.before, *change.after}
    match change.kind:
        case ChangeKind.MERGED:
            heirs = (t for t in rows.ties if t.kind is TieKind.SUCCESSOR_OF)
            return (tie.claim for tie in heirs if tie.target == slug)
        case ChangeKind.MOVED:
            heads = (t for t in rows.ties if t.kind is TieKind.SUBORDINATE_TO)
            return (tie.claim for tie in heads if tie.source == slug)
        case ChangeKind.TIE_BEGUN | ChangeKind.TIE_ENDED:
            ties = (tie for tie in rows.ties if tie.source == slug)
            return (tie.claim for tie in ties if _key(tie) == change.tie)
        case ChangeKind.JOINED | ChangeKind.LEFT:
            own = (row for row in rows.memberships if row.slug == slug)
            return (row.claim for row in own if row.kind in said)
        case ChangeKind.THEME_TAKEN | ChangeKind.THEME_LEFT | ChangeKind.THEME_CHANGED:
            parts = (row for row in rows.competences if row.slug == slug)
            return (row.claim for row in parts if row.theme in said)
        case _:
            return ()


def _key(tie: TieRow) -> TieKey:
    return TieKey(tie.kind, tie.source, tie.target)


def _turned(claim: Claim, before: date, after: date) -> bool:
    """Does it hold on one of the days and not on the other?"""
    return claim.span.holds(before) is not claim.span.holds(after)


_GROUNDS: CompoundSelect[Any] = union_all(
    select(
        Institution.slug.label("of"),
        type_coerce(InstitutionFact.aspect, String).label("aspect"),
        type_coerce(InstitutionFact.standing, String).label("said"),
        cast(InstitutionFact.source_codes, String).label("more"),
    )
    .join(Institution, Institution.id == InstitutionFact.institution_id)
    .where(InstitutionFact.aspect.in_((*_OF_A_BODY, *_OF_PLACE))),
    select(Source.code, literal(""), Source.address, Source.title),
)
