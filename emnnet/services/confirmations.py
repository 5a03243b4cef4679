"""An answer to a corrected question: confirmed with one button, or opened to change."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.models.contribution import Contribution
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contributions import due_on, is_unconfirmed
from emnnet.selectors.query_facts import get_query_facts
from emnnet.services.contribution_events import record_for
from emnnet.services.drafts import locked

LEAST_DAYS = 3  # working days to change an answer, where its date is nearer or over
NOTHING_TO_CONFIRM = _n("There is nothing to confirm: the answer is to this wording.")


def confirm_answer(
    session: Session, contribution: Contribution, *, by: Actor, now: datetime
) -> None:
    """What the institution has said holds for the corrected question too.

    Raises `IllegalAction` where nothing waits to be confirmed.
    """
    contribution = _unconfirmed(session, contribution)
    contribution.wording = contribution.question.number
    facts = {"wording": contribution.wording}
    kind = EventKind.ANSWER_CONFIRMED
    record_for(session, kind, contribution, by=by, now=now, **facts)


def reopen_answer(
    session: Session, contribution: Contribution, *, by: Actor, now: datetime
) -> None:
    """The institution changes what it said: only this question is open again.

    Its last text stays and stands in the form. Raises `IllegalAction` where nothing
    waits to be confirmed, or the national response was sent.
    """
    contribution = _unconfirmed(session, contribution)
    query, today = contribution.assignment.query, office_day(now)
    allow_query(QueryAction.CONSOLIDATE, get_query_facts(session, query))
    least = office_calendar(session).add_working_days(today, LEAST_DAYS)
    contribution.due_on = max(due_on(contribution), least)
    contribution.returned_number = contribution.latest_number
    contribution.returned_at, contribution.return_comment = now, None
    contribution.declined_at = contribution.declined_by = None
    contribution.decline_reason = contribution.decline_note = None
    contribution.suggested_institution_id = contribution.suggested_other = None
    contribution.change_asked_at = contribution.change_reason = None
    contribution.accepted_number, contribution.accepted_at = 0, None
    facts = {"version": contribution.latest_number, "due_on": contribution.due_on}
    facts["reason"] = "the question was corrected"
    record_for(session, EventKind.RETURNED, contribution, by=by, now=now, **facts)


def _unconfirmed(session: Session, contribution: Contribution) -> Contribution:
    contribution = locked(session, contribution)
    if not is_unconfirmed(contribution, contribution.assignment.query):
        raise IllegalAction(NOTHING_TO_CONFIRM)
    return contribution
