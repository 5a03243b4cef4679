"""What is written into a form."""

from dataclasses import dataclass
from datetime import date, datetime, time

from emnnet.domain.word_form import Given, Origin


@dataclass(frozen=True)
class FormQuestion:
    """One question with what was written so far."""

    assignment_id: int
    question_id: int
    wording: int
    draft_number: int
    label: str
    text: str
    given: Given
    condition: str = ""
    due_on: date | None = None  # its own day, where it differs

    def origin(self, mark: str) -> Origin:
        """Which question it is, with the digest of what the form is written with."""
        return Origin(
            self.assignment_id,
            self.question_id,
            self.wording,
            self.draft_number,
            mark,
        )


@dataclass(frozen=True)
class FormDocument:
    """The form of one assignment, in its contact's language."""

    assignment_id: int
    language: str
    reference: str
    title: str
    institution: str
    asked_by: str
    due_on: date
    due_time: time | None
    background: str  # Markdown
    office: str
    questions: tuple[FormQuestion, ...]
    made_at: datetime
