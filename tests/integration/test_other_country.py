"""The office of another country: from empty files to its own pages and out again."""

import io
import zipfile
from pathlib import Path

import pytest

from emnnet.documents.network_files import read_network
from emnnet.domain.roles import Role
from emnnet.selectors.network_description import describe_network

FILLED = {
    "sources": '  - {id: "n1", title: "Likums", url: "https://likumi.example.org/1"}',
    "institutions": """\
  - id: "iem"
    en: "Ministry of the Interior"
    local: "Iekšlietu ministrija"
    sector: government
    function: {en: "Migration policy.", local: "Migrācijas politika."}
  - id: "pmlp"
    en: "Office of Citizenship and Migration Affairs"
    local: "Pilsonības un migrācijas lietu pārvalde"
    abbreviation: "PMLP"
    sector: government
    former_names:
      - {en: "Former office", local: "Bijusī pārvalde", valid_to: "2004-12-31"}
    facts: {name: [sourced, "n1"]}""",
    "ties": '  - {kind: subordinate_to, from: "pmlp", to: "iem", standing: sourced, sources: ["n1"]}',  # noqa: E501
    "memberships": '  - {institution: "pmlp", kind: ncp_coordinator, standing: plausible, sources: []}',  # noqa: E501
    "competences": '  - {institution: "pmlp", theme: "reception", level: lead, standing: plausible, sources: []}',  # noqa: E501
}


@pytest.fixture
def command(app):
    """What a person in Riga types, by words."""
    app.config |= {"OFFICE_COUNTRY": "LV", "LANGUAGES": ["en"]}

    def run(*words: object) -> str:
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert result.exit_code == 0, result.output
        return result.output

    yield run
    app.config |= {"OFFICE_COUNTRY": "LT", "LANGUAGES": ["en", "lt"]}


@pytest.fixture
def filled_in(app, command):
    """The folder that `init` wrote, with a little written into it."""
    assert 'LANGUAGES = ["en"]' in command("network", "init", "LV")
    folder = Path(app.instance_path, "networks", "lv")
    for name, rows in FILLED.items():
        path = folder / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.endswith(f"{name}: []\n")
        filled = text.removesuffix(" []\n") + f"\n{rows}\n"
        path.write_text(filled, encoding="utf-8")
    return folder


def test_the_empty_files_speak_of_the_country_and_not_of_lithuania(command, tmp_path):
    command("network", "init", "LV", tmp_path)
    files = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert all('"LV"' in text and '"local"' in text for text in files.values())
    assert not any(" lt:" in text for text in files.values())
    assert files["themes.yaml"].count("\n    local: ") == 29


def test_from_empty_files_to_pages_and_out_and_in_again(
    command, filled_in, tmp_path, signed_in, session
):
    assert "In all: " in command("network", "load")
    client = signed_in(Role.COORDINATOR)
    for path in ("/institutions", "/organogram", "/network", "/network/measures"):
        page = client.get(path)
        assert (page.status_code, "Ministry of the Interior" in page.text) == (
            200,
            True,
        )
    body = client.get("/institutions/pmlp").text
    assert "Pilsonības un migrācijas lietu pārvalde" in body
    assert "Ministry of the Interior" in body
    assert client.get("/keeping/pmlp").status_code == 200
    assert "Lietuvių" not in body  # pages speak what the office set

    before = describe_network(session)
    command("network", "save", tmp_path / "out")
    written = (tmp_path / "out" / "institutions.yaml").read_text("utf-8")
    assert 'local: "Iekšlietu ministrija"' in written
    assert " lt:" not in written
    assert read_network(tmp_path / "out") == before
    again = command("network", "load", tmp_path / "out")
    assert "0 created, 0 changed" in again.splitlines()[-1]


@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_a_zip_of_the_office_comes_in_without_a_change(
    command, filled_in, signed_in, kind
):
    command("network", "load")
    client = signed_in(Role.COORDINATOR)
    taken = client.get(f"/settings/network/{kind}.zip")
    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        text = archive.read(f"institutions.{kind}").decode("utf-8-sig")
    assert "local" in text
    files = {"files": (io.BytesIO(taken.data), "network.zip")}
    reply = client.post(
        "/settings/network/check", data=files, content_type="multipart/form-data"
    )
    assert "All rows stand there already, exactly so." in reply.text


def test_an_empty_table_has_the_heads_of_the_country(command, signed_in):
    client = signed_in(Role.COORDINATOR)
    heads = client.get("/settings/network/empty/institutions.csv").data.decode(
        "utf-8-sig"
    )
    assert heads.startswith("id;en;local;sector;")
    assert "function.local" in heads


def test_the_name_of_the_country_is_missed_by_its_key(command, filled_in, app):
    path = filled_in / "institutions.yaml"
    text = path.read_text("utf-8").replace('    local: "Iekšlietu ministrija"\n', "")
    path.write_text(text, encoding="utf-8")
    told = app.test_cli_runner().invoke(args=["network", "load"])
    assert told.exit_code == 1
    assert "lt / local is missing" in told.output
