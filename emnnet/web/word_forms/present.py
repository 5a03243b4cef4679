"""What a form would change, in words."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.word_changes import Change, word_changes
from emnnet.domain.word_proposal import FieldChange
from emnnet.selectors.word_forms import Proposal, Proposed

WORDS: dict[FieldChange, tuple[str | LazyString, str]] = {
    FieldChange.NEW: (_l("new"), "info"),
    FieldChange.CHANGED: (_l("changed"), "info"),
    FieldChange.UNCHANGED: (_l("unchanged"), "wait"),
    FieldChange.EMPTIED: (_l("emptied in the form"), "due"),
    FieldChange.CONFLICT: (_l("changed in both places"), "due"),
    FieldChange.OUTCOME: (_l("no answer"), "due"),
    FieldChange.CLOSED: (_l("takes no answer now"), "wait"),
    FieldChange.TOO_LONG: (_l("too long"), "late"),
}
QUESTIONS: dict[FieldChange, str | LazyString] = {
    FieldChange.NEW: _l("Take this answer over"),
    FieldChange.CHANGED: _l("Take the changed answer over"),
    FieldChange.EMPTIED: _l("Empty the draft, as in the form"),
    FieldChange.OUTCOME: _l("Tell the office now that no answer will come"),
}


@dataclass(frozen=True)
class Row:
    """One question of the preview."""

    proposed: Proposed
    word: str
    tone: str
    ask: str | None  # the words at the tick; none where nothing can be ticked
    changes: list[Change]  # from the draft to the form, word by word

    @property
    def id(self) -> int:
        """Of the contribution."""
        return self.proposed.cell.contribution.id


def rows_of(proposal: Proposal) -> list[Row]:
    """The questions in their order, what changes and what does not."""
    return [_row(one) for one in proposal.questions]


def _row(one: Proposed) -> Row:
    word, tone = WORDS[one.change]
    asking = QUESTIONS.get(one.change) if one.change.can_be_taken else None
    changes = []
    if one.change is FieldChange.CHANGED:
        changes = word_changes(one.cell.draft.text, one.field.given.text)
    return Row(one, str(word), tone, str(asking) if asking else None, changes)
