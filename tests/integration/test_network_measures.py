"""What the network tells: measures, coverage, load and trend with their files."""

from datetime import date

import pytest

from emnnet.domain.competence_cover import Finding, Gap, findings
from emnnet.domain.network import Level
from emnnet.domain.reach import shortest_way, within
from emnnet.domain.roles import Role
from emnnet.graphs.measures import measured
from emnnet.graphs.values import Drawing, Edge, Node
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_network_views import worked

TIES = [("a", "b"), ("b", "c"), ("c", "d"), ("b", "d"), ("x", "y")]


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def test_surroundings_and_ways():
    assert within(TIES, "a", 2) == {"a": 0, "b": 1, "c": 2, "d": 2}
    assert shortest_way(TIES, "a", "d") == ["a", "b", "d"]
    assert shortest_way(TIES, "a", "x") == []
    assert shortest_way(TIES, "a", "a") == ["a"]


def test_measures_of_a_small_network():
    sectors = {"a": "ngo"}
    nodes = tuple(Node(s, s, s, sectors.get(s, "government")) for s in "abcdxy")
    edges = tuple(Edge(one, other, "cooperates_with") for one, other in TIES)
    twice = Edge("b", "a", "coordinates")
    told = measured(Drawing(nodes, (*edges, twice), date(2026, 1, 1)))
    assert (told.ties, told.parts, told.across) == (5, 2, 1)
    b = told.bodies[0]
    assert (b.slug, b.degree, b.across, b.is_bridge, b.is_rim) == (
        "b",
        3,
        1,
        True,
        False,
    )
    assert b.betweenness == 0.2  # 2 of the 10 pairs of others: a-c and a-d
    assert [m.slug for m in told.bodies if m.is_rim] == ["a", "x", "y"]


def test_thin_themes_are_findings():
    parts = [
        ("md", "visas", Level.LEAD),
        ("md", "asylum", Level.LEAD),
        ("vsat", "asylum", Level.LEAD),
        ("md", "health", Level.CONTRIBUTING),
        ("sam", "health", Level.CONTRIBUTING),
        ("lrs", "law", Level.LEAD),
    ]
    themes = ["visas", "asylum", "health", "law"]
    assert findings(themes, parts, {"md", "vsat", "sam"}) == [
        Finding("visas", Gap.ONE, ("md",)),
        Finding("asylum", Gap.TWO_LEADS, ("md", "vsat")),
        Finding("health", Gap.NO_LEAD, ("md", "sam")),
        Finding("law", Gap.NOBODY),
    ]


def test_each_figure_has_its_definition(lithuania, client):
    page = client.get("/network/measures").text
    for words in (
        "(betweenness, 0 to 1)",
        "counted once between",
        "Share of questions:",
    ):
        assert words in page
    assert client.get("/network/measures?ties=work").status_code == 200
    assert "Nothing to measure" not in page


@pytest.mark.parametrize("name", ["measures", "coverage", "findings", "load", "years"])
def test_each_table_is_a_file(lithuania, client, name):
    file = client.get(f"/network/measures/{name}.csv")
    assert file.status_code == 200
    assert file.data.startswith(b"\xef\xbb\xbf")
    assert client.get("/network/measures/x.csv").status_code == 404


def test_visitors_are_not_told_who_was_asked(lithuania, client, signed_in):
    worked(lithuania, "md", "vsat")
    office = signed_in(Role.COORDINATOR)
    address = "/network/measures/years.csv"
    assert "2026,2,2,0" in office.get(address).data.decode()
    assert "2026" not in client.get(address).data.decode()


def test_the_page_takes_few_statements(lithuania, client, statements):
    with statements("SELECT") as seen:
        client.get("/network/measures")
    assert len(seen) == 2  # all that was ever recorded, work


def test_an_empty_network_is_told(session, client):
    assert "Nothing to measure" in client.get("/network/measures").text
