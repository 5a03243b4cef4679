"""The coordinators' morning: what stands in it, when there is none, how it ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.history import EventKind
from emnnet.domain.links import Errand
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.jobs.digests import send_digests
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.digest import Digest
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import TaskKind
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee
from emnnet.services.events import record
from emnnet.services.outbox import enqueue
from emnnet.services.scoped_links import issue_scoped_link
from emnnet.services.tasks import open_task
from tests.builders import a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.letters import mailbox
from tests.integration.partners import fresh

MORNING = datetime(2026, 3, 17, 5, 30, tzinfo=UTC)  # Tuesday, half past seven
YESTERDAY = MORNING - timedelta(hours=10)
FAR = date(2026, 5, 29)
COLLEAGUE = Actor(ActorKind.PERSON, "Colleague", Role.COORDINATOR)
OTHER = Actor(ActorKind.PERSON, "Other colleague", Role.ADMIN)


@pytest.fixture(autouse=True)
def half_past_seven(clock):
    clock.now = MORNING


@pytest.fixture
def reader(session):
    return a_user(
        session,
        Role.COORDINATOR,
        email="coordinator@example.org",
        name="Reader",
    )


def me(reader):
    return Actor(ActorKind.PERSON, reader.name, reader.role, reader.id)


def happens(session, query, kind, by, **facts):
    record(session, kind, query, by=by, now=YESTERDAY, **facts)
    session.commit()


def digests(session):
    wanted = select(OutboxMessage).where(OutboxMessage.kind == MailKind.DIGEST)
    return fresh(session).scalars(wanted.order_by(OutboxMessage.id)).all()


def the_text(app, folder):
    assert deliver_outbox(app) == 1
    body = mailbox(folder)[-1].get_body(("plain",)).get_content()
    return " ".join(body.split())


def test_b14_nothing_new_is_no_mail_and_counts_as_handled(app, session, reader):
    assert send_digests(app).empty == 1
    row = fresh(session).scalars(select(Digest)).one()
    assert (row.user_id, row.items, row.message_id) == (reader.id, 0, None)
    assert row.until == MORNING


def test_b14_only_ones_own_acts_are_no_mail(app, session, reader):
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, me(reader), institution="MD")
    assert send_digests(app).empty == 1
    assert digests(session) == []


def test_b14_what_was_handled_does_not_come_again(app, session, reader, clock):
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, COLLEAGUE, institution="MD")
    assert send_digests(app).sent == 1
    deliver_outbox(app)
    clock.now = MORNING + timedelta(days=1)
    assert send_digests(app).empty == 1


def test_b16_what_was_told_at_once_is_not_repeated(app, session, reader, tmp_path):
    query = a_query(session)
    assignment = an_assignment(session, query=query, due_on=FAR)
    facts = {"assignment": assignment.id, "institution": "MD", "question": "1"}
    partner = Actor(ActorKind.LINK, "focal.point@example.org", Role.CONTACT)
    happens(session, query, EventKind.CHANGE_ASKED, partner, **facts)
    happens(session, query, EventKind.PROMISED, partner, **facts)
    enqueue(
        session,
        MailKind.CHANGE_ASKED,
        Addressee(0, reader.email, "en"),
        key="told",
        now=YESTERDAY,
        assignment=assignment,
        facts={"questions": ["1"]},
    )
    session.commit()
    send_digests(app)
    (message,) = digests(session)
    (entry,) = message.facts["queries"]
    assert [line["what"] for line in entry["news"]] == ["promised"]


def test_b17_two_queries_are_two_entries_with_foreign_acts_only(
    app, session, reader, tmp_path
):
    first, second = a_query(session), a_query(session, title="Return counselling")
    happens(session, first, EventKind.RETURNED, COLLEAGUE, institution="MD")
    happens(session, first, EventKind.RETURNED, me(reader), institution="VSAT")
    happens(session, second, EventKind.ATTACHED, COLLEAGUE, institution="PD")
    happens(session, second, EventKind.ATTACHED, OTHER, institution="URM")
    send_digests(app)
    text = the_text(app, tmp_path)
    assert text.count("1 answer returned for revision: MD") == 1
    assert "VSAT" not in text
    assert text.count("2 files attached: PD, URM") == 1


def test_late_due_today_and_this_week_are_told_apart(app, session, reader, tmp_path):
    query = a_query(session)
    for day, name in ((12, "LATE"), (17, "TODAY"), (20, "WEEK"), (23, "NEXT")):
        an_assignment(
            session,
            query=query,
            role="contributes",
            institution=an_institution(session, abbreviation=name),
            due_on=date(2026, 3, day),
        )
    send_digests(app)
    text = the_text(app, tmp_path)
    assert "- Late: LATE (Thu 12 Mar 2026)" in text
    assert "- Due today: TODAY" in text
    assert "- Due this week: WEEK (Fri 20 Mar 2026)" in text
    assert "NEXT" not in text


def test_due_this_week_alone_is_a_mail_on_the_first_working_day_only(
    app, session, reader, clock
):
    an_assignment(session, due_on=date(2026, 3, 20))
    assert send_digests(app).empty == 1
    clock.now = MORNING - timedelta(days=1)  # the Monday
    session.query(Digest).delete()
    session.commit()
    assert send_digests(app).sent == 1


def test_b27_a_failed_intake_is_told_instead_of_nothing_new(
    app, session, reader, tmp_path
):
    open_task(session, TaskKind.INTAKE_FAILED, "intake_failed:mailbox", now=YESTERDAY)
    session.commit()
    assert send_digests(app).sent == 1
    text = the_text(app, tmp_path)
    assert "Silence does not mean that nothing is new." in text
    subject = mailbox(tmp_path)[-1]["Subject"]
    assert subject == "The mailbox cannot be read – morning of Tue 17 Mar 2026"


def test_tasks_found_since_are_named(app, session, reader, tmp_path):
    body = an_institution(session, abbreviation="VSAT")
    open_task(
        session,
        TaskKind.ADDRESS_REFUSED,
        "refused",
        now=YESTERDAY,
        institution_id=body.id,
    )
    session.commit()
    send_digests(app)
    assert "- A mail could not be delivered: VSAT" in the_text(app, tmp_path)


def test_it_goes_once_a_day_also_with_two_schedulers(app, session, reader):
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, COLLEAGUE, institution="MD")
    assert [send_digests(app).sent for _ in range(3)] == [1, 0, 0]
    assert len(digests(session)) == 1


def test_none_on_a_day_off(app, session, reader, clock):
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, COLLEAGUE, institution="MD")
    clock.now = datetime(2026, 3, 21, 5, 30, tzinfo=UTC)  # a Saturday
    assert send_digests(app).sent == 0
    assert fresh(session).scalars(select(Digest)).all() == []


def test_what_an_unsent_digest_held_goes_into_the_next_one(app, session, reader, clock):
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, COLLEAGUE, institution="MD")
    send_digests(app)
    clock.now = MORNING + timedelta(days=1)
    assert send_digests(app).sent == 1
    old, new = digests(session)
    assert old.expiry_reason == "A newer digest takes its place."
    assert new.facts["queries"][0]["news"][0]["who"] == ["MD"]


def test_who_wants_none_gets_none(app, session, reader, signed_in):
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, COLLEAGUE, institution="MD")
    client = signed_in(reader)
    assert client.post("/account/digest", data={"digest": "off"}).status_code == 303
    assert 'value="off" checked' in client.get("/account").text
    assert send_digests(app).sent == 0


@pytest.fixture
def sent(app, session, reader, tmp_path):
    """A digest that left."""
    query = a_query(session)
    happens(session, query, EventKind.RETURNED, COLLEAGUE, institution="MD")
    send_digests(app)
    deliver_outbox(app)
    return mailbox(tmp_path)[-1]


def unsubscribe_path(mail):
    return mail["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")


def wants(session, reader):
    return fresh(session).get_one(User, reader.id).wants_digest


def test_i08_the_digest_can_be_ended_by_one_click(session, reader, client, sent):
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = unsubscribe_path(sent)
    assert client.get(path).status_code == 200
    assert wants(session, reader) is True  # a scanner that looks ends nothing
    first = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (first.status_code, wants(session, reader)) == (200, False)
    second = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (second.status_code, wants(session, reader)) == (200, False)


def test_i08_a_wrong_token_is_refused(session, reader, client, sent):
    reply = client.post("/unsubscribe/wrong", data={"List-Unsubscribe": "One-Click"})
    assert (reply.status_code, wants(session, reader)) == (404, True)


def test_i08_it_works_after_the_item_was_deleted(session, reader, client, sent):
    session.query(Digest).delete()
    session.query(OutboxMessage).delete()
    session.commit()
    assert client.post(unsubscribe_path(sent)).status_code == 200
    assert wants(session, reader) is False


def test_i08_the_link_of_an_earlier_digest_still_works(session, reader, client, sent):
    issue_scoped_link(session, Errand.UNSUBSCRIBE, reader, now=MORNING)
    session.commit()
    assert client.post(unsubscribe_path(sent)).status_code == 200
    assert wants(session, reader) is False


def test_i08_it_needs_no_token_against_forgery(app, session, reader, client, sent):
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(unsubscribe_path(sent)).status_code == 200


def test_i08_duty_mails_have_no_such_link_and_a_page_says_why(
    app, session, client, tmp_path, clock
):
    clock.now = NOON
    assignment = an_assignment(session, invited_at=NOON - timedelta(days=9))
    enqueue(
        session,
        MailKind.WITHDRAWN,
        Addressee(assignment.institution_id, "x@example.org", "en"),
        key="duty",
        now=NOON,
        assignment=assignment,
    )
    session.commit()
    deliver_outbox(app)
    assert mailbox(tmp_path)[-1]["List-Unsubscribe"] is None
    assert "They cannot be unsubscribed, because" in client.get("/mails").text


def test_the_token_of_the_digest_is_not_kept(session, sent, reader):
    token = unsubscribe_path(sent).rpartition("/")[2]
    (message,) = digests(session)
    assert token not in message.body
    assert "/unsubscribe/…" in message.body
