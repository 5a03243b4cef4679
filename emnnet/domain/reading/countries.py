"""The countries that take part in ad-hoc queries, by their EMN codes and their names.

Members, observers, and the others that stand in published compilations (Denmark,
Switzerland, the United Kingdom). The EMN writes EL for Greece and UK for the United
Kingdom; GR and GB occur.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    """A country named in a text."""

    code: str
    start: int
    end: int


_TABLE = """
AT|Austria|Austrian
BE|Belgium|Belgian
BG|Bulgaria|Bulgarian
HR|Croatia|Croatian
CY|Cyprus|Cypriot
CZ|Czech Republic;Czechia;Czech Rep.|Czech
DK|Denmark|Danish
EE|Estonia|Estonian
FI|Finland|Finnish
FR|France|French
DE|Germany|German
EL|Greece;Hellenic Republic|Greek;Hellenic
HU|Hungary|Hungarian
IE|Ireland;Republic of Ireland|Irish
IT|Italy|Italian
LV|Latvia|Latvian
LT|Lithuania|Lithuanian
LU|Luxembourg;Luxemburg|Luxembourgish;Luxemburgish;Luxembourgian
MT|Malta|Maltese
NL|Netherlands;The Netherlands;Holland|Dutch
PL|Poland|Polish
PT|Portugal|Portuguese
RO|Romania|Romanian
SK|Slovak Republic;Slovakia;Slovak Rep.|Slovak;Slovakian
SI|Slovenia|Slovenian;Slovene
ES|Spain|Spanish
SE|Sweden|Swedish
UK|United Kingdom;Great Britain;Northern Ireland|British
NO|Norway|Norwegian
CH|Switzerland|Swiss
GE|Georgia|Georgian
MD|Moldova;Republic of Moldova|Moldovan
UA|Ukraine|Ukrainian
ME|Montenegro|Montenegrin
AM|Armenia|Armenian
RS|Serbia|Serbian
MK|North Macedonia;Macedonia|Macedonian
AL|Albania|Albanian
IS|Iceland|Icelandic
LI|Liechtenstein|Liechtenstein
"""
SYNONYMS = {"GR": "EL", "GB": "UK"}
_ROWS = tuple(line.split("|") for line in _TABLE.split("\n") if line)
NAMES = {name.lower(): code for code, names, _ in _ROWS for name in names.split(";")}
ADJECTIVES = {
    word.lower(): code for code, _, words in _ROWS for word in words.split(";")
}
CODES = frozenset(code for code, *_ in _ROWS)


def _either(words: dict[str, str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


NAME = rf"(?i:{_either(NAMES)})"
ADJECTIVE = rf"(?i:{_either(ADJECTIVES)})"
CODE = rf"(?:{'|'.join(sorted(CODES | {'GR', 'GB'}))})"
NAMED = re.compile(rf"\b(?:{NAME}|UK|U\.K\.)(?!\w)")
NAMED_OR_CODE = re.compile(rf"\b(?:{NAME}|U\.K\.|{CODE})(?!\w)")


def find_code(name: str) -> str | None:
    """The EMN code for a country's name, adjective or code, in any spelling known."""
    word = " ".join(name.replace("\u2019", "'").split()).strip(" .,:;()")
    low = word.lower().removeprefix("the ").removeprefix("republic of ")
    if word == "UK" or low in {"u.k", "u.k."}:
        return "UK"
    if low in NAMES or low in ADJECTIVES:
        return NAMES.get(low) or ADJECTIVES[low]
    code = SYNONYMS.get(word, word)
    return code if code in CODES else None


def mentions(text: str, pattern: re.Pattern[str] = NAMED) -> Iterator[Mention]:
    """Every country named in the text, in order."""
    for match in pattern.finditer(text):
        code = find_code(match[0])
        if code:
            yield Mention(code, *match.span())
