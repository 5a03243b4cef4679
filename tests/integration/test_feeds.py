"""Private calendars: made once, read by programs, revoked; nobody sees another's."""

from datetime import date, time, timedelta

import pytest
import vobject
from icalendar import Calendar
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.calendar_feed import CalendarFeed
from emnnet.models.event import Event
from emnnet.selectors.feeds import institution_entries
from emnnet.services.contributions import submit
from emnnet.services.feeds import Owner, make_feed
from emnnet.services.query_endings import withdraw_query
from emnnet.services.releasing import release
from tests.builders import COORDINATOR, a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.answering import LATER
from tests.integration.partners import FOCAL_POINT, a_draft, cells, fresh, let_in

TODAY = NOON.date()


@pytest.fixture
def assignment(session):
    query = a_query(session, questions=2, title="Return", reply_by=date(2026, 4, 10))
    return an_assignment(session, query=query)


def a_feed(session, **owner) -> str:
    token = make_feed(session, Owner(**owner), by=FOCAL_POINT, now=NOON)
    session.commit()
    return f"/feeds/{token}.ics"


def events(reply) -> dict[str, object]:
    """What a second library reads, by the identity of each event."""
    assert reply.status_code == 200, reply.text
    read = vobject.readOne(reply.data.decode())
    return {one.uid.value: one for one in read.contents.get("vevent", [])}


def the_event(reply):
    (one,) = events(reply).values()
    return one


def test_a_contact_sees_the_own_day_and_never_reply_by(client, session, assignment):
    path = a_feed(session, contact_id=assignment.contact_id)
    one = the_event(client.get(path))
    assert one.dtstart.value == date(2026, 3, 31)
    assert one.dtend.value == date(2026, 4, 1)
    assert one.uid.value == f"assignment-{assignment.id}@localhost"
    assert one.summary.value == "Answer to the EMN query 2026.1 Return"
    text = client.get(path).text
    assert "20260410" not in text
    assert "How does your Member State" not in text


def test_others_dates_and_texts_are_not_in_it(client, session, assignment):
    other = an_institution(session)
    an_assignment(session, query=a_query(session, title="Secret"), institution=other)
    a_draft(session, cells(session, assignment)[0], "Nobody must read this.")
    reply = client.get(a_feed(session, contact_id=assignment.contact_id))
    assert list(events(reply)) == [f"assignment-{assignment.id}@localhost"]
    assert "Nobody must read this" not in reply.text


def test_the_office_sees_reply_by_partners_and_the_plan(client, session, assignment):
    user = a_user(session, Role.COORDINATOR)
    found = events(client.get(a_feed(session, user_id=user.id)))
    number = assignment.query_id
    assert {uid.partition("@")[0]: one.dtstart.value for uid, one in found.items()} == {
        f"query-{number}-reply-by": date(2026, 4, 10),
        f"query-{number}-partners": date(2026, 3, 31),
        f"query-{number}-consolidation": date(2026, 4, 7),
        f"query-{number}-clearance": date(2026, 4, 9),
        f"query-{number}-sending": date(2026, 4, 10),
    }


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 26)])
def test_a12_noon_is_noon_on_both_sides_of_a_clock_change(
    client, session, assignment, day
):
    assignment.due_on, assignment.due_time = day, time(12, 0)
    session.commit()
    reply = client.get(a_feed(session, contact_id=assignment.contact_id))
    second = the_event(reply).dtstart.value
    (first,) = Calendar.from_ical(reply.data).walk("VEVENT")
    for moment in (first["dtstart"].dt, second):
        assert (moment.date(), moment.hour) == (day, 12)
        assert moment.utcoffset() == timedelta(hours=3 if day.month == 3 else 2)


def test_what_is_taken_back_is_cancelled_and_grows_in_number(
    client, session, assignment
):
    path = a_feed(session, contact_id=assignment.contact_id)
    before = the_event(client.get(path))
    asked = cells(session, assignment)
    release(session, asked, "Moved", by=COORDINATOR, now=LATER)
    session.commit()
    after = the_event(client.get(path))
    assert after.uid.value == before.uid.value
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert int(after.sequence.value) > int(before.sequence.value)


