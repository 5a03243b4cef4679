"""The network on wish: work, themes, surroundings, ways, groups, files, layouts."""

import json
import re
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.network import MembershipKind, Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.tie import Tie
from tests.builders import a_query, an_assignment, an_institution
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_network_page import data_in

ŠIAULIAI = "Užimtumo tarnyba – Šiaulių sk."
GREEK = "Υπουργείο Μετανάστευσης"
HOSTILE = "</script><script>alert('x')</script>=1+1"


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


@pytest.fixture
def strangers(session):
    """Members named so that every careless writer breaks."""
    for slug, name in (("sk", ŠIAULIAI), ("gr", GREEK), ("bad", HOSTILE)):
        body = an_institution(
            session, slug=slug, name_en=name, name_lt=name, abbreviation=""
        )
        kind = MembershipKind.PARTNER
        session.add(
            Membership(institution_id=body.id, kind=kind, standing=Standing.SOURCED)
        )
    session.commit()
    return session


def drawn(page):
    return {node["id"] for node in data_in(page)["nodes"]}


def kinds(page):
    return {edge["kind"] for edge in data_in(page)["edges"]}


def worked(session, *slugs, **given):
    """A query that these bodies were asked."""
    query = a_query(session, **given)
    for slug in slugs:
        body = session.scalar(select(Institution).where(Institution.slug == slug))
        role = CellRole.CONTRIBUTES
        an_assignment(session, query=query, institution=body, role=role)


def test_themes_are_drawn_on_wish(lithuania, client):
    page = client.get("/network?themes=y")
    assert kinds(page) >= {"lead", "contributing"}
    themes = [n for n in data_in(page)["nodes"] if n["group"] == "theme"]
    assert themes[0]["url"].startswith("/queries?theme=")


def test_work_is_drawn_for_the_office_with_a_way_to_its_queries(lithuania, signed_in):
    worked(lithuania, "md", "vsat")
    office = signed_in(Role.COORDINATOR)
    page = office.get("/network?tie=asked_together")
    (edge,) = data_in(page)["edges"]
    assert (edge["count"], edge["kind"]) == (1, "asked_together")
    listed = office.get(edge["url"]).text
    assert "1 query" in listed
    assert "Family reunification" in listed
    assert f'href="{edge["url"].replace("&", "&amp;")}"' in page.text


def test_a_country_leads_to_the_queries_behind_its_number(lithuania, signed_in, client):
    worked(lithuania, "md", requester_code="NL", requester_printed="NL EMN NCP")
    office = signed_in(Role.COORDINATOR)
    (edge,) = [
        e
        for e in data_in(office.get("/network?countries=y"))["edges"]
        if e["kind"] == "asked_by"
    ]
    listed = office.get(edge["url"]).text
    assert (
        "Migration Department under the Ministry of the Interior – Netherlands"
        in listed
    )
    assert "1 query" in listed
    assert "Family reunification" in listed
    assert "No query to show" in client.get(edge["url"]).text


def test_a_visitor_is_not_told_who_was_asked(lithuania, client):
    worked(lithuania, "md", "vsat")
    page = client.get("/network?tie=asked_together")
    assert data_in(page)["edges"] == []
    asked = "/network/queries?kind=asked_together&first=md&second=vsat"
    assert "No query to show" in client.get(asked).text
    assert 'value="asked_together"' not in page.text
    assert client.get("/network/queries?kind=x").status_code == 404


@pytest.mark.parametrize(("steps", "more"), [(1, set()), (2, {"vsat"})])
def test_surroundings_reach_so_many_ties(lithuania, client, steps, more):
    page = client.get(f"/network?focus=md&steps={steps}&tie=structure")
    around = drawn(page)
    assert around >= {"md", "vrm", "iom"} | more
    assert ("vsat" in around) is bool(more)


def test_a_way_between_two_is_told_and_marked(lithuania, client):
    page = client.get("/network?start=vsat&end=md&tie=structure")
    marked = {n["id"] for n in data_in(page)["nodes"] if n.get("marked")}
    assert len(marked) == 3
    assert "A shortest way, 2 ties:" in page.text
    nowhere = client.get("/network?start=vsat&end=nobody")
    assert "No tie that is drawn leads" in nowhere.text


def test_search_is_folded_and_told_without_script(strangers, client):
    for words in ("siauliu", "ŠIAULIŲ", "tarnyba siauliu"):
        assert f">{ŠIAULIAI}</a>" in client.get(f"/network?q={words}").text
    assert "Nothing in this drawing is called" in client.get("/network?q=zzz").text


def test_sectors_narrow(lithuania, client):
    page = client.get("/network?sector=ngo")
    assert {n["group"] for n in data_in(page)["nodes"]} == {"ngo"}


def test_a_year_that_is_none_is_told_at_its_field(lithuania, client):
    page = client.get("/network?first_year=12&tie=answered_together")
    assert page.status_code == 422
    assert "Enter a year such as 2024." in page.text


@pytest.mark.parametrize(
    "asked",
    ["focus=%00", "steps=99", "tie=x", "sector=x", "group=nobody", "theme=x", "q=%F0"],
)
def test_what_is_unknown_asks_for_nothing(lithuania, client, asked):
    assert client.get(f"/network?{asked}").status_code == 200


