"""Reading call notes: what came of telephoning."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

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


def call_notes(
    session: Session, assignment_ids: Collection[int]
) -> dict[int, list[CallNote]]:
    """The notes of each assignment, the newest first. One statement."""
    rows = session.scalars(
        select(CallNote)
        .where(CallNote.assignment_id.in_(assignment_ids))
        .order_by(CallNote.id.desc())
    )
    found: dict[int, list[CallNote]] = defaultdict(list)
    for row in rows:
        found[row.assignment_id].append(row)
    return found
