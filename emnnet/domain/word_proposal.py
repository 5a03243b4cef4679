"""What a Word form that came back would change, question by question."""

from dataclasses import dataclass, replace
from enum import StrEnum

from emnnet.domain.contributing import LONGEST_ANSWER, Draft
from emnnet.domain.word_form import FilledField, FormOutcome


class FieldChange(StrEnum):
    """What the form would do to one question."""

    NEW = "new"  # nothing was written here yet
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTIED = "emptied"  # there is a draft, and the field is empty
    CONFLICT = "conflict"  # changed in the file and, since the download, here too
    OUTCOME = "outcome"  # no text: "no data", or "not our competence"
    CLOSED = "closed"  # the question takes no answer now
    TOO_LONG = "too_long"

    @property
    def can_be_taken(self) -> bool:
        """May it be ticked?"""
        return self in _TAKEN or self is FieldChange.EMPTIED

    @property
    def is_ticked(self) -> bool:
        """Is it ticked before anybody looked? What cannot be undone is not."""
        return self in {FieldChange.NEW, FieldChange.CHANGED}


_TAKEN = {
    FieldChange.NEW,
    FieldChange.CHANGED,
    FieldChange.CONFLICT,
    FieldChange.OUTCOME,
}


@dataclass(frozen=True)
class Standing:
    """What stands in a question now."""

    draft: Draft
    draft_number: int
    takes_answer: bool


def field_change(field: FilledField, now: Standing) -> FieldChange:
    """What taking the field over would do to the question as it stands now."""
    given, draft = field.given, now.draft
    if not now.takes_answer:
        return FieldChange.CLOSED
    if given.outcome is not FormOutcome.ANSWER:
        return FieldChange.OUTCOME
    if len(given.text) > LONGEST_ANSWER:
        return FieldChange.TOO_LONG
    if not field.is_touched or proposed_draft(field, draft) == draft:
        return FieldChange.UNCHANGED
    if draft.is_empty:
        return FieldChange.NEW
    if field.origin and field.origin.draft_number != now.draft_number:
        return FieldChange.CONFLICT
    return FieldChange.CHANGED if given.text.strip() else FieldChange.EMPTIED


def joined(field: FilledField, draft: Draft) -> Draft:
    """Both texts, the draft's first: what is said twice is better than lost."""
    proposed = proposed_draft(field, draft)
    texts = [text.strip("\n") for text in (draft.text, proposed.text) if text.strip()]
    return replace(proposed, text="\n\n".join(texts))


def proposed_draft(field: FilledField, draft: Draft) -> Draft:
    """The draft with what the field says; a choice not made takes none away."""
    given = field.given
    return Draft(
        given.text,
        given.dissemination or draft.dissemination,
        given.as_of or draft.as_of,
    )
