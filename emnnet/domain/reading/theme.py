"""The theme: bare words behind the date in the form of the exchange system."""

import re

from emnnet.domain.reading.header import Header
from emnnet.domain.reading.manuscript import Manuscript, flat
from emnnet.domain.reading.values import Found, Sureness

# Themes seen in compilations of 2016-2019, and the Commission's older list.
THEMES = (
    "Asylum",
    "Border",
    "Borders",
    "Citizenship",
    "Detention",
    "Economic Migration",
    "Education",
    "Employment",
    "EU Acquis",
    "External Dimension",
    "Family Reunification",
    "Free Movement",
    "Health",
    "Highly Qualified Workers",
    "Illegal Employment",
    "Illegal Immigration",
    "Illegal Migration",
    "Integration",
    "International Protection",
    "Irregular Migration",
    "Labour Migration",
    "Legal Migration",
    "Migration and Development",
    "Miscellaneous",
    "Protection",
    "Readmission",
    "Reception",
    "Relocation",
    "Resettlement",
    "Residence",
    "Return",
    "Returns",
    "Schengen",
    "Smuggling",
    "Statelessness",
    "Statistics",
    "Students",
    "Trafficking",
    "Trafficking in Human Beings",
    "Unaccompanied Minors",
    "Visa",
    "Visas",
    "Vulnerable Groups",
)
_KNOWN = "|".join(
    re.escape(name).replace(r"\ ", r"\s+")
    for name in sorted(THEMES, key=len, reverse=True)
)
JOINED = rf"(?:{_KNOWN})(?:\s*(?:,|/|&|;|\band\b)\s*(?:{_KNOWN}))*"
KNOWN_THEME = re.compile(rf"(?:Theme\s*:\s*)?(?P<theme>{JOINED})(?=[\s.,;]*$)", re.I)
LEADING_THEME = re.compile(
    rf"(?:Theme\s*:\s*)?(?P<theme>{JOINED})(?=[ \t.,;]*(?:\n|$))", re.I
)
THEME_FIELD = re.compile(
    r"^[ \t]*(?:Main\s+)?Themes?\s*:[ \t]*\n?(?P<theme>[^\n:]{3,80})$", re.M | re.I
)
AFTER_THEME = re.compile(
    r"\s*(?:Responses|Disclaimer|(?:\d\W{0,2})?Background)|[ \t]*\n"
)
THEME_LINE = re.compile(rf"^[ \t]*(?P<theme>{JOINED})[ \t]*$", re.M | re.I)
BELOW = 150  # characters below the fields in which a theme may stand on a line
FAR = 6000  # characters in which a page without a header may name its theme
MOST_WORDS, LONGEST = 6, 60


def read_theme(script: Manuscript, header: Header) -> Found[str] | None:
    """The theme as printed; unsure when it is not one of those known."""
    far = header.end + 400 if header.requester else FAR
    field = THEME_FIELD.search(script.text, 0, far)
    if field:
        return script.found(flat(field["theme"]), *field.span("theme"))
    span = header.theme
    if span is None:
        return _on_a_line(script, header)
    part = span.of(script.text)
    known = KNOWN_THEME.match(part) or LEADING_THEME.match(part)
    if known:
        start = span.start + known.start("theme")
        return script.found(
            flat(known["theme"]), start, span.start + known.end("theme")
        )
    return _unknown(script, span.start, span.end)


def _on_a_line(script: Manuscript, header: Header) -> Found[str] | None:
    """A known theme that stands alone among the fields or below them."""
    if header.requester is None:
        return None
    start, end = header.requester.end, header.end + BELOW
    line = THEME_LINE.search(script.text, start, end)
    if line is None:
        return None
    return script.found(flat(line["theme"]), *line.span("theme"), Sureness.LIKELY)


def _unknown(script: Manuscript, start: int, end: int) -> Found[str] | None:
    """Words where the theme stands, but none of those known."""
    words = flat(script.text[start:end])
    short = len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    if not short or not words[0].isupper() or re.search(r"[\d?@:]|\.\s", words):
        return None
    if not AFTER_THEME.match(script.text, end):
        return None
    return script.found(words, start, end, Sureness.UNSURE)


def theme_in(words: str) -> re.Match[str] | None:
    """A known theme at the end of words that hold a requester without a date."""
    return re.search(rf"(?:\bon\b|\n)\s*(?P<theme>{JOINED})\s*$", words, re.I)
