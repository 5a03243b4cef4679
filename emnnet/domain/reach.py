"""Who can be reached from whom along ties: the surroundings of a body, and a way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

Ties = Iterable[tuple[str, str]]


def within(ties: Ties, start: str, steps: int) -> dict[str, int]:
    """How many steps away each body is that is at most so many away; `start` is 0."""
    beside = _neighbours(ties)
    found, edge = {start: 0}, [start]
    for step in range(1, steps + 1):
        ahead = {other for slug in edge for other in beside.get(slug, ())}
        edge = sorted(ahead - found.keys())
        found.update((slug, step) for slug in edge)
    return found


def shortest_way(ties: Ties, start: str, end: str) -> list[str]:
    """The bodies of a shortest way, both ends included; empty where there is none.

    Of several the one is taken whose bodies come first by the alphabet.
    """
    beside = _neighbours(ties)
    came_from: dict[str, str | None] = {start: None}
    edge = [start]
    while edge and end not in came_from:
        ahead: list[str] = []
        for slug in edge:
            for other in sorted(beside.get(slug, ())):
                if other not in came_from:
                    came_from[other] = slug
                    ahead.append(other)
        edge = ahead
    way: list[str] = []
    at: str | None = end if end in came_from else None
    while at is not None:
        way.append(at)
        at = came_from[at]
    return way[::-1]


def _neighbours(ties: Ties) -> Mapping[str, set[str]]:
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in ties:
        beside[one].add(other)
        beside[other].add(one)
    return beside
