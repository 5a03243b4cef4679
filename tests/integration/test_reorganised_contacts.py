"""Contacts and lines of command in a reorganisation."""

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError
from emnnet.domain.reorganisation import Reform
from emnnet.models.contact import Contact
from tests.builders import a_contact, an_institution
from tests.integration.test_reorganisation import do, tie


def test_a_move_under_ones_own_branch_is_refused_with_the_chain(session):
    body = an_institution(session, abbreviation="A")
    child = an_institution(session, abbreviation="B")
    tie(session, child, body)
    with pytest.raises(DomainError) as refused:
        do(session, Reform.MOVE, body, heirs=[child])
    assert "A → B → A" in str(refused.value)


def test_a_body_that_was_followed_does_not_end_once_more(session):
    body, heir, other = (an_institution(session) for _ in range(3))
    do(session, Reform.MERGE, body, heirs=[heir])
    session.commit()
    with pytest.raises(DomainError) as refused:
        do(session, Reform.MERGE, body, heirs=[other])
    assert "has a successor already" in str(refused.value)


def test_a_contact_the_heir_has_already_is_not_doubled(session):
    unit = an_institution(session, email="same@example.org")
    heir = an_institution(session, email="Same@example.org")
    a_contact(session, unit, email="other@example.org")
    do(session, Reform.MERGE, unit, heirs=[heir])
    theirs = session.scalars(
        select(Contact.email).where(Contact.institution_id == heir.id)
    ).all()
    assert sorted(theirs) == ["Same@example.org", "other@example.org"]


def test_d12_the_old_address_leads_on_to_the_successor(session, client):
    unit = an_institution(session, slug="old-unit")
    heir = an_institution(session, slug="heir", name_en="The heir")
    do(session, Reform.MERGE, unit, heirs=[heir])
    session.commit()
    page = client.get("/institutions/old-unit")
    assert page.status_code == 200
    assert '<a href="/institutions/heir">The heir</a>' in page.text
    before = client.get("/institutions/old-unit?as_of=2025-06-01").text
    assert "Its tasks went to" not in before
