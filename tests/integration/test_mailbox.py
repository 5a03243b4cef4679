"""The mailbox of demo mode, and the office's page of the mail."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from emnnet.app import create_app
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.contact import Contact
from emnnet.models.task import Task, TaskKind
from emnnet.services.outbox import TRIES
from emnnet.services.tasks import open_task
from emnnet.web.mailbox.present import harmless
from tests.builders import a_contact, a_query, an_institution
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked, mailbox

PROMISED = "The words are put together when the mail leaves"


@pytest.fixture
def failed(session):
    """A mail whose address was refused, and its task."""
    message = a_promise(session)
    message.failed_at, message.attempts = NOON, 1
    message.last_error = "550 5.1.1 no such user"
    message.contact.refused_at = NOON
    open_task(
        session,
        TaskKind.ADDRESS_REFUSED,
        "one",
        now=NOON,
        message_id=message.id,
        address=message.recipient,
    )
    session.commit()
    return message


def _letters(app: Flask, tmp_path) -> list[str]:
    deliver_outbox(app)
    return [path.stem for path in sorted((tmp_path / "mailbox").glob("*.eml"))]


def test_the_mailbox_lists_the_newest_first_and_narrows_by_reader(
    app, client, session, clock, tmp_path
):
    first, second = a_promise(session), a_promise(session, MailKind.NO_LONGER_NEEDED)
    _letters(app, tmp_path)
    page = client.get("/mailbox").text
    assert page.index("No longer needed: 2026.2") < page.index("Withdrawn: 2026.1")
    narrowed = client.get(f"/mailbox?to={first.recipient}").text
    assert "Withdrawn: 2026.1" in narrowed
    assert "No longer needed: 2026.2" not in narrowed
    assert second.recipient in narrowed  # it can still be chosen


def test_a_mail_is_shown_with_a_link_that_opens(app, client, session, tmp_path):
    a_promise(session, MailKind.INVITATION)
    (key,) = _letters(app, tmp_path)
    page = client.get(f"/mailbox/{key}").text
    text = mailbox(tmp_path)[0].get_body(("plain",)).get_content()
    (link,) = [line.strip() for line in text.splitlines() if "/link/" in line]
    assert page.count(f'href="{link}"') == 2  # in the letter and in its text
    assert client.get(link).status_code == 200


def test_an_empty_mailbox_says_what_will_stand_there(client):
    assert "No mail yet" in client.get("/mailbox").text


@pytest.mark.parametrize("key", ["nothing", "0", "..%2f..%2fconfig", "a" * 200])
def test_a_mail_that_is_not_there_is_not_found(client, key):
    assert client.get(f"/mailbox/{key}").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"MAIL_MODE": "smtp", "MAIL_ALLOWED": ["@example.org"]},
        {"PRODUCTION": True, "SECRET_KEY": "x" * 40, "TRUSTED_HOSTS": ["localhost"]},
    ],
    ids=["mails really leave", "production"],
)
def test_the_mailbox_does_not_exist_elsewhere(settings, tmp_path, given):
    app = create_app(settings | given, instance=str(tmp_path))
    assert app.test_client().get("/mailbox").status_code == 404
    assert app.test_client().get("/mailbox/0").status_code == 404
    with app.app_context():
        db.engine.dispose()


def test_nothing_in_a_mail_runs_or_loads():
    html = (
        "<html><head><title>t</title></head><body><script>x()</script>"
        '<p onclick="x()">a <a class="button" href="https://x.org/">b</a></p>'
        '<img src="https://x.org/i"><a href="javascript:x()">c</a></body></html>'
    )
    assert harmless(html) == (
        '<p>a <a class="button" href="https://x.org/" rel="noopener noreferrer">b</a>'
        '</p><a rel="noopener noreferrer">c</a>'
    )


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_of_the_mail_takes_four_statements(
    session, signed_in, statements, count
):
    client = signed_in(Role.COORDINATOR)
    institution = an_institution(session)
    assignment = an_asked(session, institution=institution)
    for number in range(count):
        a_promise(session, assignment=assignment, key=f"promise:{number}")
    with statements("SELECT") as seen:
        page = client.get("/desk/mail").text
    assert page.count("Query withdrawn") == count
    assert len(seen) == 4


def test_the_page_says_what_happens_next(app, session, signed_in, clock, failed):
    waiting = a_promise(session)
    waiting.attempts, waiting.last_error = 2, "451 later"
    waiting.next_try_at = NOON + timedelta(minutes=5)
    session.commit()
    client = signed_in(Role.COORDINATOR)

    page = client.get("/desk/mail").text
    tries = TRIES - 2
    assert f"on Mon 16 Mar 2026, 12:05; {tries} tries are left." in page
    page = client.get("/desk/mail?state=failed").text
    assert "It was given up." in page
    assert "550 5.1.1 no such user" in page
    assert "An address was refused" in page


def test_retry_gives_a_refused_address_another_chance_and_ends_its_task(
    app, session, signed_in, failed, tmp_path
):
    client = signed_in(Role.COORDINATOR)
    assert client.post(f"/desk/mail/{failed.id}/retry").status_code == 303
    assert len(_letters(app, tmp_path)) == 1
    session.rollback()
    session.refresh(failed)
    assert failed.sent_at == NOON
    (done_by,) = session.scalars(select(Task.done_by))
    assert done_by.startswith("Coordinator")


def test_retry_goes_to_the_other_contact_where_there_is_one(
    app, session, signed_in, failed, tmp_path
):
    other = a_contact(session, failed.institution, email="next@example.org", position=2)
    signed_in(Role.COORDINATOR).post(f"/desk/mail/{failed.id}/retry")
    _letters(app, tmp_path)
    assert other.email in mailbox(tmp_path)[0]["To"]
    refused = session.scalars(select(Contact.id).where(Contact.refused_at == NOON))
    assert len(refused.all()) == 1


def test_i01_a_mail_that_left_is_not_sent_again_by_hand(app, session, signed_in):
    message = a_promise(session)
    deliver_outbox(app)
    reply = signed_in(Role.COORDINATOR).post(f"/desk/mail/{message.id}/retry")
    assert reply.status_code == 409
    assert "there is nothing to send again" in reply.text


@pytest.mark.parametrize("role", [Role.APPROVER, Role.CONTACT, Role.READER])
def test_only_coordinators_try_again(session, signed_in, failed, role):
    assert signed_in(role).post(f"/desk/mail/{failed.id}/retry").status_code == 403


def test_a_task_is_marked_as_done(session, signed_in, failed):
    task = session.scalars(select(Task)).one()
    client = signed_in(Role.COORDINATOR)
    assert client.post(f"/desk/mail/tasks/{task.id}/done").status_code == 303
    assert "Needs a person" not in client.get("/desk/mail").text


def test_one_mail_is_shown_as_it_was_sent(app, session, signed_in, clock):
    query = a_query(session)
    assignment = an_asked(session, query=query, due_on=date(2026, 3, 31))
    message = a_promise(session, MailKind.INVITATION, assignment)
    client = signed_in(Role.APPROVER)
    assert PROMISED in client.get(f"/desk/mail/{message.id}").text
    deliver_outbox(app)
    page = client.get(f"/desk/mail/{message.id}").text
    assert "Please contribute by Tue 31 Mar 2026" in page
    assert "http://localhost/link/…" in page
    assert "Try again now" not in page
