"""Reading call notes: what came of telephoning."""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from emnnet.domain.calls import CallOutcome
from emnnet.models.assignment import Assignment
from emnnet.models.call_note import CallNote

_LATER = aliased(CallNote)
REFUSED_ON_CALL: ColumnElement[bool] = (
    exists()
    .where(
        CallNote.assignment_id == Assignment.id,
        CallNote.outcome == CallOutcome.WILL_NOT_ANSWER,
        CallNote.at >= Assignment.asked_at,
        ~exists()
        .where(_LATER.assignment_id == CallNote.assignment_id, _LATER.id > CallNote.id)
        .correlate(CallNote),
    )
    .correlate(Assignment)
)
"""Did they say on the last call that they will not answer, since they were asked?"""
