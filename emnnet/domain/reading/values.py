"""What a reader finds in a query: values, each with its place and how sure it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from emnnet.domain.messages import Message

T = TypeVar("T", covariant=True)

COVERING_LETTER = "----- Covering letter -----"
"""The line a mail's body stands under, behind the attachment that holds the query."""


class Sureness(StrEnum):
    """How far a value may be trusted without a look at the document."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


class Era(StrEnum):
    """The forms a query has had."""

    WORD = "word"  # about 2009 to 2015
    IES = "ies"  # about 2016 to 2019, printed by the exchange system
    SUMMARY = "summary"  # public summary pages since about 2022
    MAIL = "mail"  # asked in a letter, without a form
    LIST = "list"  # several queries, not one
    UNKNOWN = "unknown"


class RequesterKind(StrEnum):
    """What stands behind "Requested by"."""

    NCP = "ncp"
    COMMISSION = "commission"
    COUNTRY = "country"
    PERSON = "person"
    EMN = "emn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Passage:
    """From `start` up to `end` (not included) in the text that was given."""

    start: int
    end: int


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value, where it stands (None: nowhere in so many words) and how sure it is."""

    value: T
    passage: Passage | None
    sureness: Sureness


@dataclass(frozen=True)
class Requester:
    """Who asks: EMN country code, COM or EMN ('' if not known), and as printed."""

    code: str
    printed: str
    kind: RequesterKind


@dataclass(frozen=True)
class ReadQuestion:
    """A question; `label` is its number in full ("2", "2a", "2a.i")."""

    label: str
    text: str
    depth: int
    condition: str | None
    passage: Passage
    sureness: Sureness = Sureness.SURE


@dataclass(frozen=True)
class CountryRow:
    """One country's response; `dissemination` is None where the cell is empty."""

    country: str
    dissemination: bool | None
    text: str
    passage: Passage


@dataclass(frozen=True)
class ReadQuery:
    """All that was found. None and empty mean: not in the document."""

    era: Era
    title: Found[str] | None = None
    printed_title: Found[str] | None = None
    requester: Found[Requester] | None = None
    originator: Found[str] | None = None
    launched_on: Found[date] | None = None
    reply_by: Found[date] | None = None
    compiled_on: Found[date] | None = None
    theme: Found[str] | None = None
    background: Found[str] | None = None
    questions: tuple[ReadQuestion, ...] = ()
    respondents: Found[tuple[str, ...]] | None = None
    stated_total: Found[int] | None = None
    counted_total: int | None = None
    rows: tuple[CountryRow, ...] = ()
    disclaimer: Found[str] | None = None
    warnings: tuple[Message, ...] = ()