def test_a_withdrawn_query_is_cancelled_for_all(client, session, assignment):
    query = assignment.query
    withdraw_query(session, query, "No longer needed", by=COORDINATOR, now=LATER)
    session.commit()
    user = a_user(session, Role.COORDINATOR)
    for owner in ({"contact_id": assignment.contact_id}, {"user_id": user.id}):
        found = events(client.get(a_feed(session, **owner))).values()
        assert {one.status.value for one in found} == {"CANCELLED"}


def test_what_was_answered_is_marked_done(client, session, assignment):
    for one in cells(session, assignment):
        a_draft(session, one)
    asked = cells(session, assignment)
    submit(session, assignment, asked, by=FOCAL_POINT, now=LATER)
    session.commit()
    reply = client.get(a_feed(session, contact_id=assignment.contact_id))
    assert the_event(reply).summary.value.startswith("[done] ")


def test_nothing_new_is_answered_with_304(client, session, assignment):
    path = a_feed(session, contact_id=assignment.contact_id)
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, max-age=900"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assignment.due_on = date(2026, 4, 1)
    session.commit()
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_it_speaks_the_language_of_its_owner(client, session):
    institution = an_institution(session, language="lt")
    assignment = an_assignment(session, institution=institution)
    reply = client.get(a_feed(session, contact_id=assignment.contact_id))
    assert "LANGUAGE=lt" in reply.text


def test_reading_changes_nothing(client, session, assignment, statements):
    path = a_feed(session, contact_id=assignment.contact_id)
    with statements("") as seen:
        client.get(path)
    said = [one.split()[0].upper() for one in seen]
    assert set(said) <= {"BEGIN", "SELECT"}
    assert said.count("SELECT") <= 4


def test_old_dates_are_left_out(session, assignment):
    assignment.due_on = TODAY - timedelta(days=91)
    session.commit()
    assert institution_entries(session, assignment.institution_id, TODAY) == []


def test_made_once_shown_once_and_revoked(session, assignment, signed_in):
    client = signed_in(Role.COORDINATOR)
    page = client.post("/calendar-address").text
    path = page.partition('value="http://localhost')[2].partition('"')[0]
    assert client.get(path).status_code == 200
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    assert token not in client.get("/calendar-address").text
    kept = fresh(session).scalars(select(CalendarFeed)).one()
    assert token not in str(vars(kept))
    client.post("/calendar-address")  # a new one replaces it
    assert client.get(path).status_code == 404
    client.post("/calendar-address/revoked")
    kinds = fresh(session).scalars(
        select(Event.kind)
        .where(Event.stream == "calendar addresses")
        .order_by(Event.id)
    )
    assert list(kinds) == ["feed_made", "feed_made", "feed_revoked"]
    assert "You have none yet." in client.get("/calendar-address").text


def test_the_page_of_ones_account_leads_to_it(signed_in):
    door = 'href="/calendar-address">Subscribe'
    for role in (Role.COORDINATOR, Role.CONTACT):
        assert door in signed_in(role).get("/account").text
    assert door not in signed_in(Role.READER).get("/account").text


def test_a_contact_makes_it_by_the_mailed_link(client, session, assignment):
    let_in(client, session, assignment)
    page = client.post(f"/calendar-address/{assignment.id}").text
    path = page.partition('value="http://localhost')[2].partition('"')[0]
    assert the_event(client.get(path)).dtstart.value == date(2026, 3, 31)
    client.post(f"/calendar-address/{assignment.id}/revoked")
    assert client.get(path).status_code == 404


def test_who_has_left_reads_nothing(client, session, assignment):
    path = a_feed(session, contact_id=assignment.contact_id)
    assignment.contact.valid_to = TODAY - timedelta(days=1)
    session.commit()
    assert client.get(path).status_code == 404
    user = a_user(session, Role.COORDINATOR, deactivated_at=NOON)
    assert client.get(a_feed(session, user_id=user.id)).status_code == 404


def test_a_token_of_nobody_finds_nothing(client):
    assert client.get("/feeds/unknown.ics").status_code == 404
    assert client.get(f"/feeds/{'x' * 5000}.ics").status_code == 404
