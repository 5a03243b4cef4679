"""All endpoints by all visitors: exactly the cells of the table are open."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from tests.builders import (
    PASSWORD,
    a_query,
    a_user,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.partners import a_link
from tests.integration.permissions import TABLE, Visitor
from tests.integration.test_public import an_attachment

pytestmark = [pytest.mark.long, pytest.mark.any_database]

ROLES = {
    Visitor.CONTACT: Role.CONTACT,
    Visitor.STRANGER: Role.CONTACT,
    Visitor.READER: Role.READER,
    Visitor.APPROVER: Role.APPROVER,
    Visitor.COORDINATOR: Role.COORDINATOR,
    Visitor.ADMIN: Role.ADMIN,
}
NUMBERS = {
    "pause_id",
    "decision_id",
    "user_id",
    "absence_id",
    "closure_id",
    "contact_id",
    "year",
    "paragraph_id",
    "source_id",
    "attachment_id",
    "intake_id",
    "message_id",
    "clearance_id",
    "task_id",
    "version_id",
    "institution_id",
    "number",
    "relation_id",
    "extension_id",
    "stop_id",
    "request_id",
    "return_id",
    "receiver_id",
    "passed_id",
    "removed_id",
    "mail_id",
    "draft_id",
    "file_id",
    "copy_id",
    "row_id",
    "act_id",
    "move_id",
}
WORDS = {
    "day": "2026-03-17",
    "duty": "mandated",
    "code": "LT",
    "ending": "withdraw",
    "reason": "no_data",
    "key": "x",
    "slug": "body1",
    "token": "unknown",
    "filename": "x",
    "name": "x",
    "kind": "csv",
    "what": "tie",
}


@pytest.fixture
def assignment(app: Flask, session: Session):
    """With an attachment of its own, number 1, that nobody outside may read."""
    query = a_query(session, published_at=NOON)
    an_attachment(app, session, query, Audience.OFFICE)
    return session.scalars(select(Assignment)).one()


@pytest.fixture
def as_visitor(app: Flask, session: Session, assignment):
    """`as_visitor(Visitor.LINK)` is a client of such a visitor."""

    def client_of(visitor: Visitor):
        client = app.test_client()
        if visitor is Visitor.LINK:
            client.post(a_link(session, assignment, now=NOON))
        elif visitor is not Visitor.GUEST:
            institution = (
                assignment.institution_id
                if visitor is Visitor.CONTACT
                else an_institution(session).id
            )
            user = a_user(session, ROLES[visitor], institution_id=institution)
            client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
        return client

    return client_of


def values_of(rule, assignment, contribution) -> dict[str, object]:
    known = {
        "query_id": assignment.query_id,
        "assignment_id": assignment.id,
        "contribution_id": contribution.id,
        "question_id": contribution.question_id,
        "reference": assignment.query.reference,
    }
    known |= dict.fromkeys(NUMBERS, 1) | WORDS
    return {argument: known[argument] for argument in rule.arguments}


def is_refused(reply) -> bool:
    away = reply.status_code == 303 and "/sign-in" in reply.headers["Location"]
    return reply.status_code == 403 or (away and reply.request.path != "/sign-out")


def test_every_endpoint_has_its_row(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert endpoints == set(TABLE)


@pytest.mark.parametrize("visitor", Visitor)
def test_d19_exactly_the_cells_of_the_table_are_open(
    app, session, as_visitor, assignment, visitor
):
    contribution = session.scalars(select(Contribution)).one()
    client, wrong = as_visitor(visitor), []
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint)
    for rule in rules:
        if rule.endpoint in {"static", "accounts.sign_out"}:
            continue
        values = values_of(rule, assignment, contribution)
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"}):
            refused = is_refused(client.open(path, method=method))
            if refused == (visitor in TABLE[rule.endpoint]):
                wrong.append(f"{method} {rule.endpoint}: refused={refused}")
    assert wrong == []


def test_get_is_never_the_way_to_change_something(app):
    verbs = {"save", "send", "submit", "delete", "publish", "close", "withdraw"}
    found = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint.split(".")[-1] in verbs
    ]
    assert found == []
