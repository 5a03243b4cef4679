"""What follows when the asking country corrects questions that institutions have."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.partner_dates import date_warnings
from emnnet.domain.roles import Actor
from emnnet.domain.stand_of_answer import StandOfAnswer
from emnnet.domain.word_changes import marked_sides
from emnnet.models.assignment import Assignment
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import addressees
from emnnet.selectors.contributions import due_on as due_of
from emnnet.selectors.corrections import Affected, PlannedCorrection
from emnnet.selectors.extensions import owed_contributions
from emnnet.services.extensions import give_time
from emnnet.services.outbox import enqueue

WHY_LATER = _n("The question was corrected by those who ask.")


def carry_out(
    session: Session,
    query: Query,
    corrections: Sequence[PlannedCorrection],
    due_on: date | None,
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Tell each institution once, of its own questions; returns how many are told.

    Answers wait to be confirmed, drafts stay beside the old wording, whoever has not
    begun reads the new one. Only with `due_on` the clock starts anew, for what is
    still owed of the corrected questions. Raises `DomainError` for a day in the past.
    """
    if due_on is not None:
        today, calendar = office_day(now), office_calendar(session)
        date_warnings(due_on, query.reply_by, calendar, today)
    by_assignment: dict[Assignment, list[tuple[PlannedCorrection, Affected]]] = {}
    for correction in corrections:
        for one in correction.affected:
            if one.stands is StandOfAnswer.OPEN:
                one.contribution.wording = correction.question.number
            by_assignment.setdefault(one.assignment, []).append((correction, one))
    session.flush()
    moved = {
        assignment: _moved(session, assignment, items, due_on, by=by, now=now)
        for assignment, items in by_assignment.items()
    }
    return _tell(session, query, by_assignment, moved, now=now)


def _moved(
    session: Session,
    assignment: Assignment,
    items: Sequence[tuple[PlannedCorrection, Affected]],
    due_on: date | None,
    *,
    by: Actor,
    now: datetime,
) -> date | None:
    """The new day of the open questions among these, if it gives them more time."""
    if due_on is None:
        return None
    corrected = {one.contribution.id for _, one in items}
    owed = owed_contributions(session, assignment)
    mine = [one for one in owed if one.id in corrected and due_of(one) < due_on]
    if not mine:
        return None
    give_time(
        session,
        assignment,
        mine,
        due_on,
        WHY_LATER,
        is_whole=len(mine) == len(owed),
        by=by,
        now=now,
        tells=False,
    )
    return due_on


def _tell(
    session: Session,
    query: Query,
    by_assignment: Mapping[Assignment, list[tuple[PlannedCorrection, Affected]]],
    moved: Mapping[Assignment, date | None],
    *,
    now: datetime,
) -> int:
    """One mail each; whose invitation has not left reads the new text in it."""
    invited = {one: its for one, its in by_assignment.items() if one.invited_at}
    ids = {one.institution_id for one in invited}
    reached = addressees(session, ids, office_day(now))
    told = 0
    for assignment, items in invited.items():
        to = reached.get(assignment.institution_id)
        if to is None:
            continue
        day = moved[assignment]
        kind = MailKind.QUESTION_CLARIFIED if day else MailKind.QUESTION_CORRECTED
        enqueue(
            session,
            kind,
            to,
            key=f"question_corrected:{assignment.id}:{now.isoformat()}",
            now=now,
            query=query,
            assignment=assignment,
            facts=_facts(session, assignment, items, day),
        )
        told += 1
    return told


def _facts(
    session: Session,
    assignment: Assignment,
    items: Sequence[tuple[PlannedCorrection, Affected]],
    day: date | None,
) -> dict[str, Any]:
    """The two wordings of each question of theirs; whoever has not begun: the new."""
    corrected = []
    for correction, one in items:
        before, after = marked_sides(correction.before, correction.after)
        if one.stands is StandOfAnswer.OPEN:
            before, after = "", " ".join(correction.after.split())
        corrected.append(
            {
                "label": correction.question.label,
                "before": before,
                "after": after,
                "stands": one.stands.value,
            }
        )
    facts: dict[str, Any] = {
        "contributions": [one.contribution.id for _, one in items],
        "corrected": corrected,
        "owed": bool(owed_contributions(session, assignment)),
    }
    return facts | ({"due_on": day.isoformat()} if day else {})
