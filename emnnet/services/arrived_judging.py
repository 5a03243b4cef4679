"""Judging a message: what it is, what it is about, and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from emnnet.domain.arriving.automatic import (
    absent_until,
    automatic_reasons,
    weak_hints,
)
from emnnet.domain.arriving.bounces import (
    Bounce,
    bounces_in,
    looks_returned,
    loose_bounce,
    message_ids,
)
from emnnet.domain.arriving.kinds import ArrivedKind
from emnnet.domain.arriving.letters import ArrivedLetter
from emnnet.domain.arriving.replies import parted
from emnnet.domain.arriving.trust import authentication
from emnnet.domain.messages import Message, _n
from emnnet.domain.moments import office_day
from emnnet.domain.reading.likeness import likeness
from emnnet.domain.roles import SCHEDULER
from emnnet.models.arrived_mail import ArrivedFile, ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.task import TaskKind
from emnnet.selectors.arrived_clues import Finding, find_out
from emnnet.services.arrived_mail import (
    add_facts,
    file_mail,
    put_before_office,
    record_arrival,
)
from emnnet.services.mail_bounces import find_returned, tell_bounce
from emnnet.services.mailed_proposals import propose

LIKE_A_QUERY = 6  # points of likeness: two marks of the form and some questions
AFTER_THE_END = _n("It came after its query had been withdrawn or closed.")


@dataclass(frozen=True)
class KeptFile:
    """A file of a message: in the file room, or refused with the reason.

    `answers` is our own Word form as `domain.word_form.as_plain` writes it.
    """

    original_name: str
    safe_name: str
    size: int
    stored_file_id: int | None = None
    refusal: Message | None = None
    text: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """A message taken apart, with its files looked at."""

    letter: ArrivedLetter
    files: Sequence[KeptFile] = ()


def judge(
    session: Session,
    mail: ArrivedMail,
    opened: Opened,
    *,
    trusted: str | None,
    now: datetime,
) -> None:
    """Write down what a message is and let follow what does. Twice, it is done once."""
    session.refresh(mail, with_for_update={"of": ArrivedMail})
    if mail.judged_at is not None:
        return
    letter = opened.letter
    _describe(mail, letter, trusted)
    _list_files(session, mail, opened.files)
    forms = [id_ for file in opened.files if (id_ := file.answers.get("assignment_id"))]
    finding = find_out(session, letter, office_day(now), forms)
    _remember(mail, finding)
    mail.judged_at = now
    if not letter.is_readable:
        mail.kind = ArrivedKind.UNREADABLE
        put_before_office(session, mail, now=now)
    elif not _came_back(session, mail, letter, now=now) and not _by_a_program(
        session, mail, letter, now=now
    ):
        _by_a_person(session, mail, now=now)


def give_up(session: Session, mail: ArrivedMail, error: str, *, now: datetime) -> None:
    """It cannot be judged: a person sees it as it came."""
    if mail.judged_at is None:
        mail.judged_at, mail.kind = now, ArrivedKind.UNREADABLE
        add_facts(mail, error=error[:500])
        put_before_office(session, mail, now=now)


def _describe(mail: ArrivedMail, letter: ArrivedLetter, trusted: str | None) -> None:
    parts = parted(letter.text)
    mail.message_id = letter.message_id
    mail.from_name, mail.from_address = letter.from_name, letter.from_address
    mail.subject, mail.sent_at = letter.subject, letter.sent_at
    mail.text, mail.signature, mail.quoted = parts.text, parts.signature, parts.quoted
    mail.html = letter.html
    found = authentication(letter.authentication, trusted)
    add_facts(
        mail,
        spf=found.spf,
        dkim=found.dkim,
        dmarc=found.dmarc,
        verified=found.verifies(letter.from_address),
        hints=list(weak_hints(letter)),
        problems=[_plain(one) for one in letter.problems],
    )


def _list_files(session: Session, mail: ArrivedMail, files: Sequence[KeptFile]) -> None:
    for position, file in enumerate(files, start=1):
        session.add(
            ArrivedFile(
                arrived_mail_id=mail.id,
                position=position,
                original_name=file.original_name,
                safe_name=file.safe_name,
                size=file.size,
                stored_file_id=file.stored_file_id,
                refusal=file.refusal.text if file.refusal else None,
                refusal_params=dict(file.refusal.params) if file.refusal else {},
                text=file.text,
                answers=dict(file.answers),
            )
        )
    session.flush()
    session.refresh(mail, ["files"])


def _remember(mail: ArrivedMail, finding: Finding) -> None:
    found = finding.match
    mail.institution_id, mail.query_id = found.institution_id, found.query_id
    mail.assignment_id = found.assignment_id if found.is_sure else None
    mail.outbox_message_id = finding.outbox_message_id
    mail.contact_id = next(iter(finding.sender.contact_ids), None)
    add_facts(
        mail,
        why=[_plain(one) for one in found.why],
        guessed_assignment=None if found.is_sure else found.assignment_id,
    )


def _came_back(
    session: Session, mail: ArrivedMail, letter: ArrivedLetter, *, now: datetime
) -> bool:
    """Is it a report about mail of ours, in its standard form or in another?"""
    report = letter.report
    bounces = bounces_in(report) if report else ()
    if report is not None and bounces:
        permanent = [bounce for bounce in bounces if bounce.is_permanent]
        mail.kind = ArrivedKind.BOUNCE if permanent else ArrivedKind.DELAYED
        ids = report.returned_ids or message_ids(letter.text)
        _tell_bounce(session, mail, (permanent or bounces)[0], ids)
        found = [_returned(session, mail, one, ids, now=now) for one in permanent]
        if permanent and not any(found):
            mail.kind = ArrivedKind.MAYBE_BOUNCE
            put_before_office(session, mail, now=now)
        return True
    if not looks_returned(letter):
        return False
    mail.kind = ArrivedKind.MAYBE_BOUNCE
    loose = loose_bounce(letter)
    if loose is not None:
        _tell_bounce(session, mail, loose, message_ids(letter.text))
    put_before_office(session, mail, now=now)
    return True


def _tell_bounce(
    session: Session, mail: ArrivedMail, bounce: Bounce, ids: tuple[str, ...]
) -> None:
    """Write down whom it concerns, and which mail of ours it was."""
    add_facts(
        mail,
        address=bounce.address,
        status=bounce.status,
        diagnostic=bounce.diagnostic,
    )
    message = find_returned(session, ids, bounce.address)
    if message is not None:
        _set_origin(mail, message)


def _returned(
    session: Session,
    mail: ArrivedMail,
    bounce: Bounce,
    ids: tuple[str, ...],
    *,
    now: datetime,
) -> bool:
    message = find_returned(session, ids, bounce.address)
    if message is None:
        return False
    tell_bounce(session, message, bounce, mail, now=now)
    return True


def _set_origin(mail: ArrivedMail, message: OutboxMessage) -> None:
    mail.outbox_message_id = message.id
    mail.contact_id, mail.institution_id = message.contact_id, message.institution_id
    mail.query_id, mail.assignment_id = message.query_id, message.assignment_id


def _by_a_program(
    session: Session, mail: ArrivedMail, letter: ArrivedLetter, *, now: datetime
) -> bool:
    """Recorded at the contact; it is no answer and stops no chaser (E17)."""
    reasons = automatic_reasons(letter)
    if not reasons:
        return False
    mail.kind = ArrivedKind.AUTOMATIC
    mail.absent_until = absent_until(letter, office_day(now))
    add_facts(mail, automatic=[_plain(one) for one in reasons])
    record_arrival(session, mail, by=SCHEDULER, now=now)
    return True


def _by_a_person(session: Session, mail: ArrivedMail, *, now: datetime) -> None:
    """An answer becomes proposals; anything else a question to the office."""
    assignment = session.get(Assignment, mail.assignment_id or 0)
    if assignment is None:
        texts = (mail.text, mail.quoted, *(file.text for file in mail.files))
        points = max(likeness(text) for text in texts)
        mail.kind = (
            ArrivedKind.MAYBE_QUERY if points >= LIKE_A_QUERY else ArrivedKind.OTHER
        )
        put_before_office(session, mail, now=now)
        return
    mail.kind = ArrivedKind.REPLY
    record_arrival(session, mail, by=SCHEDULER, now=now)
    if _has_ended(assignment.query):  # G02: filed, told, and nothing changes
        put_before_office(session, mail, TaskKind.ARRIVED_LATE, now=now)
        file_mail(session, mail, AFTER_THE_END, by=SCHEDULER, now=now)
        return
    propose(session, mail, assignment)
    put_before_office(session, mail, now=now)


def _has_ended(query: Query) -> bool:
    return any((query.withdrawn_at, query.closed_at, query.deleted_at))


def _plain(said: Message) -> list[object]:
    return [said.text, dict(said.params)]
