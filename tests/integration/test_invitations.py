"""C13: invitations to an account; the administrators' page; C17: tidying tokens."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.links import Errand, LinkPurpose
from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.tokens import tidy_tokens
from emnnet.models.event import Event
from emnnet.models.link import Link
from emnnet.models.outbox import OutboxMessage
from emnnet.models.scoped_link import ScopedLink
from emnnet.models.user import User
from emnnet.selectors.contacts import find_addressee
from emnnet.services.invitations import cancel_invitation, invite, invite_again
from emnnet.services.links import issue_link, open_link
from emnnet.services.scoped_links import issue_scoped_link
from tests.builders import (
    COORDINATOR,
    a_contact,
    a_query,
    a_user,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.letters import mailbox
from tests.integration.partners import fresh

EMAIL = "focal.point@example.org"
PASSWORD = "a long enough password"
CHOSEN = {"email": EMAIL, "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invited(session):
    user = invite(session, EMAIL, "Reader", Role.READER, by=COORDINATOR, now=NOON)
    session.commit()
    return user


@pytest.fixture
def path(app, invited, tmp_path):
    """The address in the mail."""
    assert deliver_outbox(app) == 1
    text = mailbox(tmp_path)[-1].get_body(("plain",)).get_content()
    (line,) = [word for word in text.split() if "/account-invitation/" in word]
    return line.removeprefix("http://localhost")


def sign_in(client, password=PASSWORD):
    form = {"email": EMAIL, "password": password}
    return client.post("/sign-in", data=form).status_code


def test_c13_who_is_invited_chooses_a_password_and_signs_in(client, path):
    assert client.get(path).status_code == 200
    reply = client.post(path, data=CHOSEN)
    assert (reply.status_code, reply.location) == (303, "/sign-in")
    assert sign_in(client) == 303


def test_c13_looking_accepts_nothing(session, client, path, invited):
    for _ in range(3):
        client.get(path)
    assert fresh(session).get_one(User, invited.id).is_open_invitation is True


def test_c13_the_second_time_leads_to_the_sign_in(client, path):
    client.post(path, data=CHOSEN)
    other = CHOSEN | {"password": "another password!", "again": "another password!"}
    for reply in (client.get(path), client.post(path, data=other)):
        assert (reply.status_code, reply.location) == (303, "/sign-in")
    assert sign_in(client) == 303


def test_c13_cancelled_says_by_whom(app, session, client, path, invited):
    cancel_invitation(
        session, session.get_one(User, invited.id), by=COORDINATOR, now=NOON
    )
    session.commit()
    reply = client.get(path)
    assert reply.status_code == 410
    assert f"It was cancelled by {app.config['OFFICE_NAME']}" in reply.text
    assert client.post(path, data=CHOSEN).status_code == 410
    assert sign_in(client) == 422


def test_c13_cancelled_before_the_mail_left_it_does_not_leave(app, session, invited):
    cancel_invitation(session, invited, by=COORDINATOR, now=NOON)
    session.commit()
    assert deliver_outbox(app) == 0
    message = session.scalars(select(OutboxMessage)).one()
    assert message.expiry_reason == "The invitation was cancelled."


def test_c13_the_case_of_the_address_does_not_matter(client, path):
    reply = client.post(path, data=CHOSEN | {"email": "FOCAL.POINT@EXAMPLE.ORG"})
    assert reply.status_code == 303
    assert sign_in(client) == 303


def test_c13_another_address_is_not_invited(client, path):
    reply = client.post(path, data=CHOSEN | {"email": "other@example.org"})
    assert reply.status_code == 409
    assert "This is not the address that was invited." in reply.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "short", "again": "short"}, "Use at least 12 characters."),
        ({"again": "something else"}, "The two passwords differ."),
        ({"password": "", "again": ""}, "Choose a password."),
    ],
)
def test_a_password_that_will_not_do_is_explained(client, path, given, said):
    reply = client.post(path, data=CHOSEN | given)
    assert (reply.status_code, said in reply.text) == (422, True)


def test_a_second_invitation_replaces_the_first(
    app, session, client, path, invited, clock
):
    invite_again(
        session,
        session.get_one(User, invited.id),
        by=COORDINATOR,
        now=NOON + timedelta(hours=1),
    )
    session.commit()
    clock.now = NOON + timedelta(hours=2)
    assert deliver_outbox(app) == 1
    reply = client.get(path)
    assert (reply.status_code, "newer invitation" in reply.text) == (410, True)


def test_an_invitation_expires_after_a_week(client, path, clock):
    clock.now = NOON + timedelta(days=8)
    reply = client.get(path)
    assert (reply.status_code, "has expired" in reply.text) == (410, True)


def test_an_address_with_an_account_is_not_invited_in_whatever_case(session, invited):
    with pytest.raises(DomainError, match="There is an account"):
        invite(session, EMAIL.upper(), "X", Role.READER, by=COORDINATOR, now=NOON)


def test_an_invited_contact_is_tied_to_the_contact_of_that_address(session):
    body = an_institution(session, email=None)
    contact = a_contact(session, body, email="Focal.Point@example.org")
    user = invite(
        session, EMAIL, "X", Role.CONTACT, by=COORDINATOR, now=NOON, institution=body
    )
    assert user.contact_id == contact.id


def test_the_administrator_invites_changes_and_deactivates(session, signed_in):
    admin = signed_in(Role.ADMIN)
    form = {"email": EMAIL, "name": "Coordinator", "role": "coordinator"}
    form |= {"institution": "", "language": "lt"}
    assert admin.post("/settings/accounts", data=form).status_code == 303
    page = admin.get("/settings/accounts").text
    assert (EMAIL in page, "invited" in page) == (True, True)
    user = fresh(session).scalars(select(User).where(User.email == EMAIL)).one()
    path = f"/settings/accounts/{user.id}"
    assert admin.post(path, data={"role": "approver", "institution": ""}).status_code
    assert fresh(session).get_one(User, user.id).role is Role.APPROVER
    admin.post(f"{path}/cancel")
    assert "invitation cancelled" in admin.get("/settings/accounts").text
    admin.post(f"{path}/invite-again")
    assert fresh(session).get_one(User, user.id).deactivated_at is None
    kinds = set(session.scalars(select(Event.kind)))
    assert {EventKind.ROLE_CHANGED, EventKind.ACCOUNT_INVITED} <= kinds


def test_deactivating_warns_of_what_is_left_behind(session, signed_in):
    user = a_user(session, Role.COORDINATOR)
    a_query(session, coordinator_id=user.id)
    admin = signed_in(Role.ADMIN)
    page = admin.get(f"/settings/accounts/{user.id}").text
    assert "It coordinates 1 running query" in page
    admin.post(f"/settings/accounts/{user.id}/deactivate")
    assert fresh(session).get_one(User, user.id).deactivated_at == NOON
    admin.post(f"/settings/accounts/{user.id}/activate")
    assert fresh(session).get_one(User, user.id).deactivated_at is None


def test_the_last_administrator_stays(session, signed_in):
    user = a_user(session, Role.ADMIN)
    admin = signed_in(user)
    data = {"role": "reader", "institution": ""}
    reply = admin.post(f"/settings/accounts/{user.id}", data=data)
    assert reply.status_code == 409
    assert "This is the last administrator" in reply.text
    reply = admin.post(f"/settings/accounts/{user.id}/deactivate")
    assert reply.status_code == 409


def test_only_administrators_see_the_page_among_the_settings(signed_in):
    assert "/settings/accounts" in signed_in(Role.ADMIN).get("/settings").text
    assert "/settings/accounts" not in signed_in(Role.COORDINATOR).get("/settings").text


def test_c17_tokens_that_expired_long_ago_are_deleted_valid_ones_stay(
    app, session, clock
):
    assignment = an_assignment(session)
    to = find_addressee(session, assignment.institution_id, NOON.date())
    purpose = LinkPurpose.CONTRIBUTE
    issue_link(session, assignment, purpose, to, now=NOON)
    old = session.scalars(select(Link)).one()
    open_link(session, old, now=NOON)
    issue_scoped_link(session, Errand.ABSENCE, assignment.contact, now=NOON)
    session.commit()
    clock.now = NOON + timedelta(days=400)
    issue_link(session, assignment, purpose, to, now=clock.now)
    issue_scoped_link(session, Errand.ABSENCE, assignment.contact, now=clock.now)
    session.commit()
    old_id = old.id

    assert [tidy_tokens(app) for _ in range(2)] == [2, 0]
    fresh(session)
    assert [one.issued_at for one in session.scalars(select(Link))] == [clock.now]
    assert len(session.scalars(select(ScopedLink)).all()) == 1
    event = session.scalars(
        select(Event).where(Event.kind == EventKind.LINK_OPENED)
    ).one()
    assert event.facts["link"] == old_id


def test_c13_the_command_line_invites_too(app, session):
    run = app.test_cli_runner().invoke
    done = run(args=["accounts", "invite", EMAIL, "--role", "reader"])
    assert done.output == f"{EMAIL}  reader  invited\n"
    assert f"{EMAIL}  reader  -  invited" in run(args=["accounts", "list"]).output
    assert deliver_outbox(app) == 1
