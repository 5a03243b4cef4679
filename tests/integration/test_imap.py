"""Fetching mail from a real Dovecot: over TLS, once, and never losing a message."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from emnnet.jobs import mailbox
from emnnet.jobs.mailbox import Fetched, fetch_mail
from emnnet.models.task import Task
from tests.builders import a_query, an_assignment, an_institution
from tests.integration.arriving import PARTNER, a_mail, arrived, proposed
from tests.integration.dovecot import Postbox, a_dovecot
from tests.integration.partners import fresh
from tests.unit.broken_mail import CORPUS


@pytest.fixture(scope="module")
def server() -> Iterator[Postbox]:
    with a_dovecot() as running:
        yield running


@pytest.fixture
def postbox(server) -> Postbox:
    server.empty()
    return server


@pytest.fixture
def app(app, postbox):
    app.config.update(postbox.settings)
    return app


def tasks(session):
    rows = fresh(session).scalars(select(Task).order_by(Task.id))
    return [(row.kind, row.done_at is None) for row in rows]


def test_without_a_mailbox_nothing_is_fetched(app):
    app.config["IMAP_SERVER"] = None
    assert fetch_mail(app) == Fetched(is_set_up=False)


def test_e16_what_lies_in_the_mailbox_is_fetched_once(app, session, postbox):
    institution = an_institution(session, email=PARTNER)
    query = a_query(session)
    assignment = an_assignment(session, query=query, institution=institution)
    again = a_mail("No quota applies.").as_bytes()
    postbox.deliver(again, a_mail(From="x@example.net").as_bytes(), again)

    assert fetch_mail(app) == Fetched(True, kept=2, repeated=1)
    assert fetch_mail(app) == Fetched(True)
    assert [mail.came_by for mail in arrived(session)] == ["imap", "imap"]
    (one,) = proposed(session)
    assert one.contribution.assignment_id == assignment.id
    assert postbox.lying() == {"unread": 0, "read": 0, "processed": 3}


def test_a_crash_before_the_mark_fetches_it_again_and_knows_it(
    app, session, postbox, monkeypatch
):
    def crash(*_given):
        raise KeyboardInterrupt

    postbox.deliver(a_mail().as_bytes())
    with monkeypatch.context() as patched:
        patched.setattr(mailbox, "_mark_read", crash)
        with pytest.raises(KeyboardInterrupt):
            fetch_mail(app)
    assert postbox.lying()["unread"] == 1
    assert len(arrived(session)) == 1

    assert fetch_mail(app) == Fetched(True, repeated=1)
    assert [mail.repeated for mail in arrived(session)] == [1]


def test_broken_messages_stop_no_other(app, session, postbox):
    broken = ("no headers", "nested 100 deep", "NUL bytes", "boundary not closed")
    postbox.deliver(*(CORPUS[wrong] for wrong in broken), a_mail().as_bytes())
    fetched = fetch_mail(app)
    assert (fetched.kept + fetched.repeated, fetched.error) == (5, "")
    assert all(mail.judged_at for mail in arrived(session))
    assert postbox.lying()["unread"] == 0


def test_without_a_folder_for_it_what_was_read_stays_marked(app, postbox):
    app.config["IMAP_PROCESSED"] = ""
    postbox.deliver(a_mail().as_bytes())
    assert fetch_mail(app).kept == 1
    assert postbox.lying() == {"unread": 0, "read": 1, "processed": 0}


def test_b27_a_server_that_is_away_opens_a_task_and_its_return_closes_it(
    app, session, postbox
):
    postbox.deliver(a_mail().as_bytes())
    postbox.stop()
    assert fetch_mail(app).error.startswith("ConnectionRefusedError")
    assert fetch_mail(app).error
    assert tasks(session) == [("intake_failed", True)]

    postbox.start()
    assert fetch_mail(app).kept == 1
    assert tasks(session) == [("intake_failed", False), ("arrived_mail", True)]

    postbox.stop()
    fetch_mail(app)
    assert tasks(session)[0] == ("intake_failed", True)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"IMAP_CA_FILE": None}, "SSLCertVerificationError"),
        ({"IMAP_SERVER": "localhost"}, "SSLCertVerificationError"),  # not its name
        ({"IMAP_PASSWORD": "no password"}, "MailboxLoginError"),
        ({"IMAP_FOLDER": "Nowhere"}, "MailboxFolderSelectError"),
    ],
)
def test_a_server_that_cannot_be_trusted_or_entered_is_told(
    app, session, postbox, wrong, said
):
    postbox.deliver(a_mail().as_bytes())
    app.config.update(wrong)
    assert fetch_mail(app).error.startswith(said)
    assert arrived(session) == []
    assert tasks(session) == [("intake_failed", True)]


def test_the_command_fetches_once(app, postbox):
    postbox.deliver(a_mail().as_bytes())
    result = app.test_cli_runner().invoke(args=["mail", "fetch"])
    assert (result.exit_code, result.output) == (0, "1 new, 0 known already.\n")
