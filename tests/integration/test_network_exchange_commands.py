"""`emnnet network save` and `init`: files for others, and for another country."""

import json
from pathlib import Path

import pytest
from rdflib import Graph

from emnnet.documents.network_files import read_network
from emnnet.domain.network import NetworkDescription
from emnnet.paths import DATA


@pytest.fixture
def command(app):
    """`command("network", "save", folder)` is what a person types."""

    def run(*words: object):
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return run


def test_what_is_saved_is_what_was_loaded(command, tmp_path):
    command("network", "load")
    saved = command("network", "save", tmp_path / "out")
    assert saved.exit_code == 0
    assert read_network(tmp_path / "out") == read_network(DATA / "lt")
    again = command("network", "load", tmp_path / "out")
    assert "0 created, 0 changed" in again.output.splitlines()[-1]


def test_saving_writes_over_nothing_unless_told(command, tmp_path):
    (tmp_path / "ties.yaml").write_text("mine")
    refused = command("network", "save", tmp_path)
    assert refused.exit_code == 1
    assert "ties.yaml already" in refused.output
    assert (tmp_path / "ties.yaml").read_text() == "mine"
    assert not (tmp_path / "sources.yaml").exists()
    assert command("network", "save", tmp_path, "--force").exit_code == 0


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own reader
def test_linked_data_is_saved_in_both_shapes_as_the_same(command, tmp_path):
    command("network", "load")
    for shape in ("ttl", "jsonld"):
        assert command("network", "save", tmp_path, "--format", shape).exit_code == 0
    turtle = Graph().parse(tmp_path / "network.ttl")
    linked = Graph().parse(tmp_path / "network.jsonld", format="json-ld")
    assert set(turtle) == set(linked)
    assert "@context" in json.loads((tmp_path / "network.jsonld").read_text())


def test_csv_is_saved_a_table_a_file(command, tmp_path):
    assert command("network", "save", tmp_path, "--format", "csv").exit_code == 0
    assert len(list(tmp_path.glob("*.csv"))) == 11


@pytest.mark.parametrize("country", ["LV", "no", "EE"])
def test_another_country_starts_from_files_that_can_be_loaded(
    command, app, tmp_path, country
):
    app.config["OFFICE_COUNTRY"] = country.upper()
    lost = command("network", "load")
    assert lost.exit_code == 1
    assert f"emnnet network init {country.upper()}" in lost.output

    assert command("network", "init", country, tmp_path / "own").exit_code == 0
    text = (tmp_path / "own" / "institutions.yaml").read_text()
    assert f'"{country.upper()}"' in text
    empty = read_network(tmp_path / "own")
    assert empty == NetworkDescription(themes=empty.themes)
    assert len(empty.themes) == 29
    assert command("network", "load", tmp_path / "own").exit_code == 0
    assert command("network", "show").output.startswith("0 partners")


def test_the_files_of_the_office_are_found_where_init_wrote_them(command, app):
    app.config["OFFICE_COUNTRY"] = "LV"
    assert command("network", "init", "LV").exit_code == 0
    own = Path(app.instance_path, "networks", "lv")
    body = 'institutions:\n  - {id: "pmlp", en: "Office", lt: "Pārvalde", sector: government}\n'  # noqa: E501
    member = (
        'memberships:\n  - {institution: "pmlp", kind: partner, standing: plausible}\n'
    )
    (own / "institutions.yaml").write_text(body, encoding="utf-8")
    (own / "memberships.yaml").write_text(member)
    assert command("network", "load").exit_code == 0
    last = command("network", "show").output.splitlines()[-1]
    assert last == "1 partners: 1 government (100.0 %), 0 others (0.0 %)"


@pytest.mark.parametrize("word", ["LVA", "L", "4V", "../x"])
def test_a_country_is_two_letters(command, word):
    assert command("network", "init", word).exit_code == 2
