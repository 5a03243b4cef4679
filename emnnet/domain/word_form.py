"""The Word form of an assignment: what is marked in it, and what comes back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from emnnet.domain.audience import Dissemination
from emnnet.domain.messages import Message

MARK_LENGTH = 8
_NAME = re.compile(
    r"e1\.?a(?P<assignment>\d{1,9})\.?q(?P<question>\d{1,9})\.?w(?P<wording>\d{1,6})"
    rf"\.?n(?P<draft>\d{{1,9}})\.?t(?P<mark>[0-9a-f]{{{MARK_LENGTH}}})"
    r"(?:\.(?P<part>answer|dissemination|outcome|as_of))?"
)


class Part(StrEnum):
    """The fields that a question has in the form."""

    ANSWER = "answer"
    DISSEMINATION = "dissemination"
    OUTCOME = "outcome"
    AS_OF = "as_of"


class FormOutcome(StrEnum):
    """What the institution chose for a question."""

    ANSWER = "answer"
    NO_DATA = "no_data"
    NOT_COMPETENT = "not_competent"


class FoundBy(StrEnum):
    """How the answers were found in the file."""

    FIELDS = "fields"  # by their marks: each surely belongs to its question
    HEADINGS = "headings"  # the marks were lost; by the numbers of the questions


@dataclass(frozen=True)
class Given:
    """What stands in the fields of one question."""

    text: str = ""  # Markdown
    dissemination: Dissemination | None = None
    as_of: date | None = None
    outcome: FormOutcome = FormOutcome.ANSWER

    @property
    def mark(self) -> str:
        """A short digest: the same for the same content."""
        day = self.as_of.isoformat() if self.as_of else ""
        said = "\0".join((self.text, self.dissemination or "", day, self.outcome))
        return sha256(said.encode()).hexdigest()[:MARK_LENGTH]


@dataclass(frozen=True)
class Origin:
    """Which question a field belongs to, and what stood in it when it was written."""

    assignment_id: int
    question_id: int
    wording: int  # the version of the question's text
    draft_number: int
    mark: str  # of what stood in the fields

    def tag(self, part: Part) -> str:
        """The mark of one field; Word keeps up to 64 characters."""
        return f"{self._joined('.')}.{part}"

    @property
    def bookmark(self) -> str:
        """The mark of the question; Word takes 40 letters and digits.

        LibreOffice 7.4 drops the tags of fields when it saves, and keeps bookmarks.
        """
        return self._joined("")

    def _joined(self, sign: str) -> str:
        parts = (
            "e1",
            f"a{self.assignment_id}",
            f"q{self.question_id}",
            f"w{self.wording}",
            f"n{self.draft_number}",
            f"t{self.mark}",
        )
        return sign.join(parts)


def read_mark(name: str) -> tuple[Origin, Part | None] | None:
    """What a tag or a bookmark says, or None if it is not one of ours."""
    found = _NAME.fullmatch(name.strip())
    if found is None:
        return None
    origin = Origin(
        int(found["assignment"]),
        int(found["question"]),
        int(found["wording"]),
        int(found["draft"]),
        found["mark"],
    )
    return origin, Part(found["part"]) if found["part"] else None


@dataclass(frozen=True)
class FilledField:
    """One question of a form that came back."""

    given: Given
    label: str = ""  # the question's number as printed in the form
    origin: Origin | None = None  # None: the marks were lost
    unread_day: str = ""  # what stood in "valid as of" where it is no day

    @property
    def is_touched(self) -> bool:
        """Was anything changed since the form was downloaded?"""
        return self.origin is None or self.given.mark != self.origin.mark


@dataclass(frozen=True)
class FilledForm:
    """A form as it came back, read."""

    fields: tuple[FilledField, ...]
    found_by: FoundBy = FoundBy.FIELDS
    assignment_id: int | None = None  # None: the form no longer says
    outside: tuple[str, ...] = ()  # texts that stand outside all fields
    warnings: tuple[Message, ...] = ()


def as_plain(form: FilledForm) -> dict[str, Any]:
    """A form as plain JSON, to be kept or handed from process to process."""
    return {
        "fields": [_plain_field(field) for field in form.fields],
        "found_by": form.found_by.value,
        "assignment_id": form.assignment_id,
        "outside": list(form.outside),
        "warnings": [[one.text, dict(one.params)] for one in form.warnings],
    }


def from_plain(plain: Mapping[str, Any]) -> FilledForm:
    """The form out of what `as_plain` made of it."""
    return FilledForm(
        tuple(_field(field) for field in plain["fields"]),
        FoundBy(plain["found_by"]),
        plain["assignment_id"],
        tuple(plain["outside"]),
        tuple(Message(text, params) for text, params in plain["warnings"]),
    )


def _plain_field(field: FilledField) -> dict[str, Any]:
    given, origin = field.given, field.origin
    return {
        "text": given.text,
        "dissemination": given.dissemination,
        "as_of": given.as_of.isoformat() if given.as_of else None,
        "outcome": given.outcome,
        "label": field.label,
        "mark": origin.bookmark if origin else None,
        "unread_day": field.unread_day,
    }


def _field(plain: Mapping[str, Any]) -> FilledField:
    travels, day = plain["dissemination"], plain["as_of"]
    known = read_mark(plain["mark"]) if plain["mark"] else None
    return FilledField(
        Given(
            plain["text"],
            Dissemination(travels) if travels else None,
            date.fromisoformat(day) if day else None,
            FormOutcome(plain["outcome"]),
        ),
        plain["label"],
        known[0] if known else None,
        plain["unread_day"],
    )
