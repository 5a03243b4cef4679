"""Answering in tests: five questions to one institution, and what came of them."""

from datetime import timedelta

from sqlalchemy import select

from emnnet.domain.contributing import Refusal
from emnnet.domain.lifecycle import ContributionStatus, DeclineReason
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.contributions import cells_of
from emnnet.services.contributions import submit
from tests.builders import a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import FOCAL_POINT, fresh

LATER = NOON + timedelta(hours=1)
OTHER = Actor(ActorKind.PERSON, "Colleague", Role.CONTACT, None)
NOT_OURS = Refusal(DeclineReason.NOT_COMPETENT, "Ask the police.", None, "Police")
NO_DATA = Refusal(DeclineReason.NO_DATA)
S = ContributionStatus


def five_questions(session):
    """Five questions to one institution; a coordinator holds the query."""
    query = a_query(session, questions=5)
    query.coordinator_id = a_user(session, email="coordinator@example.org").id
    institution = an_institution(session, email="focal.point@example.org")
    return an_assignment(session, query=query, institution=institution)


def statuses(session, assignment):
    fresh(session)
    return [cell.status for cell in cells_of(session, assignment)]


def mails(session):
    rows = fresh(session).scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.kind, row.recipient) for row in rows]


def send(session, assignment, contributions, **given):
    how = {"by": FOCAL_POINT, "now": LATER} | given
    result = submit(session, assignment, contributions, **how)
    session.commit()
    return result
