"""What does not hold together in the network as it stands: findings, not refusals."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from emnnet.domain.hierarchy import Reign, circle
from emnnet.domain.network import MembershipKind, Sector, Standing, TieKind


class FindingKind(StrEnum):
    """What is found, the gravest first."""

    CIRCLE = "circle"
    TIE_OUTSIDE = "tie_outside"
    OVERLAP = "overlap"
    TWO_PARENTS = "two_parents"
    NO_PARENT = "no_parent"
    OF_ENDED = "of_ended"
    PLANNED_FOR_ENDED = "planned_for_ended"
    NO_SUCCESSOR = "no_successor"
    NO_CONTACT = "no_contact"
    NO_SOURCE = "no_source"
    PLAUSIBLE = "plausible"


@dataclass(frozen=True)
class BodyLife:
    """A body with its days."""

    id: int
    slug: str
    name: str
    sector: Sector
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Was it there on that day? An unknown bound is open."""
        return holds(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class TieRow:
    """A tie: `source` is <kind> `target`, by numbers."""

    id: int
    kind: TieKind
    source: int
    target: int
    valid_from: date | None
    valid_to: date | None
    standing: Standing
    has_source: bool


@dataclass(frozen=True)
class PartRow:
    """A membership or competence; `key` is its kind or theme, `table` which it is."""

    id: int
    table: str
    body: int
    key: Hashable
    label: str
    valid_from: date | None
    valid_to: date | None
    standing: Standing
    has_source: bool


@dataclass(frozen=True)
class NetworkRows:
    """All that the rules look at, on a day."""

    today: date
    bodies: Mapping[int, BodyLife]
    ties: Sequence[TieRow] = ()
    parts: Sequence[PartRow] = ()
    reachable: frozenset[int] = frozenset()  # bodies with a contact today
    planned: frozenset[int] = frozenset()  # bodies that are to be asked, not yet asked


@dataclass(frozen=True)
class Finding:
    """What was found about a body, which row it is about, and what to name."""

    kind: FindingKind
    slug: str
    name: str
    table: str = ""
    row_id: int = 0
    told: str = ""
    count: int = 0


def findings(rows: NetworkRows) -> list[Finding]:
    """Everything that was found, the gravest kind first, then by name."""
    rules: tuple[Callable[[NetworkRows], Iterator[Finding]], ...] = (
        _circles,
        _ties_outside,
        _overlaps,
        _parents,
        _of_ended,
        _planned_for_ended,
        _no_successor,
        _no_contact,
        _sources,
    )
    found = [finding for rule in rules for finding in rule(rows)]
    order = list(FindingKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.name, one.told))


def holds(begin: date | None, end: date | None, day: date) -> bool:
    """Does a dated row hold on that day?"""
    return (begin is None or begin <= day) and (end is None or day <= end)


def _about(
    kind: FindingKind, body: BodyLife, table: str = "", row_id: int = 0, told: str = ""
) -> Finding:
    return Finding(kind, body.slug, body.name, table, row_id, told)


def _circles(rows: NetworkRows) -> Iterator[Finding]:
    """Lines of command that come back to themselves, each circle once."""
    reigns = {
        tie.id: Reign(str(tie.source), str(tie.target), tie.valid_from, tie.valid_to)
        for tie in rows.ties
        if tie.kind is TieKind.SUBORDINATE_TO
    }
    told: set[frozenset[str]] = set()
    for id_, reign in reigns.items():
        chain = circle(reign, reigns.values())
        if chain and frozenset(chain) not in told:
            told.add(frozenset(chain))
            names = " → ".join(rows.bodies[int(one)].name for one in chain)
            body = rows.bodies[int(reign.below)]
            yield _about(FindingKind.CIRCLE, body, "tie", id_, names)


def _ties_outside(rows: NetworkRows) -> Iterator[Finding]:
    """Ties on days on which one end did not exist; succession looks back by nature."""
    for tie in rows.ties:
        if tie.kind is TieKind.SUCCESSOR_OF:
            continue
        source = rows.bodies[tie.source]
        for end in (source, rows.bodies[tie.target]):
            if _begins_before(tie, end) or _outlives(tie.valid_to, end):
                yield _about(FindingKind.TIE_OUTSIDE, source, "tie", tie.id, end.name)


