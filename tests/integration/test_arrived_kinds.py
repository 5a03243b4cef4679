"""Machines that answer, mail that came back, and messages that break readers."""

from datetime import date

import pytest
from sqlalchemy import func, select

from emnnet.domain.arriving.kinds import ArrivedKind
from emnnet.models.contact import Contact
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.services.arrived_mail import undo
from tests.builders import (
    COORDINATOR,
    a_contact,
    a_query,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.arriving import (
    OURS,
    PARTNER,
    a_mail,
    a_report,
    arrived,
    hand_over,
    our_mail,
    proposed,
)
from tests.integration.partners import cells, fresh
from tests.unit.broken_mail import CORPUS


@pytest.fixture
def assignment(session):
    institution = an_institution(session, email=PARTNER)
    return an_assignment(session, query=a_query(session), institution=institution)


def mails(session):
    return fresh(session).scalar(select(func.count(OutboxMessage.id)))


def tasks(session):
    undone = select(Task).where(Task.done_at.is_(None))
    return [task.kind for task in fresh(session).scalars(undone)]


AUTOMATIC = {
    "RFC 3834": {"Auto_Submitted": "auto-replied"},
    "Exchange": {"X_Auto_Response_Suppress": "All", "Subject": "Automatic reply: AHQ"},
    "old servers": {"Precedence": "auto_reply"},
    "Lithuanian": {"Subject": "Automatinis atsakymas: AHQ", "Precedence": "bulk"},
    "German": {"Subject": "Abwesenheitsnotiz", "Return_Path": "<>"},
    "French": {"Subject": "Réponse automatique", "Return_Path": "<>"},
}


@pytest.mark.parametrize("headers", AUTOMATIC.values(), ids=AUTOMATIC)
def test_e17_an_automatic_reply_is_recorded_and_changes_nothing(
    app, session, assignment, headers
):
    our_mail(session, assignment)
    hand_over(
        app, a_mail("I am away until 20 March 2026.", In_Reply_To=OURS, **headers)
    )

    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.AUTOMATIC
    assert kept.contact_id == assignment.contact_id
    assert kept.absent_until == date(2026, 3, 20)
    assert (proposed(session), tasks(session)) == ([], [])
    assert cells(session, assignment)[0].draft == ""
    assert mails(session) == 1  # the invitation: nothing answers a machine
    (event,) = fresh(session).scalars(select(Event))
    assert (event.kind, event.facts["arrived"]) == ("mail_arrived", "automatic")


def test_e17_one_weak_hint_is_not_enough_to_lose_an_answer(app, session, assignment):
    hand_over(app, a_mail(Subject="Re: On leave: family reunification"))
    (kept,) = arrived(session)
    assert (kept.kind, kept.facts["hints"]) == (ArrivedKind.REPLY, ["subject"])


def test_e17_what_was_taken_for_a_machine_can_be_put_before_the_office(
    app, session, assignment
):
    hand_over(app, a_mail(Auto_Submitted="auto-replied"))
    (kept,) = arrived(session)
    undo(session, kept, by=COORDINATOR, now=NOON)
    session.commit()
    assert tasks(session) == ["arrived_mail"]
    assert arrived(session)[0].kind is ArrivedKind.OTHER


def test_our_own_mail_that_comes_back_is_a_machines(app, session, assignment):
    hand_over(app, a_mail(X_Emnnet_Key="invitation:1"))
    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.AUTOMATIC


def test_i03_a_bounce_marks_the_contact_and_tells_the_office(app, session, assignment):
    sent = our_mail(session, assignment)
    hand_over(app, a_report())

    (kept,) = arrived(session)
    assert (kept.kind, kept.outbox_message_id) == (ArrivedKind.BOUNCE, sent.id)
    contact = fresh(session).get_one(Contact, assignment.contact_id)
    assert contact.refused_at == NOON
    assert contact.refusal == "5.1.1 smtp; 550 no such user here"
    assert tasks(session) == ["address_refused"]
    assert fresh(session).get_one(OutboxMessage, sent.id).sent_at == NOON
    (event,) = fresh(session).scalars(select(Event))
    assert event.kind == "mail_returned"


def test_i03_the_next_contact_gets_the_mail_that_bounced(app, session, assignment):
    our_mail(session, assignment)
    a_contact(session, assignment.institution, email="second@example.org", position=2)
    hand_over(app, a_report())
    hand_over(app, a_report())  # the same once more, under another Message-ID
    rows = fresh(session).scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    assert [row.recipient for row in rows] == [PARTNER, "second@example.org"]


def test_i03_a_delay_does_nothing(app, session, assignment):
    our_mail(session, assignment)
    hand_over(app, a_report(action="delayed", status="4.4.1"))
    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.DELAYED
    assert fresh(session).get_one(Contact, assignment.contact_id).refused_at is None
    assert tasks(session) == []


@pytest.mark.parametrize(
    "report",
    [
        a_report("somebody.else@example.org"),  # not the address we wrote to
        a_report(original="<never.sent@example.org>"),
        a_report(original=""),
    ],
)
def test_a_report_that_fits_no_mail_of_ours_is_only_shown(
    app, session, assignment, report
):
    our_mail(session, assignment)
    hand_over(app, report)
    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.MAYBE_BOUNCE
    assert fresh(session).get_one(Contact, assignment.contact_id).refused_at is None
    assert tasks(session) == ["arrived_mail"]


def test_a_bounce_in_no_known_form_is_probably_one(app, session, assignment):
    sent = our_mail(session, assignment)
    hand_over(
        app,
        a_mail(
            f"Hi. I was not able to deliver your message to {PARTNER}.\n"
            f"550 5.1.1 unknown user\n--- Below is a copy:\nMessage-ID: {OURS}\n",
            From="MAILER-DAEMON@mx.example.org",
            Subject="failure notice",
        ),
    )
    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.MAYBE_BOUNCE
    assert (kept.outbox_message_id, kept.facts["address"]) == (sent.id, PARTNER)
    assert fresh(session).get_one(Contact, assignment.contact_id).refused_at is None


def test_a_new_query_in_a_mail_is_told_from_other_letters(app, session):
    hand_over(
        app,
        a_mail(
            "EMN Ad-Hoc Query on family reunification\nRequested by EE EMN NCP on 2"
            " March 2026\nReply requested by 31 March 2026\n\nBackground information:"
            "\nThe ministry plans a change.\n\nQuestions\n1. Do you apply a quota?\n"
            "2. If yes, how many?\n",
            From="emn@ministry.example.org",
        ),
    )
    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.MAYBE_QUERY


def test_results_count_only_of_the_server_that_is_trusted(app, session, assignment):
    forged = "mx.evil.example; dmarc=pass header.from=example.org"
    ours = "mx.example.org; spf=pass; dkim=fail; dmarc=fail header.from=example.org"
    app.config["MAIL_TRUSTED_AUTHSERV"] = "mx.example.org"
    hand_over(app, a_mail(Authentication_Results=forged))
    hand_over(app, a_mail(Authentication_Results=ours))
    hand_over(app, a_mail(Authentication_Results=ours.replace("fail", "pass")))
    told = [
        (one.facts.get("dmarc"), one.facts.get("verified")) for one in arrived(session)
    ]
    assert told == [(None, None), ("fail", None), ("pass", True)]


@pytest.mark.parametrize("wrong", sorted(CORPUS))
def test_a_broken_message_is_kept_and_has_a_state(app, session, assignment, wrong):
    hand_over(app, CORPUS[wrong])
    (kept,) = arrived(session)
    assert kept.judged_at is not None
    assert kept.kind is not ArrivedKind.UNJUDGED
    assert kept.stored_file.size == len(CORPUS[wrong])
    handled = kept.kind in {ArrivedKind.BOUNCE, ArrivedKind.DELAYED}
    assert handled or tasks(session) == ["arrived_mail"]
