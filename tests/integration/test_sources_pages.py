"""Sources of the network's facts: listed with what they back, added, changed."""

import re

import pytest
from sqlalchemy import select

from emnnet.domain.network import Standing
from emnnet.domain.roles import Role
from emnnet.models.institution import InstitutionFact
from emnnet.models.network_change import NetworkAct
from emnnet.models.source import Source
from tests.builders import an_institution
from tests.integration.partners import fresh
from tests.integration.shipped_network import load_lithuania


@pytest.fixture
def client(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def source(session):
    """A source that backs one fact."""
    told = {"abbreviation": "VSAT", "function_en": "Guards the border."}
    body = an_institution(session, slug="vsat", **told)
    source = Source(code="law", address="https://example.org/law", title="Law 1")
    session.add(source)
    session.add(
        InstitutionFact(
            institution_id=body.id,
            aspect="function",
            standing=Standing.SOURCED,
            source_codes=["law"],
        )
    )
    session.commit()
    return source


def the_form(**given):
    return {
        "title": "Law 2",
        "address": "https://example.org/law2",
        "read_on": "2026-11",
        "why": "A newer wording",
    } | given


def last_act(session):
    return fresh(session).scalars(
        select(NetworkAct).order_by(NetworkAct.id.desc())
    ).first()  # fmt: skip


def test_the_list_says_what_each_source_backs(session, client):
    load_lithuania(session)
    page = client.get("/keeping/sources").text
    assert 'id="source-n1"' in page
    assert "MD: What it does" in page


def test_a_source_is_changed_where_it_stands_and_its_facts_stay(
    session, client, source
):
    page = client.get("/keeping/sources/law").text
    assert "VSAT: What it does" in page
    assert client.post("/keeping/sources/law", data=the_form()).status_code == 303
    row = fresh(session).scalars(select(Source)).one()
    assert (row.code, row.title, row.as_of, row.read_on) == (
        "law",
        "Law 2",
        "2026-11",
        None,
    )
    act = last_act(session)
    assert client.post(f"/keeping/history/{act.id}/undo").status_code == 303
    assert fresh(session).scalars(select(Source.title)).one() == "Law 1"


def test_a_source_is_added_under_a_short_name_of_its_title(session, client):
    form = the_form(title="Įsakymas Nr. 1", read_on="20.11.2026")
    assert client.post("/keeping/sources/new", data=form).status_code == 303
    row = fresh(session).scalars(select(Source)).one()
    assert (row.code, str(row.read_on)) == ("isakymas-nr-1", "2026-11-20")
    again = client.post("/keeping/sources/new", data=form)
    assert again.status_code == 409
    assert "There is a source “isakymas-nr-1” already" in again.text


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"address": "javascript:alert(1)"},
        {"address": ""},
        {"read_on": "2026-13"},
        {"why": ""},
    ],
    ids=str,
)
def test_what_is_wrong_is_told_and_nothing_is_changed(session, client, source, bad):
    reply = client.post("/keeping/sources/law", data=the_form(**bad))
    assert reply.status_code in {409, 422}
    assert "There is a problem" in reply.text
    assert last_act(session) is None


def test_only_a_source_that_backs_nothing_is_taken_out(session, client, source):
    assert "Take it out" not in client.get("/keeping/sources/law").text
    refused = client.post("/keeping/sources/law/remove")
    assert refused.status_code == 409
    assert "How many: 1" in refused.text
    client.post("/keeping/sources/new", data=the_form(code="unused"))
    page = client.get("/keeping/sources/unused").text
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    gone = client.post("/keeping/sources/unused/remove", data={"seen": seen})
    assert gone.status_code == 303
    assert fresh(session).scalars(select(Source.code)).all() == ["law"]


def test_adding_a_source_is_not_undone_once_a_fact_names_it(session, client):
    an_institution(session, slug="vsat")
    client.post("/keeping/sources/new", data=the_form(code="law"))
    added = last_act(session).id
    form = {"aspect": "function", "standing": "sourced", "source_codes": "law"}
    saved = client.post("/keeping/vsat/fact/0", data=form | {"why": "Law"})
    assert saved.status_code == 303
    reply = client.post(f"/keeping/history/{added}/undo")
    assert reply.status_code == 409
    assert "It is named by: What a fact stands on." in reply.text
    assert fresh(session).scalars(select(Source.code)).one() == "law"


def test_facts_lead_coordinators_to_their_sources_and_nobody_else(
    session, client, source
):
    link = 'href="/keeping/sources/law"'
    assert link in client.get("/keeping/vsat").text
    assert link in client.get("/institutions/vsat").text
    stranger = client.application.test_client()
    assert link not in stranger.get("/institutions/vsat").text
    assert stranger.get("/keeping/sources").status_code == 303
