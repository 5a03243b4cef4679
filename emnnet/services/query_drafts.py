"""What a query says, as a form or a reader hands it over before it is one."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.audience import Dissemination
from emnnet.models.query import RequesterKind


@dataclass(frozen=True)
class QuestionDraft:
    """One question as printed; `question_id` names the one that it changes."""

    label: str
    text: str
    depth: int = 0
    condition: str | None = None
    question_id: int | None = None


@dataclass(frozen=True)
class RowDraft:
    """That a country responded, and what it said where the document tells."""

    country: str
    dissemination: Dissemination | None = None
    text: str | None = None


@dataclass(frozen=True)
class QueryDraft:
    """All that can be written about a query. Only the title and a question must be."""

    title: str
    questions: tuple[QuestionDraft, ...]
    printed_title: str = ""
    requester_kind: RequesterKind = RequesterKind.UNKNOWN
    requester_code: str | None = None
    requester_printed: str = ""
    originator: str | None = None
    launched_on: date | None = None
    reply_by: date | None = None
    compiled_on: date | None = None
    background: str = ""
    summary: str = ""
    theme_id: int | None = None
    tags: tuple[str, ...] = ()
    foreign_reference: str | None = None
    stated_total: int | None = None
    coordinator_id: int | None = None
    rows: tuple[RowDraft, ...] = ()
