"""The wizard of reorganisations: choose, details, preview, who gets what, done."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.network import Level, Standing
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.network_change import NetworkAct
from emnnet.models.theme import Theme
from emnnet.services.reorganisation import follow_planned
from tests.builders import COORDINATOR, a_contact, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import fresh
from tests.integration.test_keeping_pages import a_tie_form, last_act

TODAY = NOON.date()


@pytest.fixture
def client(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def vsat(session):
    return an_institution(session, slug="vsat", abbreviation="VSAT")


@pytest.fixture
def vrm(session):
    return an_institution(session, slug="vrm", abbreviation="VRM")


def seen_in(page) -> str:
    return re.search(r'name="seen" type="hidden" value="([\w-]+)"', page.text).group(1)


def a_merger(vsat, vrm, **given):
    return {
        "reform": "merge",
        "body": str(vsat.id),
        "heir": str(vrm.id),
        "cutover_on": TODAY.isoformat(),
        "takes_contacts": "y",
        "why": "Law 1",
    } | given


def test_a_reorganisation_is_previewed_done_and_undone(session, client, vsat, vrm):
    assignment = an_assignment(session, institution=vsat)
    start = client.get("/keeping/reorganise?body=vsat").text
    assert "Step 1 of 3" in start
    assert "Step 2 of 3" in client.get(
        f"/keeping/reorganise?body={vsat.id}&reform=merge"
    ).text.replace("&#39;", "'")
    page = client.post("/keeping/reorganise/preview", data=a_merger(vsat, vrm))
    assert page.status_code == 200
    assert "Nothing has changed yet" in page.text
    assert assignment.query.title in page.text
    assert fresh(session).scalars(select(NetworkAct)).all() == []
    seen = seen_in(page)
    done = client.post("/keeping/reorganise", data=a_merger(vsat, vrm, seen=seen))
    assert done.status_code == 303
    moved = select(Assignment.institution_id)
    assert fresh(session).scalars(moved).all() == [vrm.id]
    act = last_act(session)
    assert client.post(f"/keeping/history/{act.id}/undo").status_code == 303
    assert fresh(session).scalars(moved).all() == [vsat.id]


def test_a_preview_that_was_overtaken_is_shown_again(session, client, vsat, vrm):
    page = client.post("/keeping/reorganise/preview", data=a_merger(vsat, vrm))
    seen = seen_in(page)
    client.post("/keeping/vsat/tie/0", data=a_tie_form(vrm))
    done = client.post("/keeping/reorganise", data=a_merger(vsat, vrm, seen=seen))
    assert done.status_code == 409
    assert "Look at it again" in done.text
    assert fresh(session).get(Institution, vsat.id).valid_to is None


@pytest.mark.parametrize(
    "bad",
    [
        {"heir": ""},
        {"heir": "999"},
        {"body": "x"},
        {"cutover_on": "tomorrow-ish"},
        {"why": ""},
        {"founded": "one name only"},
        {"reform": "revolution"},
    ],
    ids=str,
)
def test_a_bad_plan_is_told_and_changes_nothing(session, client, vsat, vrm, bad):
    data = a_merger(vsat, vrm, **bad)
    reply = client.post("/keeping/reorganise/preview", data=data)
    assert reply.status_code in {409, 422}
    assert "There is a problem" in reply.text
    assert fresh(session).scalars(select(NetworkAct)).all() == []


def test_a_planned_one_says_what_moves_on_the_day(session, client, vsat, vrm):
    an_assignment(session, institution=vsat)
    day = (TODAY + timedelta(days=20)).isoformat()
    data = a_merger(vsat, vrm, cutover_on=day)
    page = client.post("/keeping/reorganise/preview", data=data).text
    assert "These move on the day itself" in page


def test_what_nobody_takes_over_is_told_before(session, client, vsat):
    an_assignment(session, institution=vsat)
    data = a_merger(vsat, vsat, reform="end", heir="")
    page = client.post("/keeping/reorganise/preview", data=data).text
    assert "Nobody takes these over" in page


@pytest.fixture
def shared(session, vsat):
    """A body with two competences, two contacts, and a query with the second one."""
    for place, slug in enumerate(("borders", "visas"), 1):
        theme = Theme(slug=slug, name_en=slug, name_lt=slug, position=place)
        theme.keywords = {}
        session.add(theme)
        session.flush()
        backed = {"standing": Standing.PLAUSIBLE, "source_codes": []}
        part = {"institution_id": vsat.id, "theme_id": theme.id, "level": Level.LEAD}
        session.add(Competence(**part, **backed))
    second = a_contact(session, vsat, role_title="Visa desk")
    assignment = an_assignment(session, institution=vsat)
    assignment.contact_id = second.id
    session.commit()
    return second, assignment


def a_split(vsat, **given):
    return {
        "reform": "split",
        "body": str(vsat.id),
        "founded": "Border guard | Pasieniečiai | BG\nVisa office | Vizų biuras | VO",
        "cutover_on": TODAY.isoformat(),
        "takes_contacts": "y",
        "why": "Law 2",
    } | given


def holders(session, kind):
    """The short names of bodies whose rows hold from today on."""
    rows = select(Institution.abbreviation).join(kind).where(kind.valid_to.is_(None))
    return sorted(fresh(session).scalars(rows).all())


def test_who_gets_what_of_a_split_is_chosen_row_by_row(session, client, vsat, shared):
    contact, assignment = shared
    page = client.post("/keeping/reorganise/preview", data=a_split(vsat))
    assert "Who gets what" in page.text
    assert "with its contact: Visa desk" in page.text
    visas = session.scalars(select(Competence).join(Theme).filter_by(slug="visas"))
    chosen = {
        f"share-competence-{visas.one().id}": "1",
        f"share-contact-{contact.id}": "1",
    }
    early = a_split(vsat, seen=seen_in(page), **chosen)
    again = client.post("/keeping/reorganise", data=early)
    assert again.status_code == 409
    assert "You have changed who gets what" in again.text
    assert fresh(session).scalars(select(NetworkAct)).all() == []

    sent = a_split(vsat, seen=seen_in(again), **chosen)
    assert client.post("/keeping/reorganise", data=sent).status_code == 303
    assert holders(session, Competence) == ["BG", "VO"]
    assert holders(session, Contact) == ["BG", "VO"]
    moved = fresh(session).get_one(Assignment, assignment.id)
    assert (moved.institution.abbreviation, moved.contact_id) == ("VO", contact.id)
    act = last_act(session)
    assert client.post(f"/keeping/history/{act.id}/undo").status_code == 303
    assert holders(session, Competence) == ["VSAT", "VSAT"]
    undone = client.get(f"/keeping/history/{last_act(session).id}").text
    assert "Undone: VSAT split into BG, VO on Mon 16 Mar 2026" in undone
    assert "Tie</span> VO – VSAT" in undone  # bodies that are gone keep their names


@pytest.mark.parametrize("choice", ["2", "-1", "x", ""])
def test_a_choice_of_no_heir_is_told(session, client, vsat, shared, choice):
    contact, _ = shared
    data = a_split(vsat, **{f"share-contact-{contact.id}": choice})
    reply = client.post("/keeping/reorganise/preview", data=data)
    assert reply.status_code == 409
    assert "Choose one of the bodies that follow for each row." in reply.text


def test_what_was_typed_is_kept_on_the_way_back(client, vsat):
    reply = client.post("/keeping/reorganise/details", data=a_split(vsat))
    assert "Visa office | Vizų biuras | VO" in reply.text
    assert "There is a problem" not in reply.text


def test_a_split_to_come_shares_on_its_day(session, client, vsat, shared):
    contact, assignment = shared
    day = (TODAY + timedelta(days=20)).isoformat()
    chosen = {f"share-assignment-{assignment.id}": "1"}
    data = a_split(vsat, cutover_on=day, **chosen)
    page = client.post("/keeping/reorganise/preview", data=data)
    sent = data | {"seen": seen_in(page)}
    assert client.post("/keeping/reorganise", data=sent).status_code == 303
    assert fresh(session).get_one(Assignment, assignment.id).institution_id == vsat.id
    follow_planned(session, by=COORDINATOR, now=NOON + timedelta(days=20))
    session.commit()
    moved = fresh(session).get_one(Assignment, assignment.id)
    assert moved.institution.abbreviation == "VO"
    assert fresh(session).get_one(Contact, contact.id).institution_id != vsat.id
