"""Mails about a query hang together, name it, and go to one reader each."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import select

from emnnet.app import create_app
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.references import find_key, find_reference
from emnnet.extensions import db
from emnnet.jobs.outbox import deliver_outbox
from emnnet.mail.references import make_reference
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.contacts import Addressee
from tests.builders import a_query, an_institution
from tests.integration.letters import COORDINATOR, a_promise, an_asked, mailbox


def letters(app, session, clock, tmp_path, *promises):
    for kind, assignment, given in promises:
        clock.now += timedelta(minutes=1)
        a_promise(session, kind, assignment, now=clock.now, **given)
        deliver_outbox(app)
        session.rollback()
    return mailbox(tmp_path)


def test_i07_the_first_mail_to_an_institution_is_the_root_of_its_thread(
    app, session, clock, tmp_path
):
    query = a_query(session)
    mine = an_asked(session, query=query)
    other = an_asked(session, query=query, role=CellRole.CONTRIBUTES)
    root, theirs, second, third = letters(
        app,
        session,
        clock,
        tmp_path,
        (MailKind.INVITATION, mine, {}),
        (MailKind.INVITATION, other, {}),
        (MailKind.DUE_CHANGED, mine, {"reason": "x"}),
        (MailKind.WITHDRAWN, mine, {}),
    )
    assert root["In-Reply-To"] is None
    assert root["References"] is None
    assert theirs["In-Reply-To"] is None
    for later in (second, third):
        assert later["In-Reply-To"] == root["Message-ID"]
        assert later["References"] == root["Message-ID"]
    assert len({mail["Message-ID"] for mail in mailbox(tmp_path)}) == 4


def test_i07_the_office_has_a_thread_of_its_own(app, session, clock, tmp_path):
    assignment = an_asked(session)
    invited, told, again = letters(
        app,
        session,
        clock,
        tmp_path,
        (MailKind.INVITATION, assignment, {}),
        (MailKind.CONTRIBUTION_RECEIVED, assignment, {"key": "1"}),
        (MailKind.CONTRIBUTION_RECEIVED, assignment, {"key": "2"}),
    )
    assert COORDINATOR.email in str(told["To"])
    assert told["In-Reply-To"] is None
    assert again["In-Reply-To"] == told["Message-ID"] != invited["Message-ID"]


def test_i07_a_reply_leads_back_to_its_assignment(app, session, clock, tmp_path):
    assignment = an_asked(session)
    (mail,) = letters(
        app, session, clock, tmp_path, (MailKind.INVITATION, assignment, {})
    )
    with app.app_context():
        reference = make_reference(assignment.query, assignment)
    assert find_reference(f"Re: {mail['Subject']}") == reference
    assert find_key(str(mail["Message-ID"])) == reference
    assert mail["X-Emnnet-Reference"] == str(reference)
    assert "@example.org" in mail["Message-ID"]


def test_replies_may_go_to_an_address_that_names_the_query(
    settings, session, clock, tmp_path
):
    given = {"MAIL_REPLY_PATTERN": "emn+{key}@example.org"}
    app = create_app(settings | given, now=clock, instance=str(tmp_path))
    (mail,) = letters(
        app, session, clock, tmp_path, (MailKind.INVITATION, an_asked(session), {})
    )
    (reply_to,) = mail["Reply-To"].addresses
    assert reply_to.addr_spec == "emn+lt-2026-1-1@example.org"
    assert find_key(reply_to.addr_spec).assignment_id == 1
    with app.app_context():
        db.engine.dispose()


def test_the_message_id_is_the_same_for_every_try(app, session):
    message = a_promise(session, MailKind.INVITATION)
    deliver_outbox(app)
    session.rollback()
    first = session.scalars(select(OutboxMessage.message_id)).one()
    message.sent_at, message.next_try_at = None, message.queued_at
    session.commit()
    deliver_outbox(app)
    session.rollback()
    assert session.scalars(select(OutboxMessage.message_id)).one() == first


def test_one_mail_a_recipient_and_no_list_of_others(app, session, clock, tmp_path):
    assignment = an_asked(session, institution=an_institution(session))
    readers = [Addressee(0, f"reader.{n}@example.org", "en") for n in range(3)]
    mails = letters(
        app,
        session,
        clock,
        tmp_path,
        *[
            (MailKind.CLEARANCE_ASKED, assignment, {"to": to, "key": to.email})
            for to in readers
        ],
    )
    for mail, to in zip(mails, readers, strict=True):
        others = [one.email for one in readers if one is not to]
        assert [one.addr_spec for one in mail["To"].addresses] == [to.email]
        assert mail["Cc"] is None
        assert mail["Bcc"] is None
        assert not [one for one in others if one in mail.as_string()]
        assert mail["List-Unsubscribe"] is None
        assert mail["Content-Language"] == "en"


def test_a_cleared_response_leads_to_sending_a_returned_one_to_the_workbench(
    app, session, clock, tmp_path
):
    assignment = an_asked(session)
    for outcome in ("approved", "returned", "exception"):
        clock.now += timedelta(minutes=1)
        a_promise(
            session,
            MailKind.CLEARANCE_DECIDED,
            assignment,
            key=outcome,
            outcome=outcome,
        )
        deliver_outbox(app)
        session.rollback()
    links = [
        next(line for line in part.get_content().splitlines() if "://" in line)
        for mail in mailbox(tmp_path)
        for part in [mail.get_body(("plain",))]
    ]
    with app.test_request_context():
        pages = [
            url_for(endpoint, query_id=assignment.query_id, _external=True)
            for endpoint in ("sending_out.show", "workbench.show", "sending_out.show")
        ]
    assert links == pages
