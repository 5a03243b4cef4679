"""The second mark of a mail that left: whatever happens, it leaves once."""

import time
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from emnnet.domain.mails import MailKind
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.stopping import stop_by
from emnnet.models.task import Task, TaskKind
from emnnet.services import delivery_outcomes
from tests.conftest import NOON
from tests.integration.letters import a_promise, look_again, mailbox


def test_a_mail_that_left_is_not_sent_again_because_its_history_breaks(
    app, session, monkeypatch, tmp_path, caplog
):
    message = a_promise(session, MailKind.INVITATION)

    def breaks(*_args, **_given):
        raise LookupError("no institution")

    monkeypatch.setattr(delivery_outcomes, "record_sent", breaks)
    for _ in range(2):
        deliver_outbox(app)
    look_again(session, message)
    assert (message.sent_at, len(mailbox(tmp_path))) == (NOON, 1)
    assert message.assignment.invited_at is not None
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.message_id) == (TaskKind.RECORD_BROKEN, message.id)
    assert f"mail {message.id} left" in caplog.text


def test_a_data_base_that_is_away_for_a_moment_does_not_double_a_mail(
    app, session, monkeypatch, tmp_path
):
    message = a_promise(session)
    real, away = delivery_outcomes.record_sent, [1, 2, 3]

    def later(*args, **given):
        if away:
            raise OperationalError("UPDATE", {}, Exception(f"away {away.pop()}"))
        real(*args, **given)

    monkeypatch.setattr(delivery_outcomes, "record_sent", later)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    assert deliver_outbox(app) == 1
    look_again(session, message)
    assert (message.sent_at, len(mailbox(tmp_path)), away) == (NOON, 1, [])


def test_a_data_base_that_is_away_is_not_held_against_the_mail(
    app, session, monkeypatch
):
    message = a_promise(session)

    def away(*_args, **_given):
        raise OperationalError("SELECT", {}, Exception("away"))

    with monkeypatch.context() as patch:
        patch.setattr("emnnet.jobs.outbox.written", away)
        with pytest.raises(OperationalError):
            deliver_outbox(app)
    look_again(session, message)
    assert (message.attempts, message.next_try_at) == (0, NOON)
    assert session.scalars(select(Task)).all() == []
    assert deliver_outbox(app) == 1


def test_told_to_stop_it_ends_between_two_mails(app, session, monkeypatch):
    first, second = a_promise(session), a_promise(session)
    told, real = Event(), delivery_outcomes.record_sent
    stop_by(app, told)

    def stops(*args, **given):
        told.set()
        real(*args, **given)

    monkeypatch.setattr(delivery_outcomes, "record_sent", stops)
    assert deliver_outbox(app) == 1
    look_again(session, first)
    look_again(session, second)
    assert (first.sent_at, second.sent_at, second.attempts) == (NOON, None, 0)
    assert second.next_try_at == NOON  # given back, so that another one takes it
