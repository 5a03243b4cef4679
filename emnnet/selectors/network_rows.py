"""Everything ever recorded of bodies and ties, as plain rows of all days.

One statement reads it. As long as nobody changes the network, the same rows are read
again, and what was made of them before is used again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from emnnet.domain.network import Level, MembershipKind, Sector, Standing, TieKind
from emnnet.models.competence import Competence
from emnnet.models.institution import FormerName, Institution
from emnnet.models.membership import Membership
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.names import Names
from emnnet.selectors.reading import Reading

Rows = tuple[tuple[Any, ...], ...]
TIE, MEMBERSHIP, COMPETENCE, THEME = "tmch"
_SOURCE, _TARGET = aliased(Institution), aliased(Institution)


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; an unknown bound is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Is the day among them?"""
        begun = self.first is None or self.first <= day
        return begun and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class BodyRow:
    """One institution with the names it had, each with its days."""

    slug: str
    names: Names
    sector: Sector
    function_en: str
    function_lt: str
    span: Span
    former: tuple[tuple[Span, Names], ...] = ()

    def names_on(self, day: date) -> Names:
        """What it was called on that day. A former name without an end never holds."""
        held = [(s, n) for s, n in self.former if s.last is not None and s.holds(day)]
        latest = max(held, key=lambda one: one[0].first or date.min, default=None)
        return latest[1] if latest else self.names


@dataclass(frozen=True)
class Claim:
    """When something holds, how sure it is, and the codes of its sources."""

    span: Span
    standing: Standing
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TieRow:
    """A tie of some days, read "`source` is <kind> `target`"; slugs."""

    kind: TieKind
    source: str
    target: str
    note: str
    claim: Claim


@dataclass(frozen=True)
class MembershipRow:
    """The part that a body had in the network for some days."""

    slug: str
    kind: MembershipKind
    claim: Claim


@dataclass(frozen=True)
class CompetenceRow:
    """The part that a body had in a theme for some days; slugs."""

    slug: str
    theme: str
    level: Level
    claim: Claim


@dataclass(frozen=True)
class NetworkRows:
    """All of it, each kind in an order that does not depend on the day."""

    bodies: tuple[BodyRow, ...]
    ties: tuple[TieRow, ...]
    memberships: tuple[MembershipRow, ...]
    competences: tuple[CompetenceRow, ...]
    themes: tuple[ThemeName, ...]


def raw_rows(session: Session) -> tuple[Rows, Rows]:
    """The bodies with their names, and all else, in one statement: to be compared."""
    return Reading((_BODIES, _CLAIMS), _made, {}).take(session)


def _made(bodies: Sequence[Any], claims: Sequence[Any]) -> tuple[Rows, Rows]:
    in_order = sorted(bodies, key=lambda row: (row[0], row[1] or 0))
    return tuple(tuple(row[2:]) for row in in_order), tuple(map(tuple, claims))


def network_rows(bodies: Rows, claims: Rows) -> NetworkRows:
    """What `raw_rows` read, in words of the network."""
    of = {part: [row[1:] for row in claims if row[0] == part] for part in "tmch"}
    return NetworkRows(
        bodies=tuple(_bodies(bodies)),
        ties=tuple(
            TieRow(TieKind(kind), source, other, text, _claim(*claim))
            for _, source, kind, other, text, _, *claim in _ordered(of[TIE], by=2)
        ),
        memberships=tuple(
            MembershipRow(slug, MembershipKind(kind), _claim(*claim))
            for _, slug, kind, _, _, _, *claim in _ordered(of[MEMBERSHIP])
        ),
        competences=tuple(
            CompetenceRow(slug, theme, Level(level), _claim(*claim))
            for _, slug, level, theme, _, _, *claim in _ordered(of[COMPETENCE])
        ),
        themes=tuple(
            ThemeName(slug, en, lt) for _, slug, _, _, en, lt, *_ in _ordered(of[THEME])
        ),
    )


def codes_of(text: str | None) -> tuple[str, ...]:
    """The codes of sources in a column of JSON that was read as text."""
    return tuple(json.loads(text or "[]") or ())


def _ordered(rows: list[tuple[Any, ...]], by: int = 0) -> list[tuple[Any, ...]]:
    """By that column, then by the first one: the order of entry, or the position."""
    return sorted(rows, key=lambda row: (row[by], row[0]))


def _bodies(rows: Rows) -> Sequence[BodyRow]:
    found: dict[str, BodyRow] = {}
    former: dict[str, list[tuple[Span, Names]]] = {}
    for slug, en, lt, short, sector, does_en, does_lt, first, last, *name in rows:
        if slug not in found:
            names, span = Names(en, lt, short), Span(first, last)
            found[slug] = BodyRow(slug, names, Sector(sector), does_en, does_lt, span)
        if name[0] is not None:
            former.setdefault(slug, []).append((Span(*name[3:]), Names(*name[:3])))
    return [
        BodyRow(**(vars(body) | {"former": tuple(former.get(slug, ()))}))
        for slug, body in found.items()
    ]


def _claim(
    first: date | None, last: date | None, standing: str, codes: str | None
) -> Claim:
    return Claim(Span(first, last), Standing(standing), codes_of(codes))


def _select(part: str, place: Any, slug: Any, **given: Any) -> Select[Any]:
    """One branch of the union: every branch has the same columns."""
    nothing: Any = literal("")
    return select(
        literal(part).label("part"),
        place.label("place"),
        slug.label("slug"),
        type_coerce(given.get("kind", nothing), String).label("kind"),
        given.get("other", nothing).label("other"),
        given.get("text", nothing).label("text"),
        given.get("more", nothing).label("more"),
        given.get("first", cast(null(), Date)).label("first"),
        given.get("last", cast(null(), Date)).label("last"),
        type_coerce(given.get("standing", nothing), String).label("standing"),
        given.get("codes", nothing).label("codes"),
    )


def _claimed(table: Any) -> dict[str, Any]:
    return {
        "first": table.valid_from,
        "last": table.valid_to,
        "standing": table.standing,
        "codes": cast(table.source_codes, String),
    }


_BODIES: Any = select(
    Institution.id,
    FormerName.id,
    Institution.slug,
    Institution.name_en,
    Institution.name_lt,
    Institution.abbreviation,
    type_coerce(Institution.sector, String),
    Institution.function_en,
    Institution.function_lt,
    Institution.valid_from,
    Institution.valid_to,
    FormerName.name_en,
    FormerName.name_lt,
    FormerName.abbreviation,
    FormerName.valid_from,
    FormerName.valid_to,
).outerjoin(FormerName, FormerName.institution_id == Institution.id)
_CLAIMS: Any = union_all(
    _select(
        TIE,
        Tie.id,
        _SOURCE.slug,
        kind=Tie.kind,
        other=_TARGET.slug,
        text=Tie.note,
        **_claimed(Tie),
    )
    .join(_SOURCE, _SOURCE.id == Tie.from_institution_id)
    .join(_TARGET, _TARGET.id == Tie.to_institution_id),
    _select(
        MEMBERSHIP,
        Membership.id,
        Institution.slug,
        kind=Membership.kind,
        **_claimed(Membership),
    ).join(Institution, Institution.id == Membership.institution_id),
    _select(
        COMPETENCE,
        Competence.id,
        Institution.slug,
        kind=Competence.level,
        other=Theme.slug,
        **_claimed(Competence),
    )
    .join(Institution, Institution.id == Competence.institution_id)
    .join(Theme, Theme.id == Competence.theme_id),
    _select(
        THEME,
        Theme.position,
        Theme.slug,
        text=Theme.name_en,
        more=Theme.name_lt,
    ),
)
