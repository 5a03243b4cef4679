"""Every few seconds: send what the outbox holds."""

import logging
import smtplib
import time
from collections import deque
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, current_app
from flask_mail import Connection, Message
from sqlalchemy.exc import InterfaceError, OperationalError

from emnnet import clock
from emnnet.domain.calendar import Calendar
from emnnet.extensions import mail
from emnnet.jobs.stopping import is_told_to_stop
from emnnet.mail.allowed import may_leave_to
from emnnet.mail.messages import message_id
from emnnet.mail.refusals import Refusal, connection_is_lost, meaning, words
from emnnet.mail.writing import held, written
from emnnet.selectors.calendar import office_calendar
from emnnet.services import delivery_outcomes as outcomes
from emnnet.services.delivery import still_true
from emnnet.services.outbox import Claim, begin, claim, give_back, mark_held
from emnnet.transaction import committing

log = logging.getLogger(__name__)

BATCH = 20  # mails leased together, sent over one connection
TURN = 5.0  # seconds, then it is the turn of the other jobs
WAIT_FOR_SERVER = (OSError, smtplib.SMTPException)
DATABASE_AWAY = (OperationalError, InterfaceError)
MARKING = 240  # seconds to try the second mark: well within the lease


class ServerAway(Exception):
    """No connection can be opened: trying other mails now is of no use."""


class Outcome(StrEnum):
    """How one try ended."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    CONNECTION_LOST = "connection_lost"


@dataclass(frozen=True)
class _Ready:
    """A mail whose first mark is committed."""

    message_id: int
    mail: Message
    kept: str


def deliver_outbox(app: Flask) -> int:
    """Send what waits, for some seconds; returns how many left.

    Each mail is marked twice: before the server hears of it, and after it left. A
    crash in between repeats that one mail, under the same Message-ID.
    """
    delivered = 0
    with app.app_context():
        end = time.monotonic() + TURN
        try:
            while _may_go_on(end) and (leases := _claimed()):
                delivered += _delivered(leases, end)
        except ServerAway as error:
            log.warning("mail server away: %s", error)
    return delivered


def _may_go_on(end: float) -> bool:
    """A turn is real time: a clock that is set in the middle of it changes nothing."""
    return time.monotonic() < end and not is_told_to_stop()


def _claimed() -> deque[Claim]:
    with committing() as session:
        return deque(claim(session, BATCH, now=clock.now()))


def _delivered(left: deque[Claim], end: float) -> int:
    """Send a batch over one connection as long as it lasts; returns how many left.

    A mail stays in `left` until it is marked: what nobody tried is given back.
    """
    calendar, sent = _calendar(), 0
    try:
        while left and _may_go_on(end):
            with ExitStack() as stack:
                connection = _connected(stack, left)
                outcome = Outcome.SENT
                while (
                    left and _may_go_on(end) and outcome is not Outcome.CONNECTION_LOST
                ):
                    outcome = _tried(left[0], connection, calendar)
                    left.popleft()
                    sent += outcome is Outcome.SENT
    finally:
        _given_back(left)
    return sent


def _calendar() -> Calendar:
    with committing() as session:
        return office_calendar(session, current_app.config["CALENDAR"])


def _connected(stack: ExitStack, left: deque[Claim]) -> Connection:
    """Connect first: a dead server costs no live link. One mail pays with a try."""
    try:
        connection: Connection = stack.enter_context(mail.connect())  # type: ignore[arg-type]
    except WAIT_FOR_SERVER as error:
        _failed(left.popleft(), error)
        raise ServerAway(words(error)) from error
    return connection


def _given_back(left: deque[Claim]) -> None:
    if left:  # with the data base away, they are free when their lease is over
        with suppress(*DATABASE_AWAY), committing() as session:
            give_back(session, left, now=clock.now())


def _tried(lease: Claim, connection: Connection, calendar: Calendar) -> Outcome:
    """Send one mail. No transaction is open while the mail server is spoken to."""
    try:
        ready = _prepared(lease, calendar)
    except DATABASE_AWAY:  # no fault of the mail: the whole run ends here
        raise
    except Exception as error:  # one bad mail must not stop the rest
        log.exception("mail %d cannot be written", lease.message_id)
        _unwritable(lease, error)
        return Outcome.NOT_SENT
    if ready is None:
        return Outcome.NOT_SENT
    try:
        connection.send(ready.mail)
    except Exception as error:
        log.warning("mail %d not sent: %s", ready.message_id, words(error))
        _not_sent(ready, error)
        lost = connection_is_lost(error)
        return Outcome.CONNECTION_LOST if lost else Outcome.NOT_SENT
    _sent(ready)
    return Outcome.SENT


def _prepared(lease: Claim, calendar: Calendar) -> _Ready | None:
    """The first mark, and the mail with a link that is committed before it leaves."""
    now = clock.now()
    with committing() as session:
        message = begin(session, lease, now=now)
        if message is None or not still_true(session, message, calendar, now=now):
            return None
        if not may_leave_to(message.recipient):
            mark_held(message, **held(session, message, calendar, now=now), now=now)
            return None
        message.message_id = message_id(message)
        return _Ready(message.id, *written(session, message, calendar, now=now))


def _sent(ready: _Ready) -> None:
    """The second mark. The mail has left: without the mark it would leave again.

    So it is tried as long as the lease keeps others away from this mail.
    """
    for second in range(MARKING):
        try:
            _record_sent(ready)
        except DATABASE_AWAY as error:
            brief = str(error).splitlines()[0]
            log.warning("mail %d left, not marked yet: %s", ready.message_id, brief)
            if second == MARKING - 1:
                raise
            time.sleep(1)
        except Exception as error:  # whatever breaks the history, the mail has left
            log.exception("mail %d left, only the mark is kept", ready.message_id)
            _only_mark_sent(ready, error)
            return
        else:
            return


def _record_sent(ready: _Ready) -> None:
    with committing() as session:
        message = outcomes.get_message(session, ready.message_id)
        outcomes.record_sent(
            session,
            message,
            subject=ready.mail.subject,
            body=ready.kept,
            now=clock.now(),
        )


def _only_mark_sent(ready: _Ready, error: Exception) -> None:
    with committing() as session:
        message = outcomes.get_message(session, ready.message_id)
        outcomes.record_only_sent(
            session,
            message,
            subject=ready.mail.subject,
            body=ready.kept,
            error=words(error),
            now=clock.now(),
        )


def _not_sent(ready: _Ready, error: Exception) -> None:
    refusal, now = meaning(error), clock.now()
    with committing() as session:
        message = outcomes.get_message(session, ready.message_id)
        if refusal is Refusal.UNKNOWN_ADDRESS:
            outcomes.record_refusal(session, message, words(error), now=now)
        else:
            final = refusal is Refusal.NEVER
            outcomes.record_failure(
                session, message, words(error), final=final, now=now
            )


def _failed(lease: Claim, error: Exception) -> None:
    now = clock.now()
    with committing() as session:
        message = begin(session, lease, now=now)
        if message is not None:
            outcomes.record_failure(
                session, message, words(error), final=False, now=now
            )


def _unwritable(lease: Claim, error: Exception) -> None:
    now = clock.now()
    with committing() as session:
        message = begin(session, lease, now=now)
        if message is not None:
            outcomes.record_unwritable(session, message, words(error), now=now)
