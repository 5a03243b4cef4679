"""No page takes more statements for many rows than for one, and none takes many."""

import pytest
from flask import Flask
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from tests.builders import a_user
from tests.conftest import NOON
from tests.integration.crowded_office import CrowdedOffice
from tests.integration.partners import a_link
from tests.integration.permissions import Visitor
from tests.integration.routing_setup import the_holidays
from tests.integration.test_permissions import ROLES, values_of

pytestmark = [pytest.mark.long, pytest.mark.any_database]

MANY = 12
MOST = 4
MORE = {
    "workbench.show": 6,
    "routing.show": 6,
    "keeping.act": 9,  # it tries the undoing: what its rows are named by
}
NOT_PAGES = {"static", "accounts.sign_out"}


@pytest.fixture
def office(app: Flask, session) -> CrowdedOffice:
    the_holidays(session, 2026)
    office = CrowdedOffice(app, session)
    office.more(1)
    return office


@pytest.fixture
def visit(app, session, office):
    """`visit(Visitor.LINK)` is a client of such a visitor."""
    assignment = session.scalars(select(Assignment).order_by(Assignment.id)).first()

    def client_of(visitor: Visitor):
        client = app.test_client()
        if visitor is Visitor.LINK:
            client.post(a_link(session, assignment, now=NOON))
        elif visitor is not Visitor.GUEST:
            own = {"institution_id": assignment.institution_id}
            role = ROLES[visitor]
            user = a_user(session, role, **own if role is Role.CONTACT else {})
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = user.session_key, True
        return client

    return client_of


@pytest.fixture
def counts(app, session, office, statements):
    """`counts(client)`: how many statements each page takes that opens for them."""
    assignment = session.scalars(select(Assignment).order_by(Assignment.id)).first()
    contribution = session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    ).first()

    known = {
        "slug": "b1",
        "reference": "2026.2",
        "row_id": office.tie_id,
        "contact_id": assignment.contact_id,
        "institution_id": assignment.institution_id,
        "day": "2026-03-18",
        "act_id": office.act_id,
    }

    def counted(client) -> dict[str, int]:
        found = {}
        for rule in app.url_map.iter_rules():
            if "GET" not in rule.methods or rule.endpoint in NOT_PAGES:
                continue
            values = values_of(rule, assignment, contribution)
            values |= {name: known[name] for name in rule.arguments & known.keys()}
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(rule.endpoint, values)
            with statements("SELECT") as seen:
                reply = client.get(path)
            if reply.status_code == 200:
                found[rule.endpoint] = len(seen)
        return found

    return counted


@pytest.mark.parametrize(
    "visitor", [Visitor.ADMIN, Visitor.CONTACT, Visitor.LINK, Visitor.GUEST]
)
def test_no_page_takes_more_statements_for_many_rows(office, visit, counts, visitor):
    client = visit(visitor)
    counts(client)  # what a process reads once is read
    one = counts(client)
    office.more(MANY - 1)
    many = counts(client)
    assert {
        name: (one[name], many[name]) for name in one if many[name] > one[name]
    } == {}
    assert {name: n for name, n in many.items() if n > MORE.get(name, MOST)} == {}
