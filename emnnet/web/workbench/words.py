"""The words and tones of the workbench."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.audience import Dissemination
from emnnet.domain.consolidation import QuestionState
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.models.contribution import LateChoice

STATE_WORDS: dict[QuestionState, LazyString] = {
    QuestionState.UNASKED: _l("nobody asked"),
    QuestionState.WAITING: _l("waiting for answers"),
    QuestionState.REFUSED: _l("all refused"),
    QuestionState.TO_WRITE: _l("to write"),
    QuestionState.SOURCE_CHANGED: _l("source changed"),
    QuestionState.UNDECIDED: _l("dissemination to decide"),
    QuestionState.COMPLETE: _l("complete"),
}
STATE_TONES: dict[QuestionState, str] = {
    QuestionState.UNASKED: "wait",
    QuestionState.WAITING: "wait",
    QuestionState.REFUSED: "late",
    QuestionState.TO_WRITE: "info",
    QuestionState.SOURCE_CHANGED: "due",
    QuestionState.UNDECIDED: "info",
    QuestionState.COMPLETE: "done",
}
STATE_ICONS: dict[QuestionState, str] = {
    QuestionState.UNASKED: "circle",
    QuestionState.WAITING: "circle",
    QuestionState.REFUSED: "x-circle",
    QuestionState.TO_WRITE: "circle-fill",
    QuestionState.SOURCE_CHANGED: "exclamation-circle-fill",
    QuestionState.UNDECIDED: "circle-half",
    QuestionState.COMPLETE: "check-circle-fill",
}
DISSEMINATION_WORDS: dict[Dissemination, LazyString] = {
    Dissemination.YES: _l("wider dissemination: yes"),
    Dissemination.ASK: _l("wider dissemination: ask first"),
    Dissemination.NO: _l("wider dissemination: no"),
}
LATE_WORDS: dict[LateChoice, LazyString] = {
    LateChoice.USE: _l("to be used"),
    LateChoice.ANNEX: _l("annex"),
    LateChoice.FILE_ONLY: _l("on file only"),
}
NEXT_STEPS: dict[QueryStatus, tuple[LazyString, str]] = {
    QueryStatus.ALL_REFUSED: (_l("Ask somebody else"), "routing.show"),
    QueryStatus.REGISTERED: (_l("Decide who answers"), "routing.show"),
    QueryStatus.TO_CLEAR: (_l("Ask for clearance"), "clearance.show"),
    QueryStatus.IN_CLEARANCE: (_l("Look at the clearance"), "clearance.show"),
    QueryStatus.CLEARED: (_l("Send the response"), "sending_out.show"),
    QueryStatus.SENT: (_l("Close the query"), "sending_out.show"),
    QueryStatus.CLOSED: (_l("See what was sent"), "sending_out.show"),
}
