"""I01: what comes back after a mail was sent changes nothing about its being sent."""

import pytest
from sqlalchemy import select

from emnnet.domain.mails import MailKind
from emnnet.domain.refusing import is_about_the_address
from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from emnnet.services.delivery_outcomes import record_bounce
from emnnet.services.outbox import mark_expired, mark_failed, mark_held
from tests.conftest import NOON
from tests.integration.letters import a_promise

GONE = "550 5.1.1 no such user here"


@pytest.fixture
def sent(app, session) -> OutboxMessage:
    a_promise(session, MailKind.INVITATION)
    deliver_outbox(app)
    session.rollback()
    return session.scalars(select(OutboxMessage)).one()


def test_i01_a_mail_that_came_back_stays_sent(session, sent):
    assert record_bounce(session, sent, status="5.1.1", said=GONE, now=NOON)
    assert not record_bounce(session, sent, status="4.4.7", said="late", now=NOON)
    mark_failed(sent, "late news", final=True, now=NOON)
    mark_expired(sent, "late news", now=NOON)
    mark_held(sent, subject="s", body="b", now=NOON)
    session.commit()
    assert (sent.sent_at, sent.failed_at, sent.expired_at) == (NOON, None, None)
    assert (sent.bounced_at, sent.bounce) == (NOON, f"5.1.1 {GONE}")
    assert sent.held_at is None


def test_i03_a_wrong_address_is_marked_at_the_contact_and_a_task(session, sent):
    record_bounce(session, sent, status="5.1.1", said=GONE, now=NOON)
    session.commit()
    assert sent.contact.refused_at == NOON
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.message_id) == (TaskKind.ADDRESS_REFUSED, sent.id)


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.7", "5.3.4", "5.6.0"])
def test_i03_what_is_about_this_mail_says_nothing_about_the_address(
    session, sent, status
):
    record_bounce(session, sent, status=status, said="…", now=NOON)
    session.commit()
    assert sent.contact.refused_at is None
    assert session.scalars(select(Task)).one().kind == TaskKind.MAIL_FAILED


def test_an_address_that_was_corrected_meanwhile_is_not_marked(session, sent):
    sent.contact.email = "right@example.org"
    record_bounce(session, sent, status="5.1.1", said=GONE, now=NOON)
    session.commit()
    assert sent.contact.refused_at is None


def test_the_page_of_the_mail_tells_both(session, signed_in, sent):
    record_bounce(session, sent, status="5.1.1", said=GONE, now=NOON)
    session.commit()
    page = signed_in(Role.COORDINATOR).get(f"/desk/mail/{sent.id}").text
    assert "and came back on Mon 16 Mar 2026" in page
    assert GONE in page
    assert "Try again now" not in page


def test_codes():
    assert is_about_the_address("5.1.10")
    assert is_about_the_address("5.2.1")
    assert not is_about_the_address("5.7.26")
