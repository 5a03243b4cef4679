"""The door behind the mailed link: what a scanner may do, and what a person does."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.links import LIFE, digest
from emnnet.domain.roles import Role
from emnnet.models import Base
from emnnet.models.event import Event
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from tests.builders import a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import a_draft, a_link, cells, let_in


def _everything(session):
    session.expire_all()
    tables = Base.metadata.sorted_tables
    return {t.name: session.execute(select(t)).all() for t in tables}


def _kinds(session):
    return session.scalars(select(Event.kind).order_by(Event.id)).all()


@pytest.mark.parametrize("method", ["get", "head"])
def test_c01_scanner_changes_nothing_however_often_it_looks(app, session, method):
    path = a_link(session, an_assignment(session))
    before = _everything(session)

    for _ in range(20):
        reply = getattr(app.test_client(), method)(path)
        assert reply.status_code == 200

    assert _everything(session) == before


def test_c02_button_opens_a_session_and_leaves_the_token_behind(client, session):
    assignment = an_assignment(session)
    path = a_link(session, assignment)

    reply = client.post(path)

    target = f"/contributions/{assignment.id}"
    assert (reply.status_code, reply.location) == (303, target)
    page = client.get(target)
    assert page.status_code == 200
    assert path.rsplit("/", 1)[1] not in page.text
    assert _kinds(session) == ["link_opened"]
    session.expire_all()
    assert assignment.opened_at == NOON


def test_c02_session_is_limited_to_its_assignment(client, session):
    mine, other = an_assignment(session), an_assignment(session)
    let_in(client, session, mine)

    assert client.get(f"/contributions/{mine.id}").status_code == 200
    assert client.get(f"/contributions/{other.id}").status_code == 403
    assert client.post(f"/contributions/{other.id}").status_code == 403


def test_two_links_in_two_tabs_open_both(client, session):
    assignments = [an_assignment(session), an_assignment(session)]
    for assignment in assignments:
        let_in(client, session, assignment)

    for assignment in assignments:
        assert client.get(f"/contributions/{assignment.id}").status_code == 200
    assert client.get("/contributions").text.count("/contributions/") >= 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_c03_expired_link_says_so_and_offers_a_new_one(client, session, clock, method):
    path = a_link(session, an_assignment(session))
    clock.now = NOON + LIFE

    reply = getattr(client, method)(path)

    assert reply.status_code == 410
    assert "It expired on" in reply.text
    assert "Thu 30 Apr 2026, 13:00" in reply.text  # Vilnius
    assert "Send me a new link" in reply.text
    assert _kinds(session) == (["link_refused"] if method == "post" else [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_c03_unknown_link_is_not_valid_and_offers_nothing(
    client, session, caplog, method
):
    path = a_link(session, an_assignment(session))
    changed = path[:-1] + "~"

    with caplog.at_level(logging.INFO):
        reply = getattr(client, method)(changed)

    assert reply.status_code == 404
    assert "This link is not valid" in reply.text
    assert "new link" not in reply.text
    assert "a link that is not valid was tried" in caplog.text


def test_c03_link_without_token_or_of_a_deleted_query_looks_the_same(client, session):
    assignment = an_assignment(session)
    path = a_link(session, assignment)
    assignment.query.deleted_at = NOON
    session.commit()

    replies = [client.get("/link/"), client.get(path), client.get("/link/nonsense")]

    assert [reply.status_code for reply in replies] == [404, 404, 404]
    assert len({reply.text.partition("<main")[2] for reply in replies}) == 1


def test_c04_new_link_goes_once_to_the_stored_address(client, session, clock):
    institution = an_institution(session, email="focal.point@example.org")
    path = a_link(session, an_assignment(session, institution=institution))
    clock.now = NOON + LIFE

    replies = [client.post(f"{path}/renew") for _ in range(5)]

    assert {reply.status_code for reply in replies} == {200}
    assert "f…@example.org" in replies[0].text
    assert "focal.point@example.org" not in replies[0].text
    promised = session.scalars(select(OutboxMessage)).all()
    assert [(mail.kind, mail.recipient) for mail in promised] == [
        ("new_link", "focal.point@example.org")
    ]


def test_c04_after_the_pause_one_more_may_be_asked_for(client, session, clock):
    path = a_link(session, an_assignment(session))
    for minutes in (0, 9, 10):
        clock.now = NOON + timedelta(minutes=minutes)
        client.post(f"{path}/renew")

    assert len(session.scalars(select(OutboxMessage)).all()) == 2


def test_c06_replaced_link_tells_of_the_newer_one(client, session):
    assignment = an_assignment(session)
    a_draft(session, cells(session, assignment)[0], "Begun under the first link.")
    first = a_link(session, assignment)
    second = a_link(session, assignment, now=NOON + timedelta(days=1))

    reply = client.post(first)

    assert reply.status_code == 410
    assert "A newer link was sent" in reply.text
    assert "Tue 17 Mar 2026, 12:00" in reply.text
    page = client.get(client.post(second).location)
    assert "Begun under the first link." in page.text


def test_c06_newer_link_does_not_cut_off_who_is_writing(client, session):
    assignment = an_assignment(session)
    page = let_in(client, session, assignment)

    a_link(session, assignment, now=NOON + timedelta(hours=1))

    assert client.get(page).status_code == 200


def test_contact_who_left_is_out_at_once(client, session, clock):
    assignment = an_assignment(session)
    page = let_in(client, session, assignment)
    path = a_link(session, assignment)
    assignment.contact.valid_to = date(2026, 3, 16)
    session.commit()
    assert client.get(page).status_code == 200

    clock.now = NOON + timedelta(days=1)

    assert client.get(page).status_code == 403
    assert client.get(path).status_code == 404


def test_session_ends_some_hours_after_its_link(client, session, clock):
    page = let_in(client, session, an_assignment(session))

    clock.now = NOON + LIFE + timedelta(hours=11)
    assert client.get(page).status_code == 200

    clock.now = NOON + LIFE + timedelta(hours=12)
    assert client.get(page).status_code == 403


def test_c07_only_the_digest_is_stored(session, client, caplog):
    path = a_link(session, an_assignment(session))
    token = path.rsplit("/", 1)[1]

    with caplog.at_level(logging.DEBUG):
        client.get(path)
        client.post(path)

    assert session.scalars(select(Link.digest)).all() == [digest(token)]
    assert token not in str(_everything(session))
    assert token not in caplog.text


def test_contact_with_an_account_sees_the_own_institution_only(session, signed_in):
    mine, other = an_assignment(session), an_assignment(session)
    user = a_user(session, Role.CONTACT, institution_id=mine.institution_id)
    client = signed_in(user)

    assert client.get(f"/contributions/{mine.id}").status_code == 200
    assert client.get(f"/contributions/{other.id}").status_code == 403
    page = client.get("/contributions").text
    assert f"/contributions/{mine.id}" in page
    assert f"/contributions/{other.id}" not in page


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR, Role.READER])
def test_nobody_else_opens_the_form(session, signed_in, role):
    assignment = an_assignment(session)

    assert signed_in(role).get(f"/contributions/{assignment.id}").status_code == 403


def test_the_door_speaks_as_the_mail_spoke(client, session):
    reader = an_institution(session, language="lt")
    path = a_link(session, an_assignment(session, institution=reader))
    assert '<html lang="lt"' in client.get(path).text
    client.post("/language", data={"language": "en", "next": path})
    assert '<html lang="en"' in client.get(path).text
