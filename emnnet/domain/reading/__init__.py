"""Reading a query as it arrives: its text in, values with passages out."""

from emnnet.domain.reading.landmarks import COVERING_LETTER
from emnnet.domain.reading.reader import read_query
from emnnet.domain.reading.values import (
    CountryRow,
    Era,
    Found,
    Passage,
    ReadQuery,
    ReadQuestion,
    Requester,
    RequesterKind,
    Sureness,
)

__all__ = [
    "COVERING_LETTER",
    "CountryRow",
    "Era",
    "Found",
    "Passage",
    "ReadQuery",
    "ReadQuestion",
    "Requester",
    "RequesterKind",
    "Sureness",
    "read_query",
]
