"""Lines of command between two levels: each head has a lane of its own.

Two heads whose lines ran on top of each other would share their people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emnnet.graphs.layout import Point

_APART = 6.0
"""Pixels that must lie between two lines of one lane."""


@dataclass(frozen=True)
class Command:
    """One head and those bent to it, as middles of their boxes."""

    head: Point
    under: tuple[Point, ...]

    @property
    def highest(self) -> float:
        """The upper end of its line across."""
        return min(self.head[1], *(place[1] for place in self.under))

    @property
    def lowest(self) -> float:
        """The lower end of its line across."""
        return max(self.head[1], *(place[1] for place in self.under))


def lanes(commands: Iterable[Command]) -> Mapping[Point, float]:
    """For each head the part of the gap, 0 to 1, at which its line runs across."""
    levels: dict[float, list[Command]] = {}
    for command in sorted(commands, key=lambda each: each.highest):
        levels.setdefault(command.head[0], []).append(command)
    found: dict[Point, float] = {}
    for level in levels.values():
        taken = _taken(level)
        for command, lane in zip(level, taken, strict=True):
            found[command.head] = (lane + 1) / (max(taken) + 2)
    return found


def _taken(level: list[Command]) -> list[int]:
    """The number of the lane for each; the first in which nothing else runs."""
    ends: list[float] = []
    taken = []
    for command in level:
        free = (at for at, end in enumerate(ends) if end + _APART < command.highest)
        lane = next(free, len(ends))
        ends[lane : lane + 1] = [command.lowest]
        taken.append(lane)
    return taken
