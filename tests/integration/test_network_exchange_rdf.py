"""The network as linked data keeps its shape, its days and its public addresses."""

from datetime import date

import pytest
from hypothesis import Phase, given, settings
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS

from emnnet.documents.network_files import read_network
from emnnet.documents.network_rdf import Shape, graph_of, written
from emnnet.documents.network_statements import statements
from emnnet.paths import DATA
from tests.integration.shipped_network import load_lithuania
from tests.network_descriptions import descriptions

ADDRESS = "https://emn.example.org/"
TODAY = date(2026, 3, 16)
LITHUANIA = read_network(DATA / "lt")
SHAPES = Graph().parse(DATA / "shapes" / "network.ttl")
HERE = Namespace(ADDRESS)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(statements(LITHUANIA, TODAY, "lt"), ADDRESS)


def body(slug: str) -> URIRef:
    return HERE[f"institutions/{slug}#body"]


def test_the_shipped_network_has_the_shape(graph):
    holds, _report, told = validate(graph, shacl_graph=SHAPES)
    assert holds, told


def test_the_shape_refuses_a_body_without_a_name(graph):
    broken = graph_of(statements(LITHUANIA, TODAY, "lt"), ADDRESS)
    broken.remove((body("vsat"), SKOS.prefLabel, None))
    assert validate(broken, shacl_graph=SHAPES)[0] is False


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own reader
@pytest.mark.parametrize(("shape", "name"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_what_is_written_is_read_again_as_the_same(graph, shape, name):
    text = written(statements(LITHUANIA, TODAY, "lt"), ADDRESS, Shape(shape))
    assert set(Graph().parse(data=text, format=name)) == set(graph)


def test_names_stand_in_both_languages_and_the_address_is_the_name(graph):
    labels = set(graph.objects(body("vsat"), SKOS.prefLabel))
    assert {label.language for label in labels} == {"en", "lt"}
    assert (body("vsat"), RDF.type, ORG.FormalOrganization) in graph
    assert (body("vsat"), ORG.subOrganizationOf, body("vrm")) in graph
    assert (
        body("vsat"),
        ORG.classification,
        HERE["network#sector-government"],
    ) in graph


def test_a_successor_is_a_dated_change(graph):
    (event,) = graph.subjects(ORG.originalOrganization, body("migration_services"))
    assert (event, ORG.resultingOrganization, body("md")) in graph
    assert (event, DCTERMS.date, Literal(date(2019, 7, 1))) in graph
    assert (event, PROV.wasDerivedFrom, HERE["network#source-n18"]) in graph


def test_themes_are_mapped_and_contacts_are_not_told(graph):
    theme = HERE["network#theme-reception"]
    assert (theme, SKOS.closeMatch, HERE["network#ies-Protection"]) in graph
    text = graph.serialize(format="turtle")
    assert "focal.point" not in text
    assert "escalation" not in text


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(wanted=descriptions())
def test_any_network_has_the_shape_and_comes_back(wanted):
    graph = graph_of(statements(wanted, TODAY, "lt"), ADDRESS)
    holds, _report, told = validate(graph, shacl_graph=SHAPES)
    assert holds, told
    text = written(statements(wanted, TODAY, "lt"), ADDRESS, Shape.TURTLE)
    assert set(Graph().parse(data=text, format="turtle")) == set(graph)


@pytest.mark.parametrize("shape", ["ttl", "jsonld"])
def test_the_public_file_is_sent_once_and_then_only_asked_about(client, session, shape):
    load_lithuania(session)
    first = client.get(f"/network.{shape}")
    again = client.get(
        f"/network.{shape}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert "Set-Cookie" not in first.headers
    assert "Valstybės" in first.get_data(as_text=True)
