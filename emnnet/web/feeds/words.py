"""What a date is called in a calendar."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.feed import FeedEntry, FeedKind, FeedState

KINDS: dict[FeedKind, LazyString] = {
    FeedKind.DUE: _l("Answer to the EMN query %(reference)s"),
    FeedKind.REPLY_BY: _l("Reply by: %(reference)s"),
    FeedKind.PARTNERS: _l("Institutions answer: %(reference)s"),
    FeedKind.CONSOLIDATION: _l("Response written: %(reference)s"),
    FeedKind.CLEARANCE: _l("Cleared: %(reference)s"),
    FeedKind.SENDING: _l("Sent: %(reference)s"),
}
STATES: dict[FeedState, LazyString] = {
    FeedState.DONE: _l("done"),
    FeedState.CANCELLED: _l("cancelled"),
}


def summary(entry: FeedEntry) -> str:
    """One line: what, which query, and whether it still counts."""
    kind = str(KINDS[entry.kind]) % {"reference": entry.reference}
    state = STATES.get(entry.state)
    said = f"{kind} {entry.title}"
    return f"[{state}] {said}" if state else said


def description(entry: FeedEntry) -> str:
    """A few lines more; never what was asked or answered."""
    lines = [f"{entry.reference} {entry.title}"]
    if entry.questions:
        lines.append(_("Question %(label)s", label=entry.questions))
    if entry.whom:
        lines.append(_("Institutions: %(names)s", names=entry.whom))
    if entry.kind is FeedKind.DUE:
        lines.append(_("The link in the e-mail opens the questions."))
    return "\n".join(lines)
