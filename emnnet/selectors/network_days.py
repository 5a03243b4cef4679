"""The organogram of a day as facts that can be compared with those of another."""

from dataclasses import dataclass
from datetime import date, timedelta

from emnnet.domain.network_changes import (
    BodyFacts,
    Change,
    DayFacts,
    TieKey,
    changes_between,
)
from emnnet.selectors.organogram import Body, Organogram, Recorded

MOST_BODIES = 10_000
"""Bodies times days; beyond it the days of change are named without what changed."""

_A_DAY = timedelta(days=1)


def day_facts(picture: Organogram) -> DayFacts:
    """The bodies and ties of a picture, and which of them took over from whom."""
    bodies = {
        body.slug: BodyFacts(body.slug, (body.names.en, body.names.lt), body.roles)
        for body in picture.bodies
    }
    ties = frozenset(
        TieKey(bond.kind, bond.source, bond.target)
        for bond in (*picture.bonds, *picture.successions)
    )
    return DayFacts(bodies, ties)


@dataclass(frozen=True)
class Comparison:
    """Two days, and what became of the bodies between them; `before` is earlier."""

    before: Organogram
    after: Organogram
    changes: tuple[Change, ...]

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
    return Comparison(old, new, changes_between(day_facts(old), day_facts(new)))


def turns(recorded: Recorded, since: date, until: date) -> tuple[Turn, ...]:
    """Each day of change between two days, both included, with what changed on it.

    Between two such days nothing changes: one picture is the earlier one of the next.
    """
    days = [day for day in recorded.changes if since <= day <= until]
    if not days or len(recorded.institutions) * len(days) > MOST_BODIES:
        return tuple(Turn(day, None) for day in days)
    pictures = [recorded.on(day) for day in (days[0] - _A_DAY, *days)]
    facts = [day_facts(picture) for picture in pictures]
    return tuple(
        Turn(day, Comparison(pictures[n], pictures[n + 1], changes))
        for n, day in enumerate(days)
        for changes in (changes_between(facts[n], facts[n + 1]),)
    )
