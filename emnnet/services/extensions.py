"""More time for one institution: only its own cells move, and it can be taken back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.extension import Extension
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import due_on
from emnnet.selectors.extensions import (
    first_due_on,
    owed_contributions,
    planned_extension,
)
from emnnet.services.date_moves import (
    check_not_itself,
    move_back,
    move_question,
    move_whole,
    plan_like,
)
from emnnet.services.dropping import drop_reminders, forget_dropped
from emnnet.services.events import record
from emnnet.services.outbox import enqueue, is_under_way, mark_expired
from emnnet.services.routing import open_grid

DATE_MOVED = _n("The date was moved.")
TAKEN_BACK = _n("The extension was taken back.")
NO_REASON = _n("Say why there is more time. It is kept in the history.")
NOTHING_OWED = _n("Nothing is awaited from this institution: there is no date to move.")
TAKEN_BACK_ALREADY = _n("This was taken back already.")
REMINDED_SINCE = _n(
    "A reminder about the new date has left: it cannot be taken back any more."
)
RELIED_ON = _n(
    "The institution was told of the new date, and the old one is over:"
    " it cannot be taken back any more."
)


def extend(
    session: Session,
    assignment: Assignment,
    working_days: int,
    reason: str,
    *,
    by: Actor,
    now: datetime,
    contribution_ids: Collection[int] = (),
) -> Extension:
    """Give an institution more working days, for all it owes or for some questions.

    Raises `DomainError` for an impossible number and without a reason,
    `IllegalAction` for the partner itself and where nothing is owed.
    """
    owed = open_to_extend(session, assignment, contribution_ids, by=by)
    calendar, today = office_calendar(session), office_day(now)
    planned = planned_extension(assignment, owed, working_days, calendar, today)
    is_whole = not contribution_ids
    day = planned.deadline.due_on
    return give_time(
        session, assignment, owed, day, reason, is_whole=is_whole, by=by, now=now
    )


def open_to_extend(
    session: Session,
    assignment: Assignment,
    contribution_ids: Collection[int] = (),
    *,
    by: Actor,
) -> list[Contribution]:
    """What is owed, with the query held; raises `IllegalAction` where nothing is."""
    check_not_itself(by)
    open_grid(session, assignment.query)
    owed = owed_contributions(session, assignment, contribution_ids)
    if not owed:
        raise IllegalAction(NOTHING_OWED)
    return owed


def give_time(
    session: Session,
    assignment: Assignment,
    owed: Sequence[Contribution],
    day: date,
    reason: str,
    *,
    is_whole: bool,
    by: Actor,
    now: datetime,
    tells: bool = True,
) -> Extension:
    """Move the date of what is owed to `day`; the clock starts anew, reminders drop.

    The contact is told unless another mail says it (`tells`).
    """
    if not reason.strip():
        raise DomainError(NO_REASON)
    extension = Extension(
        assignment_id=assignment.id,
        is_whole=is_whole,
        old_on=first_due_on(owed),
        new_on=day,
        reason=reason.strip(),
        given_at=now,
        given_by=by.name,
    )
    session.add(extension)
    session.flush()
    _move(session, assignment, owed, extension, office_day(now))
    _drop(session, assignment, owed, extension, now=now)
    facts = _facts(assignment, owed, extension)
    record(session, EventKind.DUE_CHANGED, assignment.query, by=by, now=now, **facts)
    if tells:
        facts |= {"contributions": [one.id for one in owed]}
        facts |= {"earlier": day < extension.old_on}
        _tell(session, assignment, f"due_changed:{extension.id}", facts, now)
    return extension


def take_back(
    session: Session, extension: Extension, *, by: Actor, now: datetime
) -> None:
    """The date as it was before; who was told already is told again.

    Raises `IllegalAction` where something depends on the new date.
    """
    assignment = extension.assignment
    owed = open_to_extend(session, assignment, by=by)
    if extension.taken_back_at is not None:
        raise IllegalAction(TAKEN_BACK_ALREADY)
    told = _mail_of(session, extension)
    has_left = told is not None and (told.sent_at or is_under_way(told, now))
    if has_left and extension.old_on < office_day(now):
        raise IllegalAction(RELIED_ON)
    if _reminded_since(session, extension):
        raise IllegalAction(REMINDED_SINCE)
    move_back(session, assignment.query, extension.moves)
    extension.taken_back_at, extension.taken_back_by = now, by.name
    plan_like(session, assignment, [one.question_id for one in owed])
    drop_reminders(session, [assignment.id], TAKEN_BACK, now=now)
    for moment in (now, extension.given_at):
        forget_dropped(session, [assignment.id], moment)
    facts = _facts(assignment, owed, extension)
    facts |= {"old": extension.new_on.isoformat()}
    facts |= {"due_on": extension.old_on.isoformat()}
    kind = EventKind.EXTENSION_TAKEN_BACK
    record(session, kind, assignment.query, by=by, now=now, **facts)
    if told is not None and not has_left:
        mark_expired(told, TAKEN_BACK, now=now)
    elif told is not None:
        facts |= {"contributions": [one.id for one in owed], "taken_back": True}
        _tell(session, assignment, f"extension_taken_back:{extension.id}", facts, now)


def _move(
    session: Session,
    assignment: Assignment,
    owed: Sequence[Contribution],
    extension: Extension,
    today: date,
) -> None:
    """What has a better day of its own keeps it: a later one, if dates move later."""
    day, cause = extension.new_on, {"extension_id": extension.id}
    earlier = day < assignment.due_on
    if extension.is_whole:
        move_whole(session, assignment, day, office_calendar(session), **cause)
    for one in owed:
        own = one.due_on
        if extension.is_whole and own and (own > day if earlier else own <= day):
            move_question(session, one, None, today, **cause)
        elif not extension.is_whole and (due_on(one) < day or len(owed) == 1):
            move_question(session, one, day, today, **cause)
    plan_like(session, assignment, [one.question_id for one in owed])


def _drop(
    session: Session,
    assignment: Assignment,
    owed: Sequence[Contribution],
    extension: Extension,
    *,
    now: datetime,
) -> None:
    """A reminder that waits is dropped; about other questions only if none is left."""
    rest = owed_contributions(session, assignment)
    whole = extension.is_whole or all(one.due_on is not None for one in rest)
    only = None if whole else [one.id for one in owed]
    drop_reminders(session, [assignment.id], DATE_MOVED, now=now, contribution_ids=only)


def _facts(
    assignment: Assignment, owed: Sequence[Contribution], extension: Extension
) -> dict[str, Any]:
    facts = {
        "institution": assignment.institution.short,
        "institution_id": assignment.institution_id,
        "assignment": assignment.id,
        "extension": extension.id,
        "old": extension.old_on.isoformat(),
        "due_on": extension.new_on.isoformat(),
        "reason": extension.reason,
    }
    if not extension.is_whole:
        facts["questions"] = [one.question.label for one in owed]
    return facts


def _tell(
    session: Session,
    assignment: Assignment,
    key: str,
    facts: dict[str, Any],
    now: datetime,
) -> None:
    to = find_addressee(session, assignment.institution_id, office_day(now))
    if to is not None:
        enqueue(
            session,
            MailKind.DUE_CHANGED,
            to,
            key=key,
            now=now,
            query=assignment.query,
            assignment=assignment,
            facts=facts,
        )


def _mail_of(session: Session, extension: Extension) -> OutboxMessage | None:
    key = f"due_changed:{extension.id}"
    return session.scalar(select(OutboxMessage).where(OutboxMessage.key == key))


def _reminded_since(session: Session, extension: Extension) -> bool:
    """Has a reminder left that was promised by the new date?"""
    moved = [move.contribution_id for move in extension.moves]
    left = (
        select(Reminder.id)
        .join(OutboxMessage, OutboxMessage.id == Reminder.message_id)
        .where(
            Reminder.assignment_id == extension.assignment_id,
            Reminder.queued_at > extension.given_at,
            OutboxMessage.sent_at.is_not(None),
        )
    )
    if not extension.is_whole:
        left = left.where(Reminder.contribution_id.in_(moved))
    return session.scalar(left.limit(1)) is not None
