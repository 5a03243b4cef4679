"""Going where a partner goes: a link, its session, and the fields of a card."""

from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination
from emnnet.domain.links import LinkPurpose
from emnnet.domain.roles import Actor, ActorKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import draft_of
from emnnet.services.drafts import save_draft
from emnnet.services.links import issue_link
from emnnet.web.contributions.marks import mark_of
from tests.conftest import NOON

FOCAL_POINT = Actor(ActorKind.LINK, "focal.point@example.org", "contact")


def a_link(session: Session, assignment: Assignment, *, now: datetime = NOON) -> str:
    """The path of a fresh link, as the mail would carry it."""
    to = find_addressee(session, assignment.institution_id, now.date())
    assert to is not None
    token = issue_link(session, assignment, LinkPurpose.CONTRIBUTE, to, now=now)
    session.commit()
    return f"/link/{token}"


def let_in(client: FlaskClient, session: Session, assignment: Assignment) -> str:
    """Walk through the door; returns the path of the page behind it."""
    reply = client.post(a_link(session, assignment))
    assert reply.status_code == 303, reply.text
    return str(reply.location)


def fresh(session: Session) -> Session:
    """The session, on what is committed by now: SQLite reads on an old state else."""
    session.rollback()
    return session


def cells(session: Session, assignment: Assignment) -> list[Contribution]:
    """Its contributions in the order of questions, fresh from the database."""
    fresh(session)
    return list(
        session.scalars(
            select(Contribution)
            .where(Contribution.assignment_id == assignment.id)
            .order_by(Contribution.id)
        )
    )


def fields(contribution: Contribution, **given: Any) -> dict[str, Any]:
    """What the page would post for one card, with what is typed into it."""
    draft = draft_of(contribution)
    typed = {
        "text": draft.text,
        "dissemination": draft.dissemination or "",
        "as_of": draft.as_of.isoformat() if draft.as_of else "",
        "seen": str(contribution.draft_number),
        "mark": mark_of(draft),
    } | given
    return {
        f"q{contribution.id}-{name}": value for name, value in (typed | given).items()
    }


def a_draft(
    session: Session,
    contribution: Contribution,
    text: str = "No quota applies.",
    dissemination: Dissemination | None = Dissemination.YES,
    *,
    by: Actor = FOCAL_POINT,
    now: datetime = NOON,
) -> Contribution:
    """A saved draft that is ready to be sent."""
    seen = contribution.draft_number
    save_draft(session, contribution, text, dissemination, seen=seen, by=by, now=now)
    session.commit()
    return contribution
