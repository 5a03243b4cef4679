"""The outbox: no mail lost, none sent twice, none sent that is no longer true."""

import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask_mail import Connection
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.extensions import mail
from emnnet.jobs import outbox
from emnnet.jobs.outbox import deliver_outbox
from emnnet.mail.transport import MailboxConnection
from emnnet.models.event import Event
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from emnnet.services.outbox import (
    BACKOFF,
    LEASE,
    TRIES,
    begin,
    claim,
    mark_expired,
    mark_failed,
    mark_sent,
)
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked, look_again, mailbox

EARLIER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
REFUSED = (550, b"5.1.1 no such user here")


@pytest.fixture
def server(monkeypatch):
    """A mail server that answers as told: a list of errors, then it works."""
    answers: list[Exception] = []
    real = MailboxConnection.send

    def send(self, message, envelope_from=None):
        if answers:
            raise answers.pop(0)
        real(self, message, envelope_from)

    monkeypatch.setattr(MailboxConnection, "send", send)
    return answers


def _events(session, message: OutboxMessage) -> list[str]:
    return session.scalars(
        select(Event.kind).where(Event.query_id == message.query_id).order_by(Event.id)
    ).all()


def test_what_was_sent_is_kept_with_the_key_of_the_link_left_out(
    app, session, tmp_path
):
    message = a_promise(session, MailKind.INVITATION)
    deliver_outbox(app)
    look_again(session, message)
    (letter,) = mailbox(tmp_path)
    text = letter.get_body(("plain",)).get_content()
    (link,) = [line.strip() for line in text.splitlines() if "/link/" in line]
    token = link.rpartition("/")[2]

    assert message.subject == letter["Subject"]
    assert message.message_id == letter["Message-ID"]
    assert "http://localhost/link/…" in message.body
    assert token not in message.body


def test_i01_a_sent_mail_stays_sent_whatever_comes_later(session):
    message = a_promise(session)
    mark_sent(message, subject="One", body="one", now=NOON)
    mark_failed(message, "late news", final=True, now=NOON)
    mark_expired(message, "late news", now=NOON)
    mark_sent(message, subject="Two", body="two", now=NOON + LEASE)
    session.commit()

    assert (message.sent_at, message.subject) == (NOON, "One")
    assert (message.failed_at, message.expired_at, message.last_error) == (
        None,
        None,
        None,
    )


def test_i01_a_mail_given_up_that_did_leave_counts_as_sent(session):
    message = a_promise(session)
    mark_failed(message, "the connection broke", final=True, now=NOON)
    mark_sent(message, subject="One", body="one", now=NOON)
    session.commit()
    assert (message.sent_at, message.failed_at) == (NOON, None)


def test_i02_a_mail_in_the_queue_a_second_time_is_not_sent(session):
    message = a_promise(session)
    (lease,) = claim(session, 20, now=NOON)
    assert begin(session, lease, now=NOON) is message
    assert begin(session, lease, now=NOON) is None
    mark_sent(message, subject="One", body="one", now=NOON)
    session.commit()
    assert begin(session, lease, now=NOON) is None
    assert claim(session, 20, now=NOON + LEASE) == []


def test_i02_a_lease_that_another_worker_holds_by_now_is_worth_nothing(session):
    a_promise(session)
    (lost,) = claim(session, 20, now=NOON)
    (held,) = claim(session, 20, now=NOON + LEASE)
    assert begin(session, lost, now=NOON + LEASE) is None
    assert begin(session, held, now=NOON + LEASE) is not None


def test_i02_workers_side_by_side_claim_each_mail_once(session):
    assignment = an_asked(session)
    ids = [
        a_promise(session, assignment=assignment, key=f"promise:{number}").id
        for number in range(40)
    ]
    engine = session.get_bind()

    def drain(_worker: int) -> list[int]:
        mine: list[int] = []
        with Session(engine) as own:
            while leases := claim(own, 3, now=NOON):
                own.commit()
                mine += [lease.message_id for lease in leases]
        return mine

    with ThreadPoolExecutor(4) as pool:
        claimed = [number for mine in pool.map(drain, range(4)) for number in mine]
    assert sorted(claimed) == sorted(ids)


