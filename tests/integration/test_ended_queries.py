"""Withdrawn and deleted queries: mail shared with others, pages, and 30 days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import IllegalAction
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.chases import open_chases
from emnnet.services.query_endings import delete_query, restore_query, withdraw_query
from tests.builders import COORDINATOR, a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import a_link, fresh, let_in
from tests.integration.routing_setup import the_holidays
from tests.integration.test_clock_stops import mails, tick

NEXT = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
WHO = {"by": COORDINATOR, "now": NOW}


@pytest.fixture
def two(session):
    """One institution owes answers to two queries: one mail reminds it of both."""
    the_holidays(session, 2026)
    body = an_institution(session)
    about = {"institution": body, "invited_at": NOON, "due_on": date(2026, 3, 17)}
    asked = [an_assignment(session, query=a_query(session), **about) for _ in range(2)]
    assert tick(session, NEXT) == 2
    session.commit()
    return asked


@pytest.mark.parametrize("end", [withdraw_query, delete_query])
def test_g01_g08_only_its_own_reminder_leaves_the_mail_of_the_day(session, two, end):
    end(session, two[0].query, "Registered twice.", **WHO)

    (mail,) = mails(session, MailKind.REMINDER)
    rows = session.scalars(select(Reminder).order_by(Reminder.assignment_id)).all()
    assert [row.expired_at for row in rows] == [NOW, None]
    assert mail.expired_at is None
    end(session, two[1].query, "That too.", **WHO)
    assert mails(session, MailKind.REMINDER) == []


def test_g01_the_link_says_that_it_was_withdrawn(session, client, two):
    withdraw_query(session, two[0].query, "No longer needed.", **WHO)
    session.commit()
    said = "This query was withdrawn on Wed 18 Mar 2026, 11:00"
    assert said in client.get(a_link(session, two[0])).text
    page = let_in(client, session, two[0])
    assert "This query was withdrawn" in client.get(page).text


def test_g08_nothing_leaves_about_a_deleted_query(session, client, two):
    query = two[0].query
    delete_query(session, query, "Registered twice.", **WHO)
    session.commit()

    chased = [one.assignment_id for one in open_chases(session, NEXT)]
    assert chased == [two[1].id]
    waiting = select(OutboxMessage).where(
        OutboxMessage.query_id == query.id, OutboxMessage.expired_at.is_(None)
    )
    assert session.scalars(waiting).all() == []
    session.commit()
    assert client.get(a_link(session, two[0])).status_code == 404


def test_g08_a_partner_deletes_nothing(session, two, signed_in):
    partner = Actor(ActorKind.LINK, "focal.point@example.org")
    with pytest.raises(IllegalAction, match="Only a coordinator"):
        delete_query(session, two[0].query, "Ours.", by=partner, now=NOW)
    user = a_user(session, Role.CONTACT, institution_id=two[0].institution_id)
    url = f"/desk/queries/{two[0].query_id}/delete"
    assert signed_in(user).post(url, data={"reason": "Ours."}).status_code == 403
    assert fresh(session).get_one(Query, two[0].query_id).deleted_at is None


def test_g08_it_can_be_restored_for_thirty_days(session, two):
    query = two[0].query
    delete_query(session, query, "Registered twice.", **WHO)
    late = NOW + timedelta(days=30, seconds=1)
    with pytest.raises(IllegalAction, match="more than 30 days ago"):
        restore_query(session, query, "It was one.", by=COORDINATOR, now=late)
    last = NOW + timedelta(days=30)
    restore_query(session, query, "It was one.", by=COORDINATOR, now=last)
    assert query.deleted_at is None
