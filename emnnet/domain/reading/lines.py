"""Line ends: which of them the writer meant, and which only the page made."""

import re
from bisect import bisect_left

NARROWEST, WIDEST = 40, 220  # letters in a full line of a page
FULL = 0.75  # of the width, from which on a line counts as full
BREAK = re.compile(r"\n")


def hard_breaks(text: str) -> list[int]:
    """Where lines end because the writer ended them, in order.

    In text that was wrapped on a page, a line end is the writer's only where the next
    word would still have fitted.
    """
    ends = [match.start() for match in BREAK.finditer(text)]
    lines = text.split("\n")
    width = _width(lines)
    if width is None:
        return ends
    return [
        end
        for end, line, following in zip(ends, lines, lines[1:], strict=False)
        if _had_room(line, following, width)
    ]


def next_hard_break(breaks: list[int], start: int, end: int) -> int:
    """The first of the writer's line ends from `start` on, or `end`."""
    at = bisect_left(breaks, start)
    return min(breaks[at], end) if at < len(breaks) else end


def _width(lines: list[str]) -> float | None:
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 4:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(FULL * width <= length <= 1.15 * width for length in lengths)
    wrapped = NARROWEST <= width <= WIDEST and full >= max(3, 0.3 * len(lengths))
    return width if wrapped else None


def _had_room(line: str, following: str, width: float) -> bool:
    if not line.strip() or not following.strip():
        return True
    word = following.split(maxsplit=1)[0]
    return len(line) + 1 + len(word) < 0.85 * width
