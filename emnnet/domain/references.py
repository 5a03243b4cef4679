"""The short number by which a mail says what it is about, and reading it back.

[LT-2026-12/4] is the fourth assignment of the house, of query 2026.12: the two must
agree, so that a number typed wrongly leads nowhere. Message-IDs and plus-addresses
hold the same number in signs that are allowed there: lt-2026-12-4.
"""

import re
from dataclasses import dataclass

DASHES = "\\-\u2010\u2011\u2012\u2013\u2212"
SPOKEN = re.compile(
    rf"(?<![\w{DASHES}])([A-Z]{{2}})[{DASHES}](\d{{4}})[{DASHES}](\d{{1,6}})"
    rf"(?:\s?/\s?(\d{{1,9}}))?(?![\w/{DASHES}])",
    re.IGNORECASE,
)
KEY = re.compile(
    r"(?<![\w-])([a-z]{2})-(\d{4})-(\d{1,6})(?:-(\d{1,9}))?(?=[.@])", re.IGNORECASE
)


@dataclass(frozen=True)
class Reference:
    """A query, and which institution was asked if there is an assignment."""

    country: str
    year: int
    number: int
    assignment_id: int | None = None

    def __str__(self) -> str:
        """As people read it."""
        part = f"/{self.assignment_id}" if self.assignment_id else ""
        return f"{self.country}-{self.year}-{self.number}{part}"

    @property
    def key(self) -> str:
        """As it stands in a Message-ID or in front of an @."""
        return str(self).lower().replace("/", "-")

    @property
    def query(self) -> str:
        """The query as pages and subjects name it: 2026.12."""
        return f"{self.year}.{self.number}"


def find_references(text: str) -> list[Reference]:
    """All numbers that stand in a subject or a text, each once, in their order."""
    return _read(SPOKEN, " ".join(text.split()))


def find_keys(headers: str) -> list[Reference]:
    """All numbers inside Message-IDs (In-Reply-To, References) or plus-addresses."""
    return _read(KEY, headers)


def find_reference(text: str) -> Reference | None:
    """The one thing a subject or text is about; none if there is none, or several.

    The assignment counts more than a bare query: "LT-2026-12, LT-2026-12/4" is one.
    """
    return _only(find_references(text))


def find_key(headers: str) -> Reference | None:
    """The same for Message-IDs and plus-addresses."""
    return _only(find_keys(headers))


def _read(pattern: re.Pattern[str], text: str) -> list[Reference]:
    found = [
        Reference(country.upper(), int(year), int(number), int(part) if part else None)
        for country, year, number, part in pattern.findall(text)
    ]
    return list(dict.fromkeys(found))


def _only(found: list[Reference]) -> Reference | None:
    assigned = [one for one in found if one.assignment_id]
    queries = {(one.country, one.year, one.number) for one in found}
    if len(queries) != 1 or len(assigned) > 1:
        return None
    return assigned[0] if assigned else found[0]
