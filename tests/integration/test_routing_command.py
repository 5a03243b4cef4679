"""`emnnet routing suggest`: with a data base, and without any."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from emnnet.app import create_app
from emnnet.models.competence import Competence
from emnnet.models.theme import Theme
from tests.integration.routing_setup import a_partner

QUERY = """Ad-Hoc Query on the visa fee
Requested by EE EMN NCP on 2 March 2026

Background information:
The Ministry of Foreign Affairs would like to compare practice.

Questions
1. Which authority issues a Schengen visa at the consular posts?
2. How high is the visa fee?
"""


@pytest.fixture
def document(tmp_path: Path) -> str:
    file = tmp_path / "query.txt"
    file.write_text(QUERY, "utf-8")
    return str(file)


def test_without_a_data_base_the_shipped_network_is_asked(document, tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'nothing.sqlite'}"
    settings = {"SECRET_KEY": "test", "DATABASE_URL": url}
    app = create_app(settings, now=clock, instance=str(tmp_path))
    result = app.test_cli_runner().invoke(
        args=["routing", "suggest", document, "--json"]
    )
    assert result.exit_code == 0, result.output
    questions = json.loads(result.output)["questions"]
    assert [question["label"] for question in questions] == ["1", "2"]
    first = questions[0]["suggestions"][0]
    assert (first["institution"], first["role"]) == ("urm", "lead")
    assert 0 < first["score"] <= 1
    assert first["reasons"][0].startswith("leads on Visas")
    assert not (tmp_path / "nothing.sqlite").exists()


def test_the_network_of_the_data_base_comes_first(app, session, document):
    body = a_partner(session, "CONSULS")
    word = {"text": "visa", "language": "en", "strength": "decisive"}
    theme = Theme(
        slug="visas",
        name_en="Visas",
        name_lt="Vizos",
        position=1,
        keywords={"words": [word]},
    )
    session.add(theme)
    session.flush()
    session.add(
        Competence(
            institution_id=body.id,
            theme_id=theme.id,
            level="lead",
            standing="sourced",
        )
    )
    session.commit()
    result = app.test_cli_runner().invoke(args=["routing", "suggest", document])
    assert "consuls  lead" in result.output
    assert "urm" not in result.output


def test_a_file_that_is_not_there_is_said(app):
    result = app.test_cli_runner().invoke(args=["routing", "suggest", "nowhere.txt"])
    assert (result.exit_code, "nowhere.txt" in result.output) == (1, True)


def test_a_command_that_only_prints_starts_without_pages(document):
    asked = "sys.argv = ['emnnet', 'routing', 'suggest', '--json', sys.argv[1]]"
    script = (
        "import sys; from emnnet.__main__ import group\n"
        f"{asked}\n"
        "group(standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith('emnnet.web')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, document], capture_output=True, check=True
    )
    assert done.stdout.decode().endswith("\n[]\n")