def test_k02_files_carry_every_letter(strangers, client):
    for name in (ŠIAULIAI, GREEK):
        for ending in ("svg", "graphml", "csv"):
            content = client.get(f"/network.{ending}").data.decode("utf-8-sig")
            words = name.replace("–", "").split()
            assert [word for word in words if word not in content] == []
        html = client.get("/network.html").data.decode()
        assert name in html


def test_k02_the_name_of_a_file_is_lithuanian_for_lithuanians(lithuania, client):
    headers = {"Accept-Language": "lt"}
    told = client.get("/network.svg", headers=headers).headers["Content-Disposition"]
    assert told.startswith("attachment; filename")


def test_hostile_labels_stay_text_in_every_file(strangers, client):
    svg = client.get("/network.svg").data
    assert b"<script" not in svg
    ElementTree.fromstring(svg)  # noqa: S314 -- our own file
    ElementTree.fromstring(client.get("/network.graphml").data)  # noqa: S314
    html = client.get("/network.html").data.decode()
    assert "<script>alert" not in html
    csv = client.get("/network.csv").data.decode("utf-8-sig")
    assert not re.search(r"(^|,)=", csv, re.M)


def test_k01_the_offline_page_names_no_foreign_host(lithuania, client):
    html = client.get("/network.html").data.decode()
    assert "default-src 'none'" in html
    assert "unsafe" not in html.partition("</head>")[0]
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"]*)"', markup) == []


def test_an_unknown_file_is_not_there(lithuania, client):
    assert client.get("/network.exe").status_code == 404


def test_a_file_holds_what_the_page_shows(lithuania, client):
    csv = client.get("/network.csv?sector=ngo").data.decode("utf-8-sig")
    assert len(csv.splitlines()) == 1 + len(drawn(client.get("/network?sector=ngo")))
    ties = client.get("/network.csv?what=ties").data.decode("utf-8-sig")
    edges = data_in(client.get("/network"))["edges"]
    assert len(ties.splitlines()) == 1 + len(edges)


def test_k07_a_network_too_large_stands_in_groups_that_open(session, client):
    head = an_institution(session, slug="top", email=None)
    for number in range(12):
        unit = an_institution(session, slug=f"unit{number}", email=None)
        session.add(_under(unit, head))
        for part in range(45):
            below = an_institution(session, slug=f"u{number}-{part}", email=None)
            session.add(_under(below, unit))
    session.commit()
    page = client.get("/network?everybody=y")
    groups = {node["id"]: node for node in data_in(page)["nodes"]}
    assert len(groups) == 13
    assert groups["unit3"]["label"].endswith("(46)")
    assert "too many bodies" in page.text
    inside = client.get(groups["unit3"]["url"])
    assert len(drawn(inside)) == 46


def _under(body, head):
    return Tie(
        from_institution_id=body.id,
        to_institution_id=head.id,
        kind=TieKind.SUBORDINATE_TO,
        standing=Standing.SOURCED,
    )


def places_of(page):
    return {n["id"]: [n["x"], n["y"]] for n in data_in(page)["nodes"]}


def test_a_saved_layout_is_seen_by_everybody_and_reset(lithuania, client, signed_in):
    office = signed_in(Role.COORDINATOR)
    before = places_of(client.get("/network"))
    moved = {**before, "md": [1234.5, -77]}
    form = {"places": json.dumps(moved), "version": 0}
    assert office.post("/network/layout", data=form).status_code == 303
    assert places_of(client.get("/network")) == moved
    assert "Version 1 of the layout" in office.get("/network").text
    focused = places_of(client.get("/network?focus=md"))
    assert focused["md"] == [1234.5, -77]
    assert office.post("/network/layout/reset").status_code == 303
    assert places_of(client.get("/network")) == before


def test_who_saves_second_is_told_and_keeps_what_was_arranged(lithuania, signed_in):
    office = signed_in(Role.COORDINATOR)
    first = {"places": '{"md": [1, 2]}', "version": 0}
    office.post("/network/layout", data=first)
    second = office.post(
        "/network/layout", data={"places": '{"md": [3, 4]}', "version": 0}
    )
    assert second.status_code == 409
    assert "has saved another layout meanwhile" in second.text
    assert places_of(second)["md"] == [3, 4]
    assert places_of(office.get("/network"))["md"] == [1, 2]


BROKEN = (
    *("", "{", "[]", "{}", '{"md": 1}', '{"md": [1]}', '{"md": [1, "x"]}'),
    *('{"md": [NaN, 1]}', '{"md": [1e9, 1]}', '{"md": [true, 1]}', "[" * 9999),
)


@pytest.mark.parametrize("places", BROKEN)
def test_a_broken_layout_changes_nothing(lithuania, signed_in, places):
    office = signed_in(Role.COORDINATOR)
    before = places_of(office.get("/network"))
    page = office.post("/network/layout", data={"places": places, "version": 0})
    assert page.status_code == 422
    assert "The layout could not be read" in page.text
    assert places_of(office.get("/network")) == before


@pytest.mark.any_database
def test_five_megabytes_of_labels_stay_bounded(session, client):
    body = an_institution(session, slug="long", name_en="Ž" * 5_000_000, email=None)
    kind = MembershipKind.PARTNER
    session.add(
        Membership(institution_id=body.id, kind=kind, standing=Standing.SOURCED)
    )
    session.commit()
    assert client.get("/network?q=z").status_code == 200
    assert client.get("/network.svg").status_code == 200
