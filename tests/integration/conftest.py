"""Signing in, and counting what is said to the database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from emnnet.domain.roles import Role
from emnnet.models.user import User
from tests.builders import PASSWORD, a_user

Statements = Callable[[str], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(session: Session) -> Statements:
    """`with statements("SELECT") as seen:` collects those that start so.

    A reading may begin with what it names first, as in "WITH mine AS".
    """

    @contextmanager
    def collecting(start: str) -> Iterator[list[str]]:
        engine, seen = session.get_bind(), []
        starts = ("SELECT", "WITH") if start == "SELECT" else (start,)

        def note(_connection, _cursor, statement, *_rest) -> None:
            if statement.lstrip().upper().startswith(starts):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield seen
        event.remove(engine, "before_cursor_execute", note)

    return collecting


@pytest.fixture
def signed_in(app: Flask, session: Session) -> Callable[..., FlaskClient]:
    """`signed_in(Role.COORDINATOR)` is a client of somebody with that role."""

    def client_of(who: Role | User) -> FlaskClient:
        user = who if isinstance(who, User) else a_user(session, who)
        client = app.test_client()
        reply = client.post(
            "/sign-in", data={"email": user.email, "password": PASSWORD}
        )
        assert reply.status_code == 303, reply.text
        return client

    return client_of
