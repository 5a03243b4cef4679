"""Reading a query as it arrives: its text in, values with passages out.

The reader itself is imported by whoever reads: its patterns take a tenth of a second.
"""

from emnnet.domain.reading.values import (
    COVERING_LETTER,
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
]
