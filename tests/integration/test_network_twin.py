"""The twin of the drawing: the same in sentences, tables and a list."""

import re

import pytest

from emnnet.domain.roles import Role
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_network_page import data_in
from tests.integration.test_network_views import worked
from tests.performance.networks import generated, kept


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def twin_of(client, address: str) -> str:
    """The part of the page below the drawing."""
    return str(client.get(address).text.partition('id="members"')[2])


def heads(twin: str) -> list[str]:
    """What stands at the head of each row."""
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', twin)


def test_sentences_count_what_is_drawn(lithuania, client):
    twin = twin_of(client, "/network")
    assert "Drawn: 18 institutions." in twin
    assert (
        "Ties: partnership in the network 12, subordination 6, cooperation 9." in twin
    )
    assert 'href="/organogram/compare?to=2025-01-01">1 Jan 2025</a>' in twin
    assert "Drawn: 18 institutions, 29 themes." in twin_of(client, "/network?themes=y")


def test_bodies_are_sorted_by_every_column(lithuania, client):
    first = heads(twin_of(client, "/network"))
    assert first[0] == "Migration Department under the Ministry of the Interior"
    by_name = heads(twin_of(client, "/network?sort=name"))
    assert (by_name, len(by_name)) == (sorted(by_name, key=str.casefold), 18)
    assert heads(twin_of(client, "/network?sort=-name")) == by_name[::-1]
    for column in ("short", "sector", "role", "ties", "nothing"):
        found = heads(twin_of(client, f"/network?sort={column}"))
        assert sorted(found) == sorted(first)
    assert 'aria-sort="descending"' in twin_of(client, "/network?sort=-ties")


def test_the_table_of_ties_holds_every_tie_with_its_queries(lithuania, signed_in):
    worked(lithuania, "md", "vsat")
    office = signed_in(Role.COORDINATOR)
    address = "/network?tie=asked_together&tie=structure&twin=ties&sort=-queries"
    page = office.get(address)
    twin = page.text.partition('id="members"')[2]
    assert len(heads(twin)) == len(data_in(page)["edges"])
    first = twin.partition("<tbody>")[2].partition("</tr>")[0]
    assert re.search(r'href="/network/queries\?kind=asked[^"]+">1 query</a>', first)


def test_the_list_holds_each_body_once_under_its_sector(lithuania, client):
    twin = twin_of(client, "/network?twin=list")
    assert twin.count("<details open>") == 4
    linked = re.findall(r'tree-entry"><a href="/institutions/([\w-]+)"', twin)
    drawn = {node["id"] for node in data_in(client.get("/network"))["nodes"]}
    assert (set(linked), len(linked)) == (drawn, 18)


def test_k07_a_large_network_is_told_page_by_page(session, client):
    kept(session, generated(300, 900))
    page = client.get("/network?everybody=y")
    assert len(page.data) < 250_000
    assert "page 1 of 6" in page.text
    seen: set[str] = set()
    for number in range(1, 7):
        seen |= set(heads(twin_of(client, f"/network?everybody=y&page={number}")))
    assert len(seen) == 300
    last = heads(twin_of(client, "/network?everybody=y&page=999"))
    assert len(last) == 50


def test_k07_of_many_bodies_the_members_and_those_searched_for_are_offered(
    session, client
):
    kept(session, generated(300, 300))
    plain = client.get("/network?everybody=y").text
    assert "Offered are the members of the network." in plain
    focus = plain.partition('name="focus"')[2].partition("</select>")[0]
    assert focus.count("<option") == 18  # the partners, and none
    met = client.get("/network?everybody=y&q=Nr. 250").text
    assert (
        met.partition('name="focus"')[2].partition("</select>")[0].count("<option")
        == 19
    )
    chosen = client.get("/network?everybody=y&focus=b250").text
    assert '<option selected value="b250">' in chosen


def test_the_file_has_a_legend_of_marks_and_lines(lithuania, client):
    svg = client.get("/network.svg?everybody=y").data.decode()
    for words in ("government", "outside the network", "subordination", "cooperation"):
        assert f">{words}</text>" in svg
    assert svg.count("The national network") == 0
    assert svg.count(">National network, 2026-03-16<") == 2  # its name, and drawn


def test_k02_the_whole_drawing_is_a_picture(lithuania, client):
    headers = {"Accept-Language": "lt"}
    reply = client.get("/network.png?themes=y", headers=headers)
    assert reply.data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(reply.data[at : at + 4], "big") for at in (16, 20))
    assert (width > 2000, height > 1000) == (True, True)
    name = reply.headers["Content-Disposition"]
    assert name == 'attachment; filename="Nacionalinis tinklas, 2026-03-16.png"'


def test_what_was_chosen_is_what_is_embedded(lithuania, client):
    page = client.get("/network?sector=ngo&as_of=2024-05-01").text
    link = re.search(r'href="(/embed\?[^"]+)">Embed this', page)[1].replace(
        "&amp;", "&"
    )
    code = client.get(link).text
    assert "/embed/network?as_of=2024-05-01&amp;sector=ngo&amp;lang=en" in code
    assert "/embed/organogram?lang=en&amp;as_of=2024-05-01" in code
    frame = client.get("/embed/network?sector=ngo&lang=en").text
    assert frame.count("National network, 2026-03-16") == 3  # title, heading, its name
    assert ">government</text>" not in frame


def test_the_organogram_is_embedded_as_it_was_chosen(lithuania, client):
    page = client.get("/organogram/paper?root=vrm").text
    link = re.search(r'href="(/embed\?[^"]+)">Embed this', page)[1].replace(
        "&amp;", "&"
    )
    assert "/embed/organogram?root=vrm&amp;lang=en" in client.get(link).text
