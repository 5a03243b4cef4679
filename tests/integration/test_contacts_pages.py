"""The office's pages of contacts and closures."""

import pytest
from sqlalchemy import select

from emnnet.domain.absences import AwayNote
from emnnet.domain.addressing import Stand
from emnnet.domain.roles import Role
from emnnet.models.absence import Absence, Closure
from emnnet.models.contact import Contact
from emnnet.services.absences import note_absence
from tests.builders import COORDINATOR, a_contact, an_institution
from tests.conftest import NOON
from tests.integration.partners import fresh

TODAY = NOON.date()


@pytest.fixture
def institution(session):
    return an_institution(session, slug="vsat", email="first@example.org")


@pytest.fixture
def client(signed_in):
    return signed_in(Role.COORDINATOR)


def contacts(session):
    return fresh(session).scalars(select(Contact).order_by(Contact.position)).all()


def a_form(**given):
    defaults = {
        "role_title": "Deputy",
        "email": "deputy@example.org",
        "language": "lt",
        "position": "2",
        "for_routing": "y",
    }
    return defaults | given


def test_a_contact_is_added_and_stands_in_its_place(session, client, institution):
    reply = client.post("/institutions/vsat/contacts/new", data=a_form())
    assert reply.status_code == 303
    assert [one.email for one in contacts(session)] == [
        "first@example.org",
        "deputy@example.org",
    ]
    page = client.get("/institutions/vsat/contacts").text
    assert "Mail of today goes to first@example.org" in page


def test_the_first_in_order_gets_the_mail(session, client, institution):
    (first,) = contacts(session)
    client.post("/institutions/vsat/contacts/new", data=a_form(position="1"))
    form = a_form(position="5", email=first.email, role_title="Focal point")
    client.post(f"/institutions/vsat/contacts/{first.id}", data=form)
    page = client.get("/institutions/vsat/contacts").text
    assert "Mail of today goes to deputy@example.org" in page


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"email": "nobody"}, 409, "Enter an e-mail address such as"),
        ({"email": "FIRST@example.org"}, 409, "is a contact of this institution"),
        ({"for_routing": ""}, 409, "Tick at least one thing"),
        ({"position": "x"}, 422, "Enter a number from 1 to 99."),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, 409, "The last day"),
        ({"valid_to": "31.02.2026"}, 422, "31.02.2026"),
    ],
)
def test_what_cannot_be_is_explained(session, client, institution, given, status, said):
    form = {name: value for name, value in a_form(**given).items() if value}
    reply = client.post("/institutions/vsat/contacts/new", data=form)
    assert (reply.status_code, said in reply.text) == (status, True)
    assert len(contacts(session)) == 1
    assert 'value="Deputy"' in reply.text


def test_a_refused_address_that_is_vouched_for_is_written_to_again(
    session, client, institution
):
    (first,) = contacts(session)
    first.refused_at, first.refusal = NOON, "550 unknown"
    session.commit()
    page = client.get(f"/institutions/vsat/contacts/{first.id}").text
    assert "550 unknown" in page
    form = a_form(email=first.email, try_again="y")
    client.post(f"/institutions/vsat/contacts/{first.id}", data=form)
    assert contacts(session)[0].refused_at is None


def test_the_office_writes_an_absence_down_and_ends_it(session, client, institution):
    (first,) = contacts(session)
    path = f"/institutions/vsat/contacts/{first.id}/away"
    data = {"begins": "16.03.2026", "until": "20.03.2026", "stand": "next"}
    assert client.get(path).status_code == 200
    assert client.post(path, data=data).status_code == 303
    page = client.get("/institutions/vsat/contacts").text
    assert "Nobody can be written to" in page
    absence = fresh(session).scalars(select(Absence)).one()
    client.post(f"/institutions/vsat/contacts/absences/{absence.id}/end")
    page = client.get("/institutions/vsat/contacts").text
    assert "Mail of today goes to first@example.org" in page


def test_a_proposed_address_is_confirmed_on_the_page(session, client, institution):
    (first,) = contacts(session)
    note = AwayNote(TODAY, None, Stand.PROPOSED, None, "new@example.org", "Deputy")
    absence = note_absence(session, first, note, by=COORDINATOR, now=NOON)
    session.commit()
    page = client.get("/institutions/vsat/contacts").text
    assert "Proposed to stand in: new@example.org" in page
    client.post(f"/institutions/vsat/contacts/absences/{absence.id}/confirm")
    page = client.get("/institutions/vsat/contacts").text
    assert "Mail of today goes to new@example.org" in page


def test_an_absence_is_reached_through_its_own_institution_only(
    session, client, institution
):
    other = a_contact(session, an_institution(session, slug="other"))
    note = AwayNote(TODAY, TODAY, Stand.NEXT)
    absence = note_absence(session, other, note, by=COORDINATOR, now=NOON)
    session.commit()
    reply = client.post(f"/institutions/vsat/contacts/absences/{absence.id}/end")
    assert reply.status_code == 404


def closure_form(body, **given):
    defaults = {
        "institution": str(body.id),
        "begins": "2026-03-16",
        "until": "2026-03-20",
        "reason": "summer closing",
        "substitute": "",
    }
    return defaults | given


def test_a_closure_is_noted_shown_and_taken_back(session, client, institution):
    reply = client.post("/settings/closures", data=closure_form(institution))
    assert reply.status_code == 303
    assert "summer closing" in client.get("/settings/closures").text
    page = client.get("/institutions/vsat/contacts").text
    assert "Mail waits until Sat 21 Mar 2026" in page
    closure = fresh(session).scalars(select(Closure)).one()
    client.post(f"/settings/closures/{closure.id}/end")
    assert "No institution is closed" in client.get("/settings/closures").text


def test_overlapping_closures_are_refused_with_the_days(session, client, institution):
    client.post("/settings/closures", data=closure_form(institution))
    again = closure_form(institution, begins="2026-03-20", until="2026-03-27")
    reply = client.post("/settings/closures", data=again)
    assert reply.status_code == 409
    said = "is closed from Mon 16 Mar 2026 to Fri 20 Mar 2026 already."
    assert said in reply.text
    assert 'value="2026-03-27"' in reply.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"institution": ""}, "Choose the institution."),
        ({"begins": ""}, "Enter the first day."),
        ({"until": "tomorrow"}, "tomorrow"),
        ({"reason": " "}, "Say why it is closed."),
    ],
)
def test_half_a_closure_is_not_kept(session, client, institution, given, said):
    form = closure_form(institution, **given)
    reply = client.post("/settings/closures", data=form)
    assert (reply.status_code, said in reply.text) == (422, True)
    assert fresh(session).scalars(select(Closure)).all() == []


def test_the_page_of_closures_lists_who_is_away(session, client, institution):
    (first,) = contacts(session)
    note = AwayNote(TODAY, None, Stand.PROPOSED, None, "new@example.org", "Deputy")
    note_absence(session, first, note, by=COORDINATOR, now=NOON)
    session.commit()
    page = client.get("/settings/closures").text
    assert ("to be confirmed" in page, "new@example.org" in page) == (True, True)
