"""What changed between two days: bodies founded, renamed, merged, moved or ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from emnnet.domain.network import Level, MembershipKind, TieKind


class ChangeKind(StrEnum):
    """What became of a body, its ties and its themes, in the order of telling."""

    FOUNDED = "founded"
    MERGED = "merged"
    ENDED = "ended"
    RENAMED = "renamed"
    MOVED = "moved"
    JOINED = "joined"
    LEFT = "left"
    TIE_BEGUN = "tie_begun"
    TIE_ENDED = "tie_ended"
    THEME_TAKEN = "theme_taken"
    THEME_LEFT = "theme_left"
    THEME_CHANGED = "theme_changed"


ORDER = list(ChangeKind)


@dataclass(frozen=True)
class BodyFacts:
    """One body as it was on a day; names in English and Lithuanian."""

    slug: str
    names: tuple[str, str]
    roles: frozenset[MembershipKind] = frozenset()


@dataclass(frozen=True, order=True)
class TieKey:
    """A tie that held on a day, read "`source` is <kind> `target`"."""

    kind: TieKind
    source: str
    target: str


@dataclass(frozen=True)
class DayFacts:
    """The bodies and ties of one day; `levels` by body and theme."""

    bodies: Mapping[str, BodyFacts] = field(default_factory=dict)
    ties: frozenset[TieKey] = frozenset()
    levels: Mapping[tuple[str, str], Level] = field(default_factory=dict)

    @cached_property
    def _targets(self) -> Mapping[tuple[TieKind, str], tuple[str, ...]]:
        found: dict[tuple[TieKind, str], tuple[str, ...]] = {}
        for tie in sorted(self.ties):
            key = (tie.kind, tie.source)
            found[key] = (*found.get(key, ()), tie.target)
        return found

    def others(self, kind: TieKind, source: str) -> tuple[str, ...]:
        """The bodies to which `source` has such a tie, in the order of their slugs."""
        return self._targets.get((kind, source), ())


@dataclass(frozen=True)
class Change:
    """What happened to one body; `before` and `after` are slugs, roles or names.

    Of a theme they are the slug of the theme and the level.
    """

    kind: ChangeKind
    slug: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    tie: TieKey | None = None


def changes_between(before: DayFacts, after: DayFacts) -> tuple[Change, ...]:
    """What is different on the later day: sorted by kind, then by slug.

    A body that ended and has a successor was merged into it. A body that moved has
    other bodies above it; one that was founded or ended has not moved.
    """
    found = [*_founded(before, after), *_ended(before, after)]
    for slug in before.bodies.keys() & after.bodies.keys():
        found += _of_one(slug, before, after)
    found += _ties(before, after)
    found += _themes(before, after)
    return tuple(sorted(found, key=_place))


def _place(change: Change) -> tuple[int, str, tuple[str, ...], tuple[str, ...]]:
    return ORDER.index(change.kind), change.slug, change.after, change.before


def _founded(before: DayFacts, after: DayFacts) -> Iterable[Change]:
    for slug in after.bodies.keys() - before.bodies.keys():
        parents = after.others(TieKind.SUBORDINATE_TO, slug)
        yield Change(ChangeKind.FOUNDED, slug, after=parents)


def _ended(before: DayFacts, after: DayFacts) -> Iterable[Change]:
    for slug in before.bodies.keys() - after.bodies.keys():
        heirs = tuple(
            sorted(
                tie.source
                for tie in after.ties
                if tie.kind is TieKind.SUCCESSOR_OF and tie.target == slug
            )
        )
        kind = ChangeKind.MERGED if heirs else ChangeKind.ENDED
        yield Change(kind, slug, after=heirs)


def _of_one(slug: str, before: DayFacts, after: DayFacts) -> Iterable[Change]:
    """What became of a body that existed on both days."""
    old, new = before.bodies[slug], after.bodies[slug]
    if old.names != new.names:
        yield Change(ChangeKind.RENAMED, slug, old.names, new.names)
    above = before.others(TieKind.SUBORDINATE_TO, slug)
    now_above = after.others(TieKind.SUBORDINATE_TO, slug)
    if above != now_above:
        yield Change(ChangeKind.MOVED, slug, above, now_above)
    if joined := new.roles - old.roles:
        yield Change(ChangeKind.JOINED, slug, after=tuple(sorted(joined)))
    if left := old.roles - new.roles:
        yield Change(ChangeKind.LEFT, slug, before=tuple(sorted(left)))


def _ties(before: DayFacts, after: DayFacts) -> Iterable[Change]:
    """Ties between bodies of both days; those above a body are told as a move."""
    both = before.bodies.keys() & after.bodies.keys()
    for kind, ties in (
        (ChangeKind.TIE_BEGUN, after.ties - before.ties),
        (ChangeKind.TIE_ENDED, before.ties - after.ties),
    ):
        for tie in ties:
            plain = tie.kind not in {TieKind.SUBORDINATE_TO, TieKind.SUCCESSOR_OF}
            if plain and {tie.source, tie.target} <= both:
                yield Change(kind, tie.source, tie=tie)


def _themes(before: DayFacts, after: DayFacts) -> Iterable[Change]:
    """The parts in themes of the bodies of both days."""
    for slug, theme in before.levels.keys() | after.levels.keys():
        old, new = before.levels.get((slug, theme)), after.levels.get((slug, theme))
        if old is new or not (slug in before.bodies and slug in after.bodies):
            continue
        kind = ChangeKind.THEME_CHANGED if old and new else None
        kind = kind or (ChangeKind.THEME_TAKEN if new else ChangeKind.THEME_LEFT)
        yield Change(
            kind,
            slug,
            before=(theme, old) if old else (),
            after=(theme, new) if new else (),
        )
