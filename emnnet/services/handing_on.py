"""Telling an institution, once, which open questions are its own from now on."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.models.assignment import Assignment
from emnnet.models.institution import Institution
from emnnet.models.network_change import NetworkAct
from emnnet.models.task import TaskKind
from emnnet.selectors.contacts import find_addressee
from emnnet.services.outbox import enqueue
from emnnet.services.tasks import open_task


class Reason(StrEnum):
    """Why open questions are with somebody else now."""

    MOVED = "moved"  # the body has a successor
    LEFT = "left"  # the contact left, the body's inbox has them


def tell_of_work(
    session: Session,
    act: NetworkAct,
    institution: Institution,
    moved: Sequence[Assignment],
    reason: Reason,
    *,
    about: Institution,
    linkless: Collection[int],
    now: datetime,
) -> None:
    """Promise one mail about all of them; `linkless` assignments get a link apart.

    An institution that nobody can be written to becomes a task of the office.
    """
    if not moved:
        return
    to = find_addressee(session, institution.id, office_day(now))
    key = f"handed_on:{act.id}:{institution.id}"
    if to is None:
        _ask_for_a_contact(session, institution, key, now=now)
        return
    names = {"from_en": about.name_en, "from_lt": about.name_lt}
    lines = [_line(assignment) for assignment in moved]
    facts = {"why": reason.value, "handed": lines, **names}
    enqueue(session, MailKind.HANDED_ON, to, key=key, now=now, facts=facts)
    for assignment in moved:
        if assignment.id in linkless:
            one = f"handed_on_link:{act.id}:{assignment.id}"
            enqueue(
                session, MailKind.NEW_LINK, to, key=one, now=now, assignment=assignment
            )


def _ask_for_a_contact(
    session: Session, institution: Institution, key: str, *, now: datetime
) -> None:
    open_task(
        session,
        TaskKind.NO_CONTACT,
        key,
        now=now,
        institution_id=institution.id,
        institution=institution.short,
    )


def _line(assignment: Assignment) -> dict[str, str | int | None]:
    hour = assignment.due_time
    return {
        "assignment": assignment.id,
        "reference": assignment.query.reference,
        "title": assignment.query.title,
        "due": assignment.due_on.isoformat(),
        "hour": hour.isoformat("minutes") if hour else None,
    }
