"""A small network to route in, and words for what was asked."""

from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from emnnet.documents.holidays_source import country_holidays
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.network import MembershipKind, Standing
from emnnet.domain.routing_grid import Key
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.routing_cell import RoutingCell
from emnnet.selectors.routing_state import grid_state
from emnnet.services.holidays import load_year
from emnnet.services.outbox import mark_sent
from tests.builders import COORDINATOR, an_institution
from tests.conftest import NOON

LEAD, CONTRIBUTES, INFORMED = CellRole.LEAD, CellRole.CONTRIBUTES, CellRole.INFORMED


def a_partner(session: Session, short: str, **given: Any) -> Institution:
    """An institution of the network, with a contact unless `email` is empty."""
    body = an_institution(session, abbreviation=short, slug=short.lower(), **given)
    session.add(
        Membership(
            institution_id=body.id,
            kind=MembershipKind.PARTNER,
            standing=Standing.SOURCED,
        )
    )
    session.commit()
    return body


def the_holidays(session: Session, *years: int) -> None:
    for year in years:
        days = country_holidays("LT", [year])
        about = {"source": "test", "version": "1", "by": COORDINATOR, "now": NOON}
        load_year(session, "LT", year, days, **about)
    session.commit()


def cells(query: Query, **rows: list[Institution | CellRole]) -> dict[Key, CellRole]:
    """`cells(query, q1=[a, LEAD, b, CONTRIBUTES])`: the cells of question 1."""
    by_label = {f"q{question.label}": question.id for question in query.questions}
    return {
        (by_label[label], body.id): role
        for label, row in rows.items()
        for body, role in zip(row[::2], row[1::2], strict=True)
    }


def planned(session: Session) -> set[tuple[str, str, str]]:
    """What the grid says: question, institution, role."""
    return {
        (row.question.label, row.institution.short, row.role)
        for row in session.scalars(select(RoutingCell))
    }


def asked(session: Session) -> set[tuple[str, str, str]]:
    """What institutions have before them: question, institution, role."""
    rows = select(Contribution).where(Contribution.released_at.is_(None))
    return {
        (row.question.label, row.assignment.institution.short, row.role)
        for row in session.scalars(rows)
    }


def mails(session: Session, kind: MailKind = MailKind.INVITATION) -> list[str]:
    """To whom mail of this kind was promised and not dropped, in order."""
    rows = select(OutboxMessage).where(
        OutboxMessage.kind == kind, OutboxMessage.expired_at.is_(None)
    )
    return [row.institution.short for row in session.scalars(rows.order_by("id"))]


def events(session: Session, kind: str) -> list[dict[str, Any]]:
    rows = select(Event).where(Event.kind == kind).order_by(Event.id)
    return [event.facts for event in session.scalars(rows)]


def the_mail_left(session: Session) -> None:
    """As if the job had run: every invitation is with its reader."""
    for mail in session.scalars(select(OutboxMessage)):
        mark_sent(mail, subject="s", body="b", now=NOON)
        if mail.kind is MailKind.INVITATION and mail.assignment:
            mail.assignment.invited_at = NOON
    session.commit()


def the_assignment(session: Session, body: Institution) -> Assignment:
    return session.scalars(
        select(Assignment).where(Assignment.institution_id == body.id)
    ).one()


def the_cell(session: Session, body: Institution, label: str) -> Contribution:
    mine = the_assignment(session, body).contributions
    return next(one for one in mine if one.question.label == label)


PLAN_DATE = date(2026, 4, 2)  # 5 working days before 10 April; 6 April is a holiday


def post(
    client: FlaskClient, session: Session, url: str, data: Any = None, **options: Any
) -> TestResponse:
    """Post, and let the test's own session see what was committed by it."""
    session.commit()
    reply = client.post(url, data=data, **options)
    session.rollback()
    return reply


def address(query: Query, rest: str = "") -> str:
    """Where the routing of a query is."""
    return f"/desk/queries/{query.id}/routing{rest}"


def the_form(
    session: Session, query: Query, step: str = "save", **rows: Any
) -> dict[str, Any]:
    """The fields of the grid as a browser would send them."""
    chosen = cells(query, **rows).items()
    fields = {f"cell-{question}-{body}": role for (question, body), role in chosen}
    return fields | {"seen": grid_state(session, query).digest, "step": step}
