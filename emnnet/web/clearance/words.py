"""The outcomes of a clearance as words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.models.clearance import ClearanceOutcome

OUTCOME_WORDS: dict[ClearanceOutcome, LazyString] = {
    ClearanceOutcome.APPROVED: _l("approved"),
    ClearanceOutcome.RETURNED: _l("returned"),
    ClearanceOutcome.EXCEPTION: _l("approved by exception"),
}
OUTCOME_TONES: dict[ClearanceOutcome, str] = {
    ClearanceOutcome.APPROVED: "done",
    ClearanceOutcome.RETURNED: "due",
    ClearanceOutcome.EXCEPTION: "due",
}
