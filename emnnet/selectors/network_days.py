"""The organogram of a day as facts that can be compared with those of another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from emnnet.domain.network_changes import (
    BodyFacts,
    Change,
    DayFacts,
    TieKey,
    changes_between,
)
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.organogram import Body, Organogram, Recorded

MOST_BODIES = 10_000
"""Bodies times days; beyond it the days of change are named without what changed."""

_A_DAY = timedelta(days=1)


def day_facts(picture: Organogram) -> DayFacts:
    """What a picture says that may change, and which bodies took over from whom.

    Where a body is said twice to have a part in a theme, it leads.
    """
    bodies = {
        body.slug: BodyFacts(body.slug, (body.names.en, body.names.lt), body.roles)
        for body in picture.bodies
    }
    ties = frozenset(
        TieKey(bond.kind, bond.source, bond.target)
        for bond in (*picture.bonds, *picture.successions)
    )
    levels = {(part.slug, part.theme): part.level for part in sorted(picture.parts)}
    return DayFacts(bodies, ties, levels)


@dataclass(frozen=True)
class Comparison:
    """Two days, and what became of the bodies between them; `before` is earlier."""

    before: Organogram
    after: Organogram
    changes: tuple[Change, ...]
    themes: Mapping[str, ThemeName] = field(default_factory=dict)

    def body(self, slug: str) -> Body:
        """The body as it was on the later day, else on the earlier one."""
        return self.after.by_slug.get(slug) or self.before.by_slug[slug]


@dataclass(frozen=True)
class Turn:
    """A day on which something changed, and what; nothing told where it is too much."""

    day: date
    told: Comparison | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed on that day."""
        return self.told.changes if self.told else ()


def compared(recorded: Recorded, before: date, after: date) -> Comparison:
    """What is different on the later of two days; no statement is needed."""
    first, last = sorted((before, after))
    old, new = recorded.on(first), recorded.on(last)
    changes = changes_between(day_facts(old), day_facts(new))
    return Comparison(old, new, changes, _themes(recorded))


def turns(recorded: Recorded, since: date, until: date) -> tuple[Turn, ...]:
    """Each day of change between two days, both included, with what changed on it."""
    return tuple(
        turn for turn in _turns(recorded, MOST_BODIES) if since <= turn.day <= until
    )


@lru_cache(maxsize=2)
def _turns(recorded: Recorded, most: int) -> tuple[Turn, ...]:
    """Between two such days nothing changes: one picture serves twice."""
    days = recorded.changes
    if not days or len(recorded.rows.bodies) * len(days) > most:
        return tuple(Turn(day, None) for day in days)
    pictures = [recorded.on(day) for day in (days[0] - _A_DAY, *days)]
    facts = [day_facts(picture) for picture in pictures]
    themes = _themes(recorded)
    return tuple(
        Turn(day, Comparison(pictures[n], pictures[n + 1], changes, themes))
        for n, day in enumerate(days)
        for changes in (changes_between(facts[n], facts[n + 1]),)
    )


def _themes(recorded: Recorded) -> dict[str, ThemeName]:
    return {theme.slug: theme for theme in recorded.themes}
