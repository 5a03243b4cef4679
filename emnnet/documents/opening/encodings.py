"""Bytes to characters, where nobody says which encoding it is."""

import codecs
from dataclasses import dataclass

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows-1257 and Windows-1252 agree on the German, Estonian and Swedish letters. They
# differ in these bytes: Lithuanian and Latvian letters in the one, seldom used
# western ones in the other.
BALTIC = frozenset(b"\xd0\xf0\xde\xfe\xe6\xc6\xeb\xcb\xf8\xd8\xfb\xdb\xe2\xc2\xee\xce")
WESTERN = frozenset(b"\xea\xca\xf4\xd4\xf9\xf1\xd1\xed\xcd\xfa\xda\xec\xf2")
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")
MOST_CONTROLS = 0.01


@dataclass(frozen=True)
class Decoded:
    """A text and the encoding it was in; `guessed` where only the letters tell."""

    text: str
    encoding: str
    guessed: bool


def decoded(
    data: bytes, declared: str | None = None, *, partial: bool = False
) -> Decoded | None:
    """The characters; None if these bytes are no text. `partial`: the end may be "
    "cut."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return Decoded(
                data[len(mark) :].decode(encoding, "replace"), encoding, False
            )
    wide = _without_mark(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide, False)
    if sum(byte in CONTROLS for byte in data[:8192]) > MOST_CONTROLS * len(data[:8192]):
        return None
    for encoding in filter(None, (declared, "utf-8")):
        text = _strictly(data, encoding, partial=partial)
        if text is not None:
            return Decoded(text, encoding, False)
    encoding = _single_byte(data)
    return Decoded(data.decode(encoding, "replace"), encoding, True)


def _strictly(data: bytes, encoding: str, *, partial: bool) -> str | None:
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        return decoder.decode(data, final=not partial)
    except (UnicodeDecodeError, LookupError):
        return None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of western text is zero."""
    even, odd = data[:2000:2], data[1:2000:2]
    if not odd or len(data) % 2:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str:
    baltic = sum(byte in BALTIC for byte in data)
    western = sum(byte in WESTERN for byte in data)
    return "cp1257" if baltic > western else "cp1252"
