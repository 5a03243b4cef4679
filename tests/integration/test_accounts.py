"""Accounts: made by command, signed in to, limited, closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.user import SignInFailure, User
from tests.builders import PASSWORD, a_user, an_institution


@pytest.fixture
def command(app):
    def run(*words: str):
        return app.test_cli_runner().invoke(args=list(words))

    return run


def enter(client, email, password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password} | more)


def test_account_is_added_listed_reset_and_deactivated(command, client, session):
    added = command("accounts", "add", "Office@Example.org", "--role", "admin").output
    email, role, password = added.split()
    assert (email, role) == ("office@example.org", "admin")
    assert command("accounts", "list").output.split()[:2] == [email, "admin"]
    assert enter(client, "OFFICE@example.org", password).status_code == 303

    new = command("accounts", "reset", email).output.split()[1]
    assert client.get("/sign-in").status_code == 200
    assert enter(client, email, password).status_code == 422
    assert enter(client, email, new).status_code == 303

    command("accounts", "add", "second@example.org", "--role", "admin")
    assert command("accounts", "deactivate", email).exit_code == 0
    assert enter(client, email, new).status_code == 422


def test_last_administrator_stays(command):
    command("accounts", "add", "office@example.org", "--role", "admin")
    refused = command("accounts", "deactivate", "office@example.org")
    assert refused.exit_code == 1
    assert "last administrator" in refused.output


def test_contact_belongs_to_an_institution(command, session):
    refused = command("accounts", "add", "a@example.org", "--role", "contact")
    assert (refused.exit_code, "which institution" in refused.output) == (1, True)
    an_institution(session, slug="vsat")
    words = ("accounts", "add", "a@example.org", "--role", "contact")
    assert command(*words, "--institution", "vsat").exit_code == 0
    assert command(*words, "--institution", "vsat").exit_code == 1


def test_wrong_password_and_unknown_address_are_told_the_same(client, session):
    user = a_user(session)
    told = [enter(client, user.email, "wrong"), enter(client, "no@example.org")]
    assert [reply.status_code for reply in told] == [422, 422]
    for reply in told:
        assert "Address or password is not right." in reply.text


def test_sixth_try_waits_and_the_account_opens_again_later(client, session, clock):
    user = a_user(session)
    for _ in range(5):
        enter(client, user.email, "wrong")

    assert "Too many failed tries" in enter(client, user.email).text
    clock.now += timedelta(minutes=16)
    assert enter(client, user.email).status_code == 303
    assert session.scalars(select(SignInFailure)).all() == []


def test_session_ends_when_the_account_is_closed(client, session, clock):
    user = a_user(session, Role.READER)
    enter(client, user.email)
    assert client.post("/sign-out").status_code == 303
    enter(client, user.email)
    session.get_one(User, user.id).deactivated_at = clock.now
    session.commit()
    assert client.post("/sign-out").status_code == 403


def test_sign_in_leads_back_to_the_page_of_this_site_only(client, session):
    user = a_user(session, Role.READER)
    back = enter(client, user.email, next="/queries?year=2019")
    assert back.headers["Location"] == "/queries?year=2019"
    away = enter(client, user.email, next="//evil.example.org")
    assert "evil" not in away.headers["Location"]
