"""How large a box must be for its words, without asking any font.

Widths are those of Inter in parts of its size, rounded up, so that a line drawn in
Inter or in the sans-serif of a browser stays inside its box.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from emnnet.graphs.values import NCP, Node

WIDTH = 186
PADDING = 10
INDENT = 20
TAG = 34
STRONG, SMALL = 13, 12
STRONG_LEADING, SMALL_LEADING = 17, 15
_MOST_LINES = 5
_NETWORK_WIDTH = 140
_LONGEST = 400
_UNDRAWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_WIDTHS = (
    ("ijlįĮI|'’.,:;!", 0.29),
    ("frt()/-[] ", 0.38),
    ("ksxzyvcščž", 0.57),
    ("wmMWNOQGDHUŪŲ–—@%&", 0.86),
)
_ORDINARY, _CAPITAL = 0.63, 0.72
_SHARE = {letter: share for letters, share in _WIDTHS for letter in letters}


@dataclass(frozen=True)
class Box:
    """The lines of one body and the height they need; the width is always `WIDTH`."""

    strong: tuple[str, ...]
    small: tuple[str, ...]

    @property
    def height(self) -> int:
        """Pixels from edge to edge."""
        lines = len(self.strong) * STRONG_LEADING + len(self.small) * SMALL_LEADING
        return lines + 2 * PADDING - 2


def box(node: Node) -> Box:
    """A body's box: the short name on top, the full one under it if it says more."""
    room = WIDTH - 2 * PADDING - INDENT - (TAG if NCP in node.marks else 0)
    name = drawable(node.full_name)
    label = drawable(node.label) or name
    small = name if name != label else ""
    return Box(
        strong=tuple(_lines(label, STRONG, room)),
        small=tuple(_lines(small, SMALL, WIDTH - 2 * PADDING)),
    )


def drawable(text: str) -> str:
    """`text` as a drawing can hold it: no control characters, an end after 400."""
    plain = _UNDRAWABLE.sub("", text[: _LONGEST + 1])
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def text_width(text: str, size: int) -> float:
    """About how wide `text` is, never less."""
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    return _SHARE.get(letter, _CAPITAL if letter.isupper() else _ORDINARY)


def _lines(text: str, size: int, room: int) -> list[str]:
    """`text` in lines of at most `room` pixels; a sixth line becomes an ellipsis."""
    lines = list(_wrapped(text.split(), size, room))
    if len(lines) <= _MOST_LINES:
        return lines
    last = textwrap.shorten(lines[_MOST_LINES - 1] + " x" * room, 22, placeholder=" …")
    return [*lines[: _MOST_LINES - 1], last]


def _wrapped(words: list[str], size: int, room: int) -> Iterator[str]:
    line = ""
    for piece in (piece for word in words for piece in _pieces(word, size, room)):
        longer = f"{line} {piece}".strip()
        if line and text_width(longer, size) > room:
            yield line
            longer = piece
        line = longer
    if line:
        yield line


def _pieces(word: str, size: int, room: int) -> Iterator[str]:
    """A word that is wider than the box in pieces that are not."""
    while text_width(word, size) > room:
        at = len(word) - 1
        while at > 1 and text_width(word[:at] + "-", size) > room:
            at -= 1
        yield word[:at] + "-"
        word = word[at:]
    yield word


def network_label(node: Node) -> list[str]:
    """The short name in lines, to stand under a symbol."""
    said = drawable(node.label or node.full_name or node.slug)
    return _lines(said, STRONG, _NETWORK_WIDTH)
