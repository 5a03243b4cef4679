"""After the storm: what was promised, what arrived, and what should not have."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.moments import office_day
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.outbox import UNENDED
from tests.torture.books import Ledger, Promise, Taken, read_ledger
from tests.torture.processes import Kill

INSTANT = 3.0  # seconds from one step of a sender to the next, on a busy machine

Outage = tuple[float, float]  # from and to, when the data base was away


@dataclass(frozen=True)
class Answer:
    """When an answer was safe: real seconds, and by the moved clock."""

    at: float
    moment: datetime


@dataclass(frozen=True)
class Told:
    """What those who made the storm know of it."""

    expected: Mapping[Promise, date]
    answered: Mapping[int, Answer]
    tried: Collection[int]
    missed: Collection[tuple[int, date | None]]
    kills: Sequence[Kill]
    outages: Sequence[Outage]
    calendar: Calendar
    pace: float = 1.0

    @property
    def demanded(self) -> set[Promise]:
        """What has to be promised whatever the weather: of the rest nobody can tell."""
        return {
            promise
            for promise, day in self.expected.items()
            if promise[0] not in self.tried
            and not {(promise[0], day), (promise[0], None)} & set(self.missed)
        }


@dataclass(frozen=True)
class Count:
    """The table's row. The names with `must` have to be nothing."""

    demanded: int
    promised: int
    sent: int
    dropped: int
    given_up: int
    answers: int
    crossed: int
    mails: int
    kills: int
    repeated_unanswered: int
    repeated_at_kill: int
    must_lost: int
    must_never_promised: int
    must_promised_twice: int
    must_doubled: int
    must_after_answer: int
    must_day_off: int
    must_second_of_day: int
    must_waiting: int

    @property
    def is_kept(self) -> bool:
        """Was every promise kept?"""
        return not any(
            value for name, value in vars(self).items() if name.startswith("must_")
        )


def counted(session: Session, taken: Sequence[Taken], told: Told) -> Count:
    """All that can be told from the server's book and the data base together."""
    ledger = read_ledger(session)
    promised = Counter(row.promise for row in ledger)
    kept = [row for row in ledger if not row.is_dropped and not row.is_given_up]
    lost = _lost(kept, taken)
    unanswered, at_kill, doubled = repeated(
        taken, told.kills, told.outages, INSTANT * told.pace
    )
    reminders = [mail for mail in taken if mail.is_reminder]
    after_answer, crossed = _answered_before(reminders, told)
    return Count(
        demanded=len(told.demanded),
        promised=len(ledger),
        sent=len(kept) - lost,
        dropped=sum(row.is_dropped for row in ledger),
        given_up=sum(row.is_given_up and not row.is_dropped for row in ledger),
        answers=len(told.answered),
        crossed=crossed,
        mails=len(taken),
        kills=len(told.kills),
        repeated_unanswered=unanswered,
        repeated_at_kill=at_kill,
        must_lost=lost + _marked_only(session, taken),
        must_never_promised=len(told.demanded - set(promised)),
        must_promised_twice=len(ledger) - len(promised),
        must_doubled=doubled,
        must_after_answer=after_answer,
        must_day_off=_on_days_off(reminders, told.calendar),
        must_second_of_day=_second_of_day(reminders),
        must_waiting=len(
            session.scalars(select(OutboxMessage.id).where(UNENDED)).all()
        ),
    )


def _lost(kept: Sequence[Ledger], taken: Sequence[Taken]) -> int:
    """Reminders whose mail never arrived, or arrived and did not speak of them."""
    spoken = {(mail.id, id_) for mail in taken for id_ in mail.assignment_ids}
    return sum((row.message_id, row.promise[0]) not in spoken for row in kept)


def _answered_before(reminders: Sequence[Taken], told: Told) -> tuple[int, int]:
    """Reminders that left although the answer was safe, and those that crossed one.

    Too late: the answer was safe before it was decided that the mail leaves, or some
    seconds before the server heard of it. Crossed: it came while the mail was on the
    line, where nobody can call it back.
    """
    late = crossed = 0
    for mail in reminders:
        for answer in (told.answered.get(id_) for id_ in mail.assignment_ids):
            if answer is None or answer.at > mail.at:
                continue
            hesitated = mail.begun - answer.at > INSTANT * told.pace
            is_late = answer.moment < mail.date or hesitated
            late, crossed = late + is_late, crossed + (not is_late)
    return late, crossed


def _on_days_off(reminders: Sequence[Taken], calendar: Calendar) -> int:
    return sum(
        not calendar.is_working_day(office_day(moment))
        for mail in reminders
        for moment in mail.moments
    )


def _second_of_day(reminders: Sequence[Taken]) -> int:
    """Other mails than the first that an institution got on a day."""
    mails = {
        (mail.key.split(":")[1], office_day(mail.date), mail.id) for mail in reminders
    }
    days = Counter((institution, day) for institution, day, _id in mails)
    return sum(count - 1 for count in days.values())


def repeated(
    taken: Sequence[Taken],
    kills: Sequence[Kill],
    outages: Sequence[Outage] = (),
    instant: float = INSTANT,
) -> tuple[int, int, int]:
    """Copies of a mail beyond the first, by their cause.

    The server took it and its answer never came; a kill while the mail was on the line,
    or in the instant between the answer and the mark; and those without an excuse. A
    kill excuses the very last mail of that process, if it came then, and no other. The
    server may write down what it got some moments after its sender was killed.
    """
    copies: dict[str, list[Taken]] = defaultdict(list)
    for mail in taken:
        copies[mail.id].append(mail)
    again = [mail for same in copies.values() for mail in same[:-1]]
    answered = [mail for mail in again if mail.answered]
    last = {mail.pid: mail for mail in taken}
    killed = {kill.pid: kill.at for kill in kills}
    at_kill = sum(
        last[mail.pid] is mail
        and mail.begun <= killed.get(mail.pid, 0.0) < _marked(mail.at, outages, instant)
        for mail in answered
    )
    return len(again) - len(answered), at_kill, len(answered) - at_kill


def _marked(at: float, outages: Sequence[Outage], instant: float) -> float:
    """Until when the mark of a mail may have been waited for: longer in an outage."""
    ends = [end for begin, end in outages if begin - instant < at < end]
    return max([at, *ends]) + instant


def _marked_only(session: Session, taken: Sequence[Taken]) -> int:
    """Mails that we take for sent, and no server ever took: the worst of all."""
    arrived = {mail.id for mail in taken}
    sent = session.scalars(
        select(OutboxMessage.message_id).where(OutboxMessage.sent_at.is_not(None))
    )
    return sum(id_ not in arrived for id_ in sent)
