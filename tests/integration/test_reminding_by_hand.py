"""B24: reminding the institutions of a query by hand, with a preview and a cancel."""

from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import select

from emnnet.domain.history import EventKind
from emnnet.domain.reminders import ReminderKind
from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.services.reminding import remind_by_hand
from tests.builders import (
    COORDINATOR,
    a_contact,
    a_query,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.letters import mailbox
from tests.integration.partners import fresh

EARLIER = NOON - timedelta(days=10)
OVERDUE = date(2026, 3, 12)


def asked(session, query, name, **given):
    """An institution that was asked ten days ago and has not answered."""
    given.setdefault("institution", an_institution(session, abbreviation=name))
    given.setdefault("due_on", OVERDUE)
    return an_assignment(
        session, query=query, asked_at=EARLIER, invited_at=EARLIER, **given
    )


@pytest.fixture
def query(session):
    return a_query(session)


def mails(session):
    return fresh(session).scalars(select(OutboxMessage)).all()


def ids(*assignments):
    return {"assignment": [str(one.id) for one in assignments]}


def path(query, end=""):
    return f"/desk/queries/{query.id}/remind{end}"


def seven(session, query):
    """Seven open assignments; four were opened by somebody, three were not."""
    opened = [
        asked(session, query, f"OPEN{n}", role="contributes", opened_at=EARLIER)
        for n in range(4)
    ]
    return opened + [
        asked(session, query, f"SHUT{n}", role="contributes") for n in range(3)
    ]


def test_b24_the_list_says_who_has_not_been_opened(session, signed_in, query):
    seven(session, query)
    page = signed_in(Role.COORDINATOR).get(path(query)).text
    assert page.count("Not opened by anybody yet") == 3
    assert page.count('type="checkbox" name="assignment"') == 7


def test_b24_cancel_sends_nothing(session, signed_in, query):
    assignments = seven(session, query)
    client = signed_in(Role.COORDINATOR)
    page = client.post(path(query, "/preview"), data=ids(*assignments)).text
    assert "Send 7 reminders" in page
    assert f'href="/desk/queries/{query.id}">Cancel, send nothing' in page
    client.get(f"/desk/queries/{query.id}")
    assert mails(session) == []


def test_b24_confirming_sends_one_mail_an_institution(
    app, session, signed_in, query, tmp_path
):
    assignments = seven(session, query)
    reply = signed_in(Role.COORDINATOR).post(
        path(query, "/send"), data=ids(*assignments), follow_redirects=True
    )
    assert "7 reminders leave within seconds" in reply.text
    assert deliver_outbox(app) == 7
    assert len({letter["To"] for letter in mailbox(tmp_path)}) == 7
    rows = fresh(session).scalars(select(Reminder)).all()
    assert {row.kind for row in rows} == {ReminderKind.BY_HAND}
    events = session.scalars(
        select(Event).where(Event.kind == EventKind.REMINDED)
    ).all()
    assert len(events) == 7


def test_b24_the_preview_is_the_very_text_that_leaves(
    app, session, signed_in, query, tmp_path
):
    one = asked(session, query, "ONE")
    client = signed_in(Role.COORDINATOR)
    page = client.post(path(query, "/preview"), data=ids(one)).text
    client.post(path(query, "/send"), data=ids(one))
    deliver_outbox(app)
    letter = mailbox(tmp_path)[0].get_body(("plain",)).get_content()
    told = unescape(page).replace("&#39;", "'")
    for line in letter.replace("\r\n", "\n").split("\n"):
        assert "http" in line or line.strip() in told
    assert "It was due on Thu 12 Mar 2026, 2 working days ago." in " ".join(
        told.split()
    )


def test_b24_who_was_skipped_and_why(session, signed_in, query):
    answered = asked(session, query, "ANSW")
    cell = session.scalars(
        select(Contribution).where(Contribution.assignment_id == answered.id)
    ).one()
    cell.latest_number = 1
    promised = asked(session, query, "PROM", role="contributes")
    cell = session.scalars(
        select(Contribution).where(Contribution.assignment_id == promised.id)
    ).one()
    cell.promised_on = date(2026, 3, 18)
    refused = asked(session, query, "DEAD", role="contributes")
    refused.contact.refused_at = EARLIER
    unsent = asked(session, query, "LATE", role="contributes")
    unsent.invited_at = None
    session.commit()
    page = signed_in(Role.COORDINATOR).get(path(query)).text
    assert "Nothing is owed: answered, declined or taken back." in page
    assert "The answer is promised for Wed 18 Mar 2026." in page
    assert f"Not to {refused.contact.email}: the address refuses mail." in page
    assert "The invitation has not left yet." in page
    assert 'type="checkbox" name="assignment"' not in page


def test_b24_an_answer_between_preview_and_sending_is_left_out(session, query):
    one, other = (asked(session, query, name, role="contributes") for name in "AB")
    cell = session.scalars(
        select(Contribution).where(Contribution.assignment_id == one.id)
    ).one()
    cell.latest_number = 1
    session.commit()
    done = remind_by_hand(session, query, {one.id, other.id}, by=COORDINATOR, now=NOON)
    assert [line.assignment.id for line in done.sent] == [other.id]
    assert [str(left.why) for left in done.left] == [
        "Nothing is owed: answered, declined or taken back."
    ]


def test_b24_pressed_twice_it_goes_once(session, signed_in, query):
    one = asked(session, query, "ONE")
    client = signed_in(Role.COORDINATOR)
    client.post(path(query, "/send"), data=ids(one))
    again = client.post(path(query, "/send"), data=ids(one), follow_redirects=True)
    assert len(mails(session)) == 1
    assert "Nobody is reminded." in again.text
    assert "Its mail of today waits to leave." in again.text


def test_an_institution_gets_one_mail_a_day_also_with_the_ladder(app, session, query):
    one = asked(session, query, "ONE")
    remind_by_hand(session, query, {one.id}, by=COORDINATOR, now=NOON)
    session.commit()
    deliver_outbox(app)
    queue_reminders(app)
    assert len(mails(session)) == 1
    done = remind_by_hand(session, query, {one.id}, by=COORDINATOR, now=NOON)
    assert str(done.left[0].why) == "It has had its mail of today already."


def test_nothing_ticked_is_said_and_nothing_is_lost(session, signed_in, query):
    asked(session, query, "ONE")
    reply = signed_in(Role.COORDINATOR).post(path(query, "/preview"))
    assert reply.status_code == 422
    assert "Tick at least one institution" in reply.text


def test_the_counter_grows_with_each_reminder(app, session, signed_in, query, clock):
    one = asked(session, query, "ONE")
    remind_by_hand(session, query, {one.id}, by=COORDINATOR, now=NOON)
    session.commit()
    deliver_outbox(app)
    clock.now = NOON + timedelta(days=1)
    page = signed_in(Role.COORDINATOR).get(path(query)).text
    assert "1, by hand: 1" in page


def test_a_substitute_gets_it_and_the_page_says_instead_of_whom(
    session, signed_in, query
):
    one = asked(session, query, "ONE")
    one.contact.refused_at = EARLIER
    a_contact(session, one.institution, email="second@example.org", position=2)
    session.commit()
    page = signed_in(Role.COORDINATOR).get(path(query)).text
    assert "second@example.org" in page
    assert f"Not to {one.contact.email}: the address refuses mail." in page


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    session, signed_in, statements, query
):
    client, counts = signed_in(Role.COORDINATOR), []
    for count in (1, 12):
        for n in range(count):
            asked(session, query, f"I{count}{n}", role="contributes")
        client.get(path(query))
        with statements("SELECT") as seen:
            client.get(path(query))
        counts.append(len(seen))
    assert counts[0] == counts[1] == 4
