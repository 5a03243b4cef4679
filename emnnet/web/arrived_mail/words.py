"""Arrived mail in words."""

from collections.abc import Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.arriving.kinds import ArrivedKind, ArrivedState, DraftOrigin
from emnnet.domain.lifecycle import DeclineReason
from emnnet.web.messages import worded

STATES: dict[ArrivedState, LazyString] = {
    ArrivedState.TO_SEE: _l("To see to"),
    ArrivedState.TAKEN: _l("Taken"),
    ArrivedState.AUTOMATIC: _l("Automatic"),
    ArrivedState.BOUNCED: _l("Came back"),
    ArrivedState.FILED: _l("Filed"),
}
KINDS: dict[ArrivedKind, tuple[LazyString, str]] = {
    ArrivedKind.UNJUDGED: (_l("just arrived"), "wait"),
    ArrivedKind.REPLY: (_l("an answer"), "due"),
    ArrivedKind.AUTOMATIC: (_l("automatic"), "info"),
    ArrivedKind.BOUNCE: (_l("could not be delivered"), "late"),
    ArrivedKind.DELAYED: (_l("delayed"), "info"),
    ArrivedKind.MAYBE_BOUNCE: (_l("probably came back"), "late"),
    ArrivedKind.MAYBE_QUERY: (_l("perhaps a new query"), "due"),
    ArrivedKind.OTHER: (_l("a letter"), "due"),
    ArrivedKind.UNREADABLE: (_l("cannot be read"), "late"),
}
ORIGINS: dict[DraftOrigin, LazyString] = {
    DraftOrigin.WORD_FORM: _l("from the field of the question in the Word form"),
    DraftOrigin.NUMBERED: _l("found under the number of the question"),
    DraftOrigin.WHOLE: _l("the whole text, put beside the first open question"),
    DraftOrigin.CHOSEN: _l("put here by the office"),
}
DECLINES: dict[DeclineReason, LazyString] = {
    DeclineReason.NO_DATA: _l("No data"),
    DeclineReason.NOT_COMPETENT: _l("Not our competence"),
    DeclineReason.NOT_APPLICABLE: _l("Not applicable"),
}


def sentences(kept: Sequence[Sequence[Any]] | None) -> list[str]:
    """Sentences that were kept with a message, in the reader's language."""
    return [worded(text, params) for text, params in kept or ()]