def test_i03_try_later_then_it_works(app, session, clock, server):
    server[:] = [smtplib.SMTPDataError(451, b"greylisted")] * 3
    message = a_promise(session)
    tries = []
    for _ in range(400):
        before = message.attempts
        deliver_outbox(app)
        look_again(session, message)
        if message.attempts > before:
            tries.append((clock.now - NOON) / timedelta(minutes=1))
        clock.now += timedelta(minutes=1)

    assert tries == [0, 1, 6, 21]
    assert message.sent_at == NOON + timedelta(minutes=21)
    assert message.last_error is None


def test_i03_always_failing_ends_as_a_task(app, session, clock, server):
    server[:] = [smtplib.SMTPDataError(451, b"try again later")] * 99
    message = a_promise(session)
    for pause in (0, *BACKOFF):
        clock.now += timedelta(minutes=pause)
        assert deliver_outbox(app) == 0
    look_again(session, message)
    assert (message.attempts, message.failed_at) == (TRIES, clock.now)
    assert message.last_error == "451 try again later"
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.message_id) == (TaskKind.MAIL_FAILED, message.id)
    assert _events(session, message) == [EventKind.MAIL_FAILED]
    clock.now += timedelta(days=9)
    assert deliver_outbox(app) == 0


def test_i03_a_refused_address_is_final_at_once_and_marked_at_the_contact(
    app, session, server
):
    message = a_promise(session)
    other = a_promise(session)
    server[:] = [smtplib.SMTPRecipientsRefused({message.recipient: REFUSED})]
    assert deliver_outbox(app) == 1  # the other one

    look_again(session, message)
    look_again(session, other)
    assert (message.failed_at, message.attempts) == (NOON, 1)
    assert other.sent_at == NOON
    assert message.contact.refused_at == NOON
    assert message.contact.refusal == "550 5.1.1 no such user here"
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.facts["address"]) == (
        TaskKind.ADDRESS_REFUSED,
        message.recipient,
    )


def test_i03_a_server_that_does_not_know_us_says_nothing_about_the_address(
    app, session, server
):
    message = a_promise(session)
    policy = {message.recipient: (554, b"5.7.1 relay access denied")}
    server[:] = [smtplib.SMTPRecipientsRefused(policy)]
    deliver_outbox(app)
    look_again(session, message)
    assert (message.failed_at, message.contact.refused_at) == (NOON, None)


def test_dead_server_costs_no_live_link_and_only_one_mail_a_try(
    app, session, clock, monkeypatch
):
    first, second = (a_promise(session, MailKind.INVITATION) for _ in range(2))

    def dead():
        raise ConnectionRefusedError("no route")

    with monkeypatch.context() as patch:
        patch.setattr(mail, "connect", dead)
        assert deliver_outbox(app) == 0
    look_again(session, first)
    look_again(session, second)
    assert (first.attempts, second.attempts) == (1, 0)
    assert first.last_error == "ConnectionRefusedError: no route"
    assert session.scalars(select(Link)).all() == []
    clock.now = NOON + timedelta(minutes=BACKOFF[0])
    assert deliver_outbox(app) == 2


def test_a_lost_connection_is_opened_again_for_the_next_mail(
    app, session, server, monkeypatch
):
    opened = []
    real = mail.connect
    monkeypatch.setattr(mail, "connect", lambda: (opened.append(1), real())[1])
    for _ in range(3):
        a_promise(session)
    server[:] = [smtplib.SMTPServerDisconnected("gone")]
    assert deliver_outbox(app) == 2
    assert len(opened) == 2


def test_when_a_turn_is_over_the_rest_leaves_with_the_next(app, session, monkeypatch):
    real = MailboxConnection.send

    def slow(self, *given):
        time.sleep(0.2)
        real(self, *given)

    monkeypatch.setattr(outbox, "TURN", 0.1)
    monkeypatch.setattr(MailboxConnection, "send", slow)
    for _ in range(3):
        a_promise(session)
    assert [deliver_outbox(app) for _ in range(4)] == [1, 1, 1, 0]


def test_a_crash_after_the_claim_repeats_the_mail_under_the_same_id(
    app, session, clock, tmp_path, monkeypatch
):
    message = a_promise(session)

    def dies(self, *_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            deliver_outbox(app)
    look_again(session, message)
    promised = message.message_id
    assert deliver_outbox(app) == 0  # leased still
    clock.now = NOON + LEASE
    assert deliver_outbox(app) == 1
    assert mailbox(tmp_path)[0]["Message-ID"] == promised
