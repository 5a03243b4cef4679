"""The network's page: drawn with stored places, told in a table and a sentence."""

import json
import re

import pytest
from sqlalchemy import func, select

from emnnet.child import Limits
from emnnet.domain.network import MembershipKind, Standing
from emnnet.domain.roles import Role
from emnnet.graphs import layout
from emnnet.jobs.layouts import arrange_network
from emnnet.models.institution import Institution
from emnnet.models.layout import Layout
from emnnet.models.membership import Membership
from tests.builders import an_institution
from tests.integration.shipped_network import load_lithuania


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def data_in(page):
    """What vis-network is given."""
    found = re.search(r'id="network-data">(.*?)</script>', page.text, re.DOTALL)
    return json.loads(found.group(1))


def a_member(session, kind=MembershipKind.PARTNER, **given):
    body = an_institution(session, **given)
    session.add(
        Membership(institution_id=body.id, kind=kind, standing=Standing.SOURCED)
    )
    session.commit()
    return body


def layouts(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Layout))


def test_the_network_is_told_in_one_sentence(lithuania, client):
    page = client.get("/network").text
    assert "17 partners: 12 government (70.6\u00a0%), 5 others (29.4\u00a0%)." in page


def test_drawing_and_table_show_the_same_members(lithuania, client):
    page = client.get("/network")
    drawn = {node["id"] for node in data_in(page)["nodes"]}
    table = page.text.partition('id="members"')[2]
    named = set(re.findall(r'scope="row"><a href="/institutions/([\w-]+)"', table))
    assert len(drawn) == 18  # the 17 partners and the coordinator
    assert drawn == named


def test_every_partner_is_tied_to_the_coordinator(lithuania, client):
    edges = data_in(client.get("/network"))["edges"]
    tied = {
        end
        for edge in edges
        if "iom" in {edge["from"], edge["to"]}
        for end in (edge["from"], edge["to"])
    }
    assert len(tied) == 18


def test_all_institutions_are_drawn_on_wish(lithuania, client):
    data = data_in(client.get("/network?everybody=y"))
    assert len(data["nodes"]) == 35
    assert {edge["kind"] for edge in data["edges"]} >= {
        "appeal_to",
        "coordinates",
        "partner_of",
        "subordinate_to",
    }


def test_places_are_computed_once_and_stored(app, lithuania, client):
    assert arrange_network(app) == 4  # two languages, members and everybody
    assert arrange_network(app) == 0
    row = lithuania.scalars(select(Layout).order_by(Layout.id).limit(1)).one()
    moved = {slug: [x + 1000, y] for slug, (x, y) in row.places.items()}
    row.places = moved
    lithuania.commit()
    nodes = data_in(client.get("/network"))["nodes"]
    assert {node["id"]: [node["x"], node["y"]] for node in nodes} == moved


def test_a_changed_network_is_placed_anew(app, lithuania):
    arrange_network(app)
    a_member(lithuania, slug="new")
    assert arrange_network(app) == 4
    assert layouts(lithuania) == 8


def test_looking_at_the_page_stores_nothing(lithuania, client):
    assert client.get("/network").status_code == 200
    assert layouts(lithuania) == 0


def test_loading_the_network_places_it(app, session):
    told = app.test_cli_runner().invoke(args=["network", "load"]).output
    assert "Drawings of the network laid out: 4" in told
    assert layouts(session) == 4
    again = app.test_cli_runner().invoke(args=["network", "layout"]).output
    assert again == "Drawings of the network laid out: 0\n"


def test_the_network_of_an_earlier_day_has_the_names_of_that_day(lithuania, client):
    page = client.get("/network?as_of=2022-12-31")
    labels = {node["id"]: node["label"] for node in data_in(page)["nodes"]}
    assert (labels["vda"], labels["pia"]) == ("LSD", "PPC / RRC")
    assert "No member on this day" in client.get("/network?as_of=2009-02-24").text


def test_k01_the_page_names_no_foreign_host(lithuania, client):
    page = client.get("/network").text
    assert re.findall(r'(?:src|href)="(https?://[^"]*)"', page) == []
    assert re.findall(r"\sstyle=|<style|\son\w+=", page) == []


def test_k02_diacritics_are_right_in_label_title_and_table(session, client):
    name = "Užimtumo tarnyba – Šiaulių sk."
    a_member(session, slug="sk", name_en=name, abbreviation="ŠS")
    a_member(session, slug="gr", name_en="Υπουργείο Μετανάστευσης", abbreviation="ΥΜ")
    page = client.get("/network")
    nodes = {node["id"]: node for node in data_in(page)["nodes"]}
    assert (nodes["sk"]["label"], nodes["gr"]["label"]) == ("ŠS", "ΥΜ")
    assert nodes["sk"]["name"] == name
    assert f">{name}</a>" in page.text


def test_script_in_a_name_stays_text(session, client):
    a_member(session, name_en="</script><script>alert(1)</script>", abbreviation="")
    page = client.get("/network")
    assert "<script>alert" not in page.text
    assert data_in(page)["nodes"][0]["name"] == "</script><script>alert(1)</script>"


def test_when_the_drawing_takes_too_long_the_table_stands_with_a_plain_sentence(
    lithuania, client, monkeypatch
):
    monkeypatch.setattr(layout, "_LIMITS", Limits(seconds=0))
    page = client.get("/network?everybody=y")
    assert "The drawing could not be made" in page.text
    assert "The same in words" in page.text
    assert "network-data" not in page.text


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_takes_four_statements_whatever_its_size(
    session, signed_in, statements, count
):
    a_member(session, MembershipKind.NCP_COORDINATOR)
    for _ in range(count):
        a_member(session, email=None)
    office = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        page = office.get("/network")
    assert len(data_in(page)["nodes"]) == count + 1
    assert len(seen) == 3  # the account, all that was ever recorded, places


def test_without_a_network_the_page_says_what_to_do(session, client):
    assert "emnnet network load" in client.get("/network").text
    assert session.scalars(select(Institution)).all() == []
