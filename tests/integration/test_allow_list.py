"""I12: a test system never writes to partners, and nothing is lost of what it kept."""

from collections.abc import Iterator

import pytest
from flask_mail import Message

from emnnet.app import create_app
from emnnet.config import BadSettings
from emnnet.domain.mail_settings import allow_list
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Role
from emnnet.extensions import db, mail
from emnnet.jobs.outbox import deliver_outbox
from emnnet.mail.allowed import NotAllowed, may_leave_to
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from tests.browser.smtp import PostOffice, post_office
from tests.builders import PASSWORD, a_user, an_institution
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked

REAL = {"PRODUCTION": True, "SECRET_KEY": "x" * 40, "TRUSTED_HOSTS": ["localhost"]}


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@pytest.fixture
def copy_of_production(settings, tmp_path, clock, post):
    """An app that sends by SMTP, with an allow-list, on the data of the real one."""
    given = {
        "MAIL_MODE": "smtp",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": post.port,
        "MAIL_ALLOWED": "Tester@example.org, @our-office.example",
        "TESTING": False,
    }
    app = create_app(settings | given, now=clock, instance=str(tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


def asked_of(session, email):
    return an_asked(session, institution=an_institution(session, email=email))


def test_i12_smtp_without_a_list_does_not_start(settings):
    with pytest.raises(BadSettings, match="MAIL_ALLOWED"):
        create_app(settings | {"MAIL_MODE": "smtp"})


def test_i12_in_production_no_list_is_needed(settings, tmp_path):
    app = create_app(settings | REAL | {"MAIL_MODE": "smtp"}, instance=str(tmp_path))
    with app.app_context():
        assert may_leave_to("anybody@ministry.example")
        db.engine.dispose()


@pytest.mark.parametrize(
    "given",
    [
        {"MAIL_MODE": "smtp", "MAIL_ALLOWED": "everybody"},
        {"MAIL_MODE": "smtp", "MAIL_ALLOWED": ["@"]},
        {"MAIL_MODE": "smtp", "MAIL_ALLOWED": "*"},
        {"MAIL_MODE": "smtp", "MAIL_ALLOWED": 7},
        {"MAIL_MODE": "send"},
        {"MAIL_REPLY_PATTERN": "emn@example.org"},
        {"MAIL_REPLY_PATTERN": "emn@{key}.example.org"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(settings, given):
    with pytest.raises(BadSettings, match=r"MAIL_(MODE|ALLOWED|REPLY_PATTERN)"):
        create_app(settings | given)


def test_a_list_may_be_one_text_or_many():
    expected = ("a@b.org", "@c.example")
    assert allow_list(" a@B.org; @c.example\n") == expected
    assert allow_list(["a@b.org", "@C.example"]) == expected


def test_i12_mails_to_others_are_kept_shown_and_never_leave(
    copy_of_production, session, post, clock
):
    app = copy_of_production
    partner = a_promise(
        session, MailKind.INVITATION, asked_of(session, "real@ministry.example")
    )
    ours = a_promise(
        session, MailKind.INVITATION, asked_of(session, "tester@example.org")
    )
    inside = a_promise(
        session, MailKind.WITHDRAWN, asked_of(session, "x@our-office.example")
    )
    likely = a_promise(
        session, MailKind.WITHDRAWN, asked_of(session, "x@not-our-office.example")
    )
    for _ in range(3):
        deliver_outbox(app)
        clock.now = clock.now.replace(day=clock.now.day + 1)
    found = [letter.to for letter in post.letters]
    assert found == ["tester@example.org", "x@our-office.example"]
    session.rollback()
    rows = {row.id: row for row in session.query(OutboxMessage)}
    assert rows[ours.id].sent_at
    assert rows[inside.id].sent_at
    for id_ in (partner.id, likely.id):
        held = rows[id_]
        assert (held.held_at, held.sent_at, held.failed_at) == (NOON, None, None)
        assert "To the contact point of" in held.body
    assert "/link/…" in rows[partner.id].body
    assert rows[partner.id].assignment.invited_at == NOON  # as it was made
    assert session.query(Link).count() == 1  # none for what never leaves


def test_i12_the_office_sees_what_is_held_and_that_it_is_a_test(
    copy_of_production, session
):
    app = copy_of_production
    message = a_promise(
        session, MailKind.WITHDRAWN, asked_of(session, "real@ministry.example")
    )
    user = a_user(session, Role.COORDINATOR)
    deliver_outbox(app)
    client = app.test_client()
    client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    page = client.get("/desk/mail?state=held").text
    assert "Test system: mails leave only to tester@example.org" in page
    assert "not on the allow-list of this test system" in page
    assert "Try again now" not in page
    one = client.get(f"/desk/mail/{message.id}").text
    assert "The mail as it would have been sent" in one
    assert "Withdrawn: 2026.1" in one
    assert client.post(f"/desk/mail/{message.id}/retry").status_code == 409


def test_i12_no_banner_where_nothing_is_limited(session, signed_in):
    assert "Test system" not in signed_in(Role.COORDINATOR).get("/desk/mail").text


def test_i12_the_connection_itself_refuses_whoever_asks(copy_of_production, post):
    with copy_of_production.app_context(), mail.connect() as connection:
        for to in ("real@ministry.example", "x@sub.our-office.example"):
            with pytest.raises(NotAllowed):
                connection.send(Message("Subject", recipients=[to], body="x"))
    assert post.letters == []
