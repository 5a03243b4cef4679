"""The bodies and ties of one day, ready to be drawn, listed or written as a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.network import MembershipKind, Sector, Standing, TieKind
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.tie import Tie
from emnnet.selectors.names import Names, names_on

NEXT = timedelta(days=1)


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

    def with_bonds(self, bonds: Iterable[Bond]) -> "Organogram":
        """The same bodies with other ties."""
        return replace(self, bonds=tuple(bonds))


def organogram(session: Session, as_of: date) -> Organogram:
    """Everything that existed and held on that day, in two statements."""
    return recorded(session).on(as_of)


@dataclass(frozen=True)
class Recorded:
    """Everything that was ever recorded, from which any day's picture is made."""

    institutions: dict[int, Institution]
    memberships: tuple[Membership, ...]
    ties: tuple[Tie, ...]

    def on(self, as_of: date) -> Organogram:
        """The bodies that existed and the ties that held on that day."""
        roles: dict[int, set[MembershipKind]] = defaultdict(set)
        for membership in self.memberships:
            if _holds(membership, as_of):
                roles[membership.institution_id].add(membership.kind)
        bodies = tuple(
            _body(institution, as_of, frozenset(roles[institution.id]))
            for institution in self.institutions.values()
            if institution.existed_on(as_of)
        )
        drawn = {body.slug for body in bodies}
        held = tuple(_bonds(self.ties, self.institutions, as_of))
        inner = tuple(bond for bond in held if {bond.source, bond.target} <= drawn)
        return Organogram(
            as_of=as_of,
            bodies=bodies,
            bonds=inner,
            changes=self.changes,
            successions=tuple(
                bond
                for bond in held
                if bond.kind is TieKind.SUCCESSOR_OF and bond.target not in drawn
            ),
        )

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Each day on which something began, or was no longer."""
        return _changes([*self.institutions.values(), *self.ties, *self.memberships])


def recorded(session: Session) -> Recorded:
    """All institutions, memberships and ties of all days, in two statements."""
    rows = list(
        session.execute(
            select(Institution, Membership)
            .outerjoin(Membership, Membership.institution_id == Institution.id)
            .options(joinedload(Institution.former_names))
            .order_by(Institution.id, Membership.id)
        ).unique()
    )
    return Recorded(
        institutions={row.Institution.id: row.Institution for row in rows},
        memberships=tuple(r.Membership for r in rows if r.Membership is not None),
        ties=tuple(session.scalars(select(Tie).order_by(Tie.kind, Tie.id))),
    )


def _body(
    institution: Institution, day: date, roles: frozenset[MembershipKind]
) -> Body:
    return Body(
        slug=institution.slug,
        names=names_on(institution, day),
        sector=institution.sector,
        function_en=institution.function_en,
        function_lt=institution.function_lt,
        roles=roles,
    )


def _bonds(
    ties: Iterable[Tie],
    institutions: dict[int, Institution],
    day: date,
) -> Iterable[Bond]:
    return (
        Bond(
            source=institutions[tie.from_institution_id].slug,
            target=institutions[tie.to_institution_id].slug,
            kind=tie.kind,
            standing=tie.standing,
            note=tie.note,
        )
        for tie in ties
        if _holds(tie, day)
    )


def _holds(row: Tie | Membership, day: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or day <= row.valid_to)


def _changes(rows: Iterable[Institution | Tie | Membership]) -> tuple[date, ...]:
    """Each day on which something began, or was no longer."""
    days: set[date] = set()
    for row in rows:
        days |= _bounds(row.valid_from, row.valid_to)
        if isinstance(row, Institution):
            for former in row.former_names:
                days |= _bounds(former.valid_from, former.valid_to)
    return tuple(sorted(days))


def _bounds(begin: date | None, end: date | None) -> set[date]:
    return ({begin} if begin else set()) | ({end + NEXT} if end else set())
