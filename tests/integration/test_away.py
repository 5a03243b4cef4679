"""Absences by the link in a mail, and who then gets the mail."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.absences import AwayNote
from emnnet.domain.addressing import Stand
from emnnet.domain.errors import DomainError
from emnnet.domain.links import Errand
from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.absence import Absence
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.contacts import addressees, find_addressee
from emnnet.services.absences import confirm_substitute, note_absence
from emnnet.services.delivery_outcomes import record_refusal
from emnnet.services.scoped_links import issue_scoped_link
from tests.builders import COORDINATOR, a_contact, a_user, an_institution
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked, mailbox
from tests.integration.partners import fresh

TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def institution(session):
    """With a first and a second contact, and a mailbox."""
    body = an_institution(
        session, email="first@example.org", mailbox="office@example.org"
    )
    a_contact(session, body, email="second@example.org", position=2)
    return body


@pytest.fixture
def first(session, institution):
    return session.scalars(
        select(Contact).where(Contact.email == "first@example.org")
    ).one()


@pytest.fixture
def second(session, institution):
    return session.scalars(
        select(Contact).where(Contact.email == "second@example.org")
    ).one()


def a_link(session, contact):
    token = issue_scoped_link(session, Errand.ABSENCE, contact, now=NOON)
    session.commit()
    return f"/away/{token}"


def away(session, contact, until=TODAY + 4 * DAY, stand=Stand.NEXT, **given):
    note = AwayNote(TODAY, until, stand, **given)
    absence = note_absence(session, contact, note, by=COORDINATOR, now=NOON)
    session.commit()
    return absence


def fields(**given):
    defaults = {"begins": "2026-03-16", "until": "2026-03-20", "stand": "next"}
    return defaults | given


def test_b22_an_account_closed_yesterday_gets_nothing(
    app, session, institution, first, tmp_path
):
    assignment = an_asked(session, institution=institution)
    message = a_promise(session, assignment=assignment)
    a_user(
        session,
        Role.CONTACT,
        institution_id=institution.id,
        contact_id=first.id,
        deactivated_at=NOON - DAY,
    )
    assert deliver_outbox(app) == 1
    assert "second@example.org" in mailbox(tmp_path)[0]["To"]
    session.refresh(message)
    (reason,) = message.facts["addressed"]
    assert reason["text"] == "Not to %(address)s: the account was closed."
    assert reason["params"] == {"address": "first@example.org"}


def test_b22_the_account_is_known_by_its_address_too(session, institution, first):
    a_user(
        session,
        Role.CONTACT,
        institution_id=institution.id,
        email="first@example.org",
        deactivated_at=NOON - DAY,
    )
    to = find_addressee(session, institution.id, TODAY)
    assert to.email == "second@example.org"


def test_the_outbox_says_instead_of_whom(session, institution, first, signed_in):
    away(session, first)
    assignment = an_asked(session, institution=institution)
    message = a_promise(session, assignment=assignment)
    assert message.recipient == "second@example.org"
    page = signed_in(Role.COORDINATOR).get(f"/desk/mail/{message.id}").text
    assert "Instead of first@example.org, absent until Fri 20 Mar 2026." in page


def test_a_dead_address_is_not_chased_the_substitute_gets_it_and_the_office_a_task(
    app, session, institution, first, second
):
    message = a_promise(session, assignment=an_asked(session, institution=institution))
    record_refusal(session, message, "550 unknown user", now=NOON)
    session.commit()
    old, new = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert (old.failed_at, new.recipient) == (NOON, "second@example.org")
    assert session.scalars(select(Task.kind)).all() == [TaskKind.ADDRESS_REFUSED]
    record_refusal(session, new, "550 unknown user", now=NOON)
    session.commit()
    recipients = session.scalars(
        select(OutboxMessage.recipient).order_by(OutboxMessage.id)
    ).all()
    assert recipients == [
        "first@example.org",
        "second@example.org",
        "office@example.org",
    ]


def test_an_absence_is_said_by_the_link_and_looking_changes_nothing(
    session, client, institution, first, second
):
    path = a_link(session, first)
    assert client.get(path).status_code == 200
    assert fresh(session).scalars(select(Absence)).all() == []
    reply = client.post(path, data=fields(stand=f"contact-{second.id}"))
    assert reply.status_code == 303
    absence = fresh(session).scalars(select(Absence)).one()
    assert (absence.begins, absence.until, absence.substitute_id) == (
        date(2026, 3, 16),
        date(2026, 3, 20),
        second.id,
    )
    assert absence.said_by == "first@example.org"
    assert find_addressee(session, institution.id, TODAY).email == second.email


def test_the_same_link_changes_and_ends_it(session, client, institution, first):
    path = a_link(session, first)
    client.post(path, data=fields())
    client.post(path, data=fields(until="2026-03-25", stand="mailbox"))
    absences = fresh(session).scalars(select(Absence).order_by(Absence.id)).all()
    assert [one.ended_at is None for one in absences] == [False, True]
    to = find_addressee(session, institution.id, TODAY)
    assert to.email == "office@example.org"
    client.post(f"{path}/end")
    to = find_addressee(fresh(session), institution.id, TODAY)
    assert to.email == "first@example.org"


def test_a_new_address_goes_to_the_office_first(session, client, institution, first):
    path = a_link(session, first)
    data = fields(stand="proposed", email="deputy@example.org", title="Deputy head")
    client.post(path, data=data)
    to = find_addressee(fresh(session), institution.id, TODAY)
    assert to.email == "second@example.org"
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.facts["address"]) == (
        TaskKind.CONTACT_PROPOSED,
        "deputy@example.org",
    )
    absence = session.scalars(select(Absence)).one()
    confirm_substitute(session, absence, by=COORDINATOR, now=NOON)
    session.commit()
    to = find_addressee(session, institution.id, TODAY)
    assert to.email == "deputy@example.org"
    assert task.done_at == NOON


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"begins": "31.02.2026"}, "31.02.2026"),
        ({"until": "2026-03-01"}, "is before the first one"),
        ({"begins": "2026-01-05", "until": "2026-01-09"}, "is over already"),
        ({"until": "2036-03-01"}, "More than three years is too long."),
        ({"stand": ""}, "Say who takes over."),
        ({"stand": "proposed", "email": "nobody"}, "Enter an e-mail address"),
    ],
)
def test_impossible_absences_are_explained_and_nothing_typed_is_lost(
    session, client, first, given, said
):
    reply = client.post(a_link(session, first), data=fields(title="Deputy", **given))
    assert reply.status_code == 422
    assert said in reply.text
    assert 'value="Deputy"' in reply.text
    assert fresh(session).scalars(select(Absence)).all() == []


def test_a_substitute_of_another_institution_is_refused(session, first):
    stranger = a_contact(session, an_institution(session))
    note = AwayNote(TODAY, TODAY, Stand.CONTACT, stranger.id)
    with pytest.raises(DomainError, match="another contact of the same institution"):
        note_absence(session, first, note, by=COORDINATOR, now=NOON)


def test_a_link_opens_its_own_errand_only(session, client, first):
    path = a_link(session, first)
    token = path.rpartition("/")[2]
    assert client.post(f"/unsubscribe/{token}").status_code == 404
    assert client.get("/away/wrong").status_code == 404


def test_every_mail_to_a_contact_carries_the_link_and_the_copy_kept_does_not(
    app, session, institution, first, tmp_path, client
):
    message = a_promise(session, assignment=an_asked(session, institution=institution))
    deliver_outbox(app)
    text = mailbox(tmp_path)[0].get_body(("plain",)).get_content()
    (line,) = [line for line in text.split() if "/away/" in line]
    assert client.get(line.removeprefix("http://localhost")).status_code == 200
    session.refresh(message)
    assert "/away/…" in message.body
    assert line not in message.body


def test_a_contact_who_is_signed_in_says_it_without_a_link(
    session, signed_in, institution, first
):
    user = a_user(
        session, Role.CONTACT, institution_id=institution.id, contact_id=first.id
    )
    client = signed_in(user)
    assert "second@example.org" in client.get("/away/mine").text
    assert client.post("/away/mine", data=fields()).status_code == 303
    absence = fresh(session).scalars(select(Absence)).one()
    assert (absence.contact_id, absence.said_by) == (first.id, user.name)


def test_one_statement_says_whom_any_number_of_mails_go_to(session, statements):
    bodies = [an_institution(session).id for _ in range(20)]
    with statements("SELECT") as seen:
        assert len(addressees(session, bodies, TODAY)) == 20
    assert len(seen) == 1


def test_an_account_page_leads_contacts_to_it(session, signed_in, institution):
    user = a_user(
        session,
        Role.CONTACT,
        institution_id=institution.id,
        email="first@example.org",
    )
    assert "/away/mine" in signed_in(user).get("/account").text
