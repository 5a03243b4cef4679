"""A response as it leaves the house: what stands in the form of the EMN."""

from dataclasses import dataclass
from datetime import date, datetime

from emnnet.domain.audience import Dissemination


@dataclass(frozen=True)
class FormQuestion:
    """A question as printed; `depth` 0 is the outermost."""

    label: str
    text: str
    depth: int = 0


@dataclass(frozen=True)
class QuestionAnswer:
    """The answer to one question: Markdown paragraphs, and what names its sources.

    `note` is a line of plain text under it, for every reader.
    """

    label: str
    question: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def text(self) -> str:
        """All paragraphs as one Markdown text."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class CountryRow:
    """What one country says; a closed row prints the fixed sentence alone."""

    country: str
    wider_dissemination: Dissemination
    answers: tuple[QuestionAnswer, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class ResponseDocument:
    """A national response or a compilation, already cut to what its reader may see.

    `reference` is our number, `foreign_reference` the asker's; both may be "".
    `background` and the answers are Markdown, the rest is plain text; `language` is
    "en" or "lt"; `generated_at` is aware; `show_sources` prints who said what, for the
    office only.
    """

    title: str
    reference: str
    foreign_reference: str
    requested_by: str
    requested_on: date | None
    reply_by: date | None
    background: str
    questions: tuple[FormQuestion, ...]
    rows: tuple[CountryRow, ...]
    disclaimer: str
    generated_at: datetime
    language: str = "en"
    show_sources: bool = False
