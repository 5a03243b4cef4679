"""The link for absences in an older mail: it counts no more, and offers a new one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.links import Errand
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.services.scoped_links import issue_scoped_link
from tests.builders import an_institution
from tests.conftest import NOON
from tests.integration.letters import mailbox

DAY = timedelta(days=1)


@pytest.fixture
def first(session) -> Contact:
    an_institution(session, email="first@example.org")
    return session.scalars(select(Contact)).one()


def a_link(session, contact) -> str:
    token = issue_scoped_link(session, Errand.ABSENCE, contact, now=NOON)
    session.commit()
    return f"/away/{token}"


def test_a_newer_link_replaces_the_older_one(session, client, first):
    path = a_link(session, first)
    a_link(session, first)
    reply = client.get(path)
    assert (reply.status_code, "A newer link was sent" in reply.text) == (410, True)


def test_c04_a_new_link_for_absences_goes_to_the_stored_address_only(
    app, session, client, first, tmp_path
):
    older = a_link(session, first)
    a_link(session, first)
    page = client.get(older).text
    assert f'action="{older}/renew"' in page
    assert "f…@example.org" in page
    assert "first@example.org" not in page

    replies = [client.post(f"{older}/renew") for _ in range(5)]

    assert {reply.status_code for reply in replies} == {200}
    assert deliver_outbox(app) == 1
    (mail,) = mailbox(tmp_path)
    assert "first@example.org" in mail["To"]
    text = mail.get_body(("plain",)).get_content()
    (line,) = [one for one in text.split() if "/away/" in one]
    assert client.get(line.removeprefix("http://localhost")).status_code == 200


def test_c04_an_absence_link_that_expired_offers_a_new_one(
    session, client, first, clock
):
    path = a_link(session, first)
    clock.now = NOON + 91 * DAY
    reply = client.get(path)
    assert reply.status_code == 410
    assert "Send me a new link" in reply.text


def test_whoever_left_gets_no_new_link(session, client, first):
    path = a_link(session, first)
    first.valid_to = NOON.date() - DAY
    session.commit()
    assert client.get(path).status_code == 404
    assert client.post(f"{path}/renew").status_code == 404
    assert session.scalars(select(OutboxMessage)).all() == []
