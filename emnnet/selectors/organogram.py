"""The bodies and ties of one day, ready to be drawn, listed or written as a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from sqlalchemy.orm import Session

from emnnet.domain.network import Level, MembershipKind, Sector, Standing, TieKind
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.names import Names
from emnnet.selectors.network_rows import (
    NetworkRows,
    Rows,
    Span,
    TieRow,
    network_rows,
    raw_rows,
)

NEXT = timedelta(days=1)
_MOST_KEPT = 2_000
"""Of a network with more bodies no day's picture is kept in memory."""


@dataclass(frozen=True)
class Body:
    """One institution as it was on the day; `roles` is its part in the network."""

    slug: str
    names: Names
    sector: Sector
    function_en: str = ""
    function_lt: str = ""
    roles: frozenset[MembershipKind] = frozenset()

    @property
    def is_partner(self) -> bool:
        """Is it counted among the partners?"""
        return MembershipKind.PARTNER in self.roles

    @property
    def is_ncp(self) -> bool:
        """Has it a part in the National Contact Point itself?"""
        return bool(self.roles - {MembershipKind.PARTNER})

    def function(self, language: str) -> str:
        """What it does, in that language or the other."""
        lithuanian_first = (self.function_lt, self.function_en)
        words = lithuanian_first if language == "lt" else lithuanian_first[::-1]
        return words[0] or words[1]


@dataclass(frozen=True)
class Bond:
    """A tie that holds on the day, read "`source` is <kind> `target`"; slugs."""

    source: str
    target: str
    kind: TieKind
    standing: Standing = Standing.SOURCED
    note: str = ""


@dataclass(frozen=True, order=True)
class Part:
    """The part of a body in a theme; slugs."""

    slug: str
    theme: str
    level: Level


@dataclass(frozen=True)
class Organogram:
    """The bodies and ties of one day, and the days on which something changed.

    `successions` lead to bodies that are no longer there, so no line is drawn.
    """

    as_of: date
    bodies: tuple[Body, ...] = ()
    bonds: tuple[Bond, ...] = ()
    changes: tuple[date, ...] = ()
    successions: tuple[Bond, ...] = ()  # one end is no longer there
    parts: tuple[Part, ...] = ()  # in themes, of the bodies that are there
    by_slug: dict[str, Body] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        self.by_slug.update((body.slug, body) for body in self.bodies)

    def only(self, slugs: Collection[str]) -> "Organogram":
        """The same day with some bodies, and the ties between them."""
        bodies = tuple(body for body in self.bodies if body.slug in slugs)
        kept = {body.slug for body in bodies}
        bonds = tuple(b for b in self.bonds if {b.source, b.target} <= kept)
        return replace(self, bodies=bodies, bonds=bonds)

    @property
    def usual(self) -> "Organogram":
        """The same without cooperation: it crosses everything, and is drawn on wish."""
        plain = (b for b in self.bonds if b.kind is not TieKind.COOPERATES_WITH)
        return self.with_bonds(plain)

    def with_bonds(self, bonds: Iterable[Bond]) -> "Organogram":
        """The same bodies with other ties."""
        return replace(self, bonds=tuple(bonds))


def organogram(session: Session, as_of: date) -> Organogram:
    """Everything that existed and held on that day, in two statements."""
    return recorded(session).on(as_of)


@dataclass(frozen=True, eq=False)
class Recorded:
    """Everything that was ever recorded, from which any day's picture is made."""

    rows: NetworkRows

    def on(self, as_of: date) -> Organogram:
        """The bodies that existed and the ties that held on that day."""
        small = len(self.rows.bodies) <= _MOST_KEPT
        return _kept_picture(self, as_of) if small else _picture(self, as_of)

    @property
    def themes(self) -> tuple[ThemeName, ...]:
        """The themes in their order, the same on every day."""
        return self.rows.themes

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Each day on which something began, or was no longer."""
        rows = self.rows
        spans = [body.span for body in rows.bodies]
        spans += [span for body in rows.bodies for span, _ in body.former]
        spans += [row.claim.span for row in rows.ties]
        spans += [row.claim.span for row in rows.memberships]
        spans += [row.claim.span for row in rows.competences]
        return tuple(sorted({day for span in spans for day in _bounds(span)}))


def recorded(session: Session) -> Recorded:
    """All bodies, parts in the network and in themes, and ties of all days.

    It takes two statements; unchanged rows give the same object again.
    """
    return _recorded(*raw_rows(session))


@lru_cache(maxsize=2)
def _recorded(bodies: Rows, claims: Rows) -> Recorded:
    return Recorded(network_rows(bodies, claims))


@lru_cache(maxsize=24)
def _kept_picture(recorded: Recorded, as_of: date) -> Organogram:
    return _picture(recorded, as_of)


def _picture(recorded: Recorded, as_of: date) -> Organogram:
    rows = recorded.rows
    roles: dict[str, set[MembershipKind]] = defaultdict(set)
    for membership in rows.memberships:
        if membership.claim.span.holds(as_of):
            roles[membership.slug].add(membership.kind)
    bodies = tuple(
        Body(
            slug=body.slug,
            names=body.names_on(as_of),
            sector=body.sector,
            function_en=body.function_en,
            function_lt=body.function_lt,
            roles=frozenset(roles[body.slug]),
        )
        for body in rows.bodies
        if body.span.holds(as_of)
    )
    drawn = {body.slug for body in bodies}
    held = tuple(_bonds(rows.ties, as_of))
    return Organogram(
        as_of=as_of,
        bodies=bodies,
        bonds=tuple(bond for bond in held if {bond.source, bond.target} <= drawn),
        changes=recorded.changes,
        successions=tuple(
            bond
            for bond in held
            if bond.kind is TieKind.SUCCESSOR_OF and bond.target not in drawn
        ),
        parts=tuple(
            Part(row.slug, row.theme, row.level)
            for row in rows.competences
            if row.claim.span.holds(as_of) and row.slug in drawn
        ),
    )


def _bonds(ties: Iterable[TieRow], day: date) -> Iterable[Bond]:
    return (
        Bond(tie.source, tie.target, tie.kind, tie.claim.standing, tie.note)
        for tie in ties
        if tie.claim.span.holds(day)
    )


def _bounds(span: Span) -> set[date]:
    begun = {span.first} if span.first else set()
    return begun | ({span.last + NEXT} if span.last else set())
