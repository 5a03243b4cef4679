"""Which characters the fonts we ship can draw.

PDF/UA-1 (ISO 14289-1, 7.21.7) forbids a character without a picture, and typst
refuses the whole file for one. The tables read here are described in the OpenType
standard, chapter cmap.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_SEGMENTS, _GROUPS = 4, 12  # the two formats of a character map that fonts have today
_UNKNOWN = "\ufffd"
_KEPT = frozenset("\n\u200b")
_UNSEEN = frozenset({"Cf", "Mn", "Cc"})


def drawable(text: str, fonts: Path) -> str:
    """`text` in which every character that no font in `fonts` has is a "\ufffd".

    Marks without a width of their own are left out instead.
    """
    known = covered(fonts)
    strangers = {char for char in set(text) if ord(char) not in known} - _KEPT
    return text.translate({ord(char): _stand_in(char) for char in strangers})


@lru_cache(maxsize=4)
def covered(fonts: Path) -> frozenset[int]:
    """The code points that at least one .ttf of the folder `fonts` has a glyph for."""
    found: set[int] = set()
    for font in sorted(fonts.glob("*.ttf")):
        found.update(_code_points(font.read_bytes()))
    return frozenset(found)


def _stand_in(char: str) -> str:
    return "" if unicodedata.category(char) in _UNSEEN else _UNKNOWN


def _code_points(font: bytes) -> Iterator[int]:
    at = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, at + 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, at + 4 + 8 * number + 4)
        (kind,) = struct.unpack_from(">H", font, at + offset)
        if kind == _SEGMENTS:
            yield from _from_segments(font, at + offset)
        elif kind == _GROUPS:
            yield from _from_groups(font, at + offset)


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"The font has no table {name.decode()}.")


def _from_segments(font: bytes, at: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    for start, end in zip(starts, ends, strict=True):
        yield from range(start, min(end, 0xFFFE) + 1)


def _from_groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        start, end, _ = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(start, end + 1)
