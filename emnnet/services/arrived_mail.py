"""Arrived mail: kept whole before anybody asks what it is; then seen to by a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from emnnet.domain.arriving.kinds import ArrivedKind, CameBy
from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.arrived_mail import ArrivedCopy, ArrivedMail
from emnnet.models.institution import Institution
from emnnet.models.mailed_draft import DraftOutcome, MailedDraft
from emnnet.models.query import Query
from emnnet.models.stored_file import StoredFile
from emnnet.models.task import Task, TaskKind
from emnnet.services.events import record
from emnnet.services.stored_files import keep_file
from emnnet.services.tasks import finish_task, open_task

MEDIA_TYPE = "message/rfc822"
BODY = "body"  # among the facts: the digest of what stands below the headers
GIVEN_UP = 3  # tries to judge a message, then a person sees it as it is

TAKEN_ALREADY = _n("This mail was taken already.")
TAKEN_OVER = _n("An answer of this mail was taken over: that cannot be undone here.")
NOTHING_TO_UNDO = _n("There is nothing to undo.")


@dataclass(frozen=True)
class Bytes:
    """A message as it lies in the file room, and how it is told from others."""

    key: str
    body: str  # digest of what stands below the headers
    sha256: str
    size: int


@dataclass(frozen=True)
class Kept:
    """How keeping a message ended."""

    mail_id: int
    is_new: bool


def keep_mail(
    session: Session, given: Bytes, came_by: CameBy, *, now: datetime
) -> Kept:
    """Write down that a message arrived. One with a known Message-ID is not new.

    Raises `IntegrityError` if another process keeps the same one at this moment:
    once more, and it is known.
    """
    file = keep_file(
        session, given.sha256, size=given.size, media_type=MEDIA_TYPE, now=now
    )
    known = session.scalar(
        select(ArrivedMail).where(ArrivedMail.key == given.key).with_for_update()
    )
    if known is not None:
        _came_again(session, known, given, file, now=now)
        return Kept(known.id, is_new=False)
    mail = ArrivedMail(
        key=given.key,
        stored_file_id=file.id,
        came_by=came_by,
        arrived_at=now,
        facts={BODY: given.body},
    )
    session.add(mail)
    session.flush()
    return Kept(mail.id, is_new=True)


def count_try(session: Session, mail: ArrivedMail) -> bool:
    """Count a try to judge it; False once it was tried often enough."""
    session.execute(
        update(ArrivedMail)
        .where(ArrivedMail.id == mail.id)
        .values(tries=ArrivedMail.tries + 1)
    )
    session.refresh(mail)
    return mail.tries <= GIVEN_UP


def file_mail(
    session: Session, mail: ArrivedMail, reason: str, *, by: Actor, now: datetime
) -> None:
    """Put it away: nothing more is to be done. Done twice, it is done once."""
    if mail.filed_at is None:
        mail.filed_at, mail.filed_by = now, by.name
        mail.filing_reason = reason.strip()[:1000] or None
    finish_tasks(session, mail, by=by, now=now)


def mark_taken(
    session: Session, mail: ArrivedMail, *, by: Actor, now: datetime
) -> None:
    """What was in it has found its place."""
    if mail.taken_at is None:
        mail.taken_at, mail.taken_by = now, by.name
    mail.filed_at = mail.filed_by = mail.filing_reason = None
    finish_tasks(session, mail, by=by, now=now)


def undo(session: Session, mail: ArrivedMail, *, by: Actor, now: datetime) -> None:
    """Put it before the office again, as it was when it came.

    Raises `IllegalAction` where an answer of it was taken over or a query registered.
    """
    if mail.taken_at is None and mail.filed_at is None and not _is_settled(mail):
        raise IllegalAction(NOTHING_TO_UNDO)
    if mail.intake is not None and mail.intake.query_id is not None:
        raise IllegalAction(TAKEN_ALREADY)
    if _was_taken_over(session, mail):
        raise IllegalAction(TAKEN_OVER)
    mail.taken_at = mail.taken_by = None
    mail.filed_at = mail.filed_by = mail.filing_reason = None
    if _is_settled(mail):
        mail.kind = ArrivedKind.OTHER  # a person says: it was judged wrongly
    for draft in drafts_of(session, mail):
        draft.decided_at = draft.decided_by = draft.outcome = draft.note = None
    put_before_office(session, mail, now=now)


def put_before_office(
    session: Session,
    mail: ArrivedMail,
    kind: TaskKind = TaskKind.ARRIVED_MAIL,
    *,
    now: datetime,
) -> None:
    """Open the task of a message, or open it again."""
    task = open_task(
        session,
        kind,
        f"{kind}:{mail.id}",
        now=now,
        query_id=mail.query_id,
        institution_id=mail.institution_id,
        address=mail.from_address,
        arrived_mail=mail.id,
    )
    task.query_id, task.institution_id = mail.query_id, mail.institution_id
    if task.done_at is not None:
        task.done_at, task.done_by, task.made_at = None, None, now


def finish_tasks(
    session: Session, mail: ArrivedMail, *, by: Actor, now: datetime
) -> None:
    """Nobody has to look at it any more."""
    key = f"{TaskKind.ARRIVED_MAIL}:{mail.id}"
    wanted = select(Task).where(Task.key == key, Task.done_at.is_(None))
    for task in session.scalars(wanted):
        finish_task(task, by=by, now=now)


def record_arrival(
    session: Session, mail: ArrivedMail, *, by: Actor, now: datetime
) -> None:
    """A line in the history of the query that a message is about, if it is known."""
    query = session.get(Query, mail.query_id or 0)
    if query is None:
        return
    body = session.get(Institution, mail.institution_id or 0)
    record(
        session,
        EventKind.MAIL_ARRIVED,
        query,
        by=by,
        now=now,
        institution=body.short if body else None,
        arrived=mail.kind.value,
        arrived_mail=mail.id,
    )


def drafts_of(session: Session, mail: ArrivedMail) -> list[MailedDraft]:
    """The answers found in a message, in the order in which they were found."""
    wanted = select(MailedDraft).where(MailedDraft.arrived_mail_id == mail.id)
    return list(session.scalars(wanted.order_by(MailedDraft.id)))


def add_facts(mail: ArrivedMail, **facts: Any) -> None:
    """Keep more facts beside those that are there; what is empty is left out."""
    mail.facts = mail.facts | {name: fact for name, fact in facts.items() if fact}


def _came_again(
    session: Session,
    known: ArrivedMail,
    given: Bytes,
    file: StoredFile,
    *,
    now: datetime,
) -> None:
    known.repeated += 1
    if known.stored_file_id == file.id or known.facts.get(BODY) == given.body:
        return
    copy = session.scalar(
        select(ArrivedCopy).where(
            ArrivedCopy.arrived_mail_id == known.id,
            ArrivedCopy.stored_file_id == file.id,
        )
    )
    if copy is None:
        session.add(
            ArrivedCopy(
                arrived_mail_id=known.id, stored_file_id=file.id, arrived_at=now
            )
        )
        put_before_office(session, known, now=now)


def _is_settled(mail: ArrivedMail) -> bool:
    return mail.kind in {
        ArrivedKind.AUTOMATIC,
        ArrivedKind.BOUNCE,
        ArrivedKind.DELAYED,
    }


def _was_taken_over(session: Session, mail: ArrivedMail) -> bool:
    return any(
        one.outcome is DraftOutcome.TAKEN_OVER for one in drafts_of(session, mail)
    )
