"""The lines of the organogram as SVG elements: at right angles, or as curves."""

from dataclasses import dataclass
from html import escape
from math import atan2, cos, floor, pi, sin

from emnnet.graphs.layout import Point

_ARROW = 8
_ARROWED = frozenset({"appeal_to", "coordinates", "successor_of"})


@dataclass(frozen=True)
class BentLine:
    """A line at right angles, from a head to one on the next level.

    `leaves`, `turns` and `arrives` are lengths along the levels, `above` and `below`
    the places across them; from top to bottom the levels lie under each other.
    """

    leaves: float
    turns: float
    arrives: float
    above: float
    below: float
    top_down: bool = False

    @property
    def drawn(self) -> str:
        """The line as the `d` of a path."""
        turns, above, below = map(_crisp, (self.turns, self.above, self.below))
        if self.top_down:
            return f"M{above:g} {self.leaves:g}V{turns:g}H{below:g}V{self.arrives:g}"
        return f"M{self.leaves:g} {above:g}H{turns:g}V{below:g}H{self.arrives:g}"


def tie_svg(
    kind: str,
    title: str,
    path: tuple[Point, ...],
    bent: BentLine | None,
    *,
    second: bool = False,
) -> str:
    """One line with what it says; `second` is one to a further head."""
    drawn = bent.drawn if bent else _curved(path)
    line = "line straight" if bent else "line"
    head = _head(path) if kind in _ARROWED else ""
    classes = f"tie tie-{escape(kind)}{' is-second' if second else ''}"
    return (
        f'<g class="{classes}"><title>{escape(title)}</title>'
        f'<path class="{line}" d="{drawn}"></path>{head}</g>'
    )


def _crisp(place: float) -> float:
    """The middle of a pixel: lines on top of each other then look like one."""
    return floor(place) + 0.5


def _curved(path: tuple[Point, ...]) -> str:
    if not path:
        return ""
    first, *rest = (f"{x:g} {y:g}" for x, y in path)
    return f"M{first}C{' '.join(rest)}"


def _head(path: tuple[Point, ...]) -> str:
    """An arrowhead at the end of the curve, turned as the curve arrives."""
    if len(path) < 2:
        return ""
    (x0, y0), (x, y) = path[-2], path[-1]
    turn = atan2(y - y0, x - x0)
    wings = [
        (x - _ARROW * cos(turn + side), y - _ARROW * sin(turn + side))
        for side in (pi / 7, -pi / 7)
    ]
    (ax, ay), (bx, by) = wings
    drawn = f"M{x:g} {y:g}L{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}Z"
    return f'<path class="head" d="{drawn}"></path>'