def _begins_before(row: TieRow, body: BodyLife) -> bool:
    known = row.valid_from is not None and body.valid_from is not None
    return known and row.valid_from < body.valid_from  # type: ignore[operator]


def _outlives(end: date | None, body: BodyLife) -> bool:
    return body.valid_to is not None and (end is None or end > body.valid_to)


def _overlaps(rows: NetworkRows) -> Iterator[Finding]:
    """The same part twice on one day."""
    families: dict[Hashable, list[PartRow]] = defaultdict(list)
    for part in rows.parts:
        families[(part.table, part.body, part.key)].append(part)
    for family in families.values():
        family.sort(key=lambda part: part.valid_from or date.min)
        for first, second in pairwise(family):
            if (first.valid_to or date.max) >= (second.valid_from or date.min):
                body = rows.bodies[second.body]
                yield _about(
                    FindingKind.OVERLAP, body, second.table, second.id, second.label
                )


def _parents(rows: NetworkRows) -> Iterator[Finding]:
    """Bodies of the state under two heads, or neither under nor above anybody."""
    above: dict[int, list[TieRow]] = defaultdict(list)
    heads: set[int] = set()
    lines = {TieKind.SUBORDINATE_TO, TieKind.ACCOUNTABLE_TO}
    for tie in rows.ties:
        if tie.kind in lines and holds(tie.valid_from, tie.valid_to, rows.today):
            above[tie.source].append(tie)
            heads.add(tie.target)
    for body in rows.bodies.values():
        if not body.covers(rows.today):
            continue
        under = [t for t in above[body.id] if t.kind is TieKind.SUBORDINATE_TO]
        if len(under) > 1:
            names = ", ".join(rows.bodies[tie.target].name for tie in under)
            yield _about(FindingKind.TWO_PARENTS, body, "tie", under[-1].id, names)
        is_state = body.sector is Sector.GOVERNMENT
        if is_state and not above[body.id] and body.id not in heads:
            yield _about(FindingKind.NO_PARENT, body, "tie")


def _of_ended(rows: NetworkRows) -> Iterator[Finding]:
    """Parts that outlive their body."""
    for part in rows.parts:
        body = rows.bodies[part.body]
        if _outlives(part.valid_to, body):
            yield _about(FindingKind.OF_ENDED, body, part.table, part.id, part.label)


def _planned_for_ended(rows: NetworkRows) -> Iterator[Finding]:
    for id_ in sorted(rows.planned):
        body = rows.bodies[id_]
        if body.valid_to is not None and body.valid_to < rows.today:
            yield _about(FindingKind.PLANNED_FOR_ENDED, body)


def _no_successor(rows: NetworkRows) -> Iterator[Finding]:
    followed = {t.target for t in rows.ties if t.kind is TieKind.SUCCESSOR_OF}
    for body in rows.bodies.values():
        if body.valid_to is not None and body.id not in followed:
            yield _about(FindingKind.NO_SUCCESSOR, body, "tie")


def _no_contact(rows: NetworkRows) -> Iterator[Finding]:
    """Partners of today whom nobody can be written to by name."""
    partners = {
        part.body
        for part in rows.parts
        if part.key is MembershipKind.PARTNER
        and holds(part.valid_from, part.valid_to, rows.today)
    }
    for id_ in sorted(partners - rows.reachable):
        if rows.bodies[id_].covers(rows.today):
            yield _about(FindingKind.NO_CONTACT, rows.bodies[id_])


def _sources(rows: NetworkRows) -> Iterator[Finding]:
    """Facts that say "sourced" without a source, and how many are only plausible."""
    plausible: dict[int, int] = defaultdict(int)
    for id_, table, body, row in _backed(rows):
        if row.standing is Standing.PLAUSIBLE:
            plausible[body] += 1
        elif not row.has_source:
            yield _about(FindingKind.NO_SOURCE, rows.bodies[body], table, id_)
    for body, count in plausible.items():
        life = rows.bodies[body]
        yield Finding(FindingKind.PLAUSIBLE, life.slug, life.name, count=count)


def _backed(
    rows: NetworkRows,
) -> Iterable[tuple[int, str, int, TieRow | PartRow]]:
    for tie in rows.ties:
        yield tie.id, "tie", tie.source, tie
    for part in rows.parts:
        yield part.id, part.table, part.body, part
