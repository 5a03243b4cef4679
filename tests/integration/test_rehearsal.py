"""The main job in one command: from a document to the public page."""

import json
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from docx import Document
from pypdf import PdfReader

from emnnet.app import create_app
from emnnet.paths import DATA

pytestmark = pytest.mark.long

SAMPLES = DATA / "lt" / "queries"
STAGES = [
    "read",
    "register",
    "route",
    "send",
    "contribute",
    "remind",
    "contribute",
    "consolidate",
    "clear",
    "export",
    "record sent",
    "close",
    "publish",
    "check",
]
LIST = """Ad-hoc queries of the last months
EMN Ad-Hoc Query on housing of refugees
2026-01-12
EMN Ad-Hoc Query on visas for truck drivers
2026-01-19
EMN Ad-Hoc Query on language courses
2026-02-02
EMN Ad-Hoc Query on return flights
2026-02-09
EMN Ad-Hoc Query on family reunification
2026-02-16
"""
TWO_LINES = """EMN Ad-Hoc Query on the price of permits
Requested by PL EMN NCP on 3 March 2026
"""


@pytest.fixture(scope="module")
def rehearse(tmp_path_factory):
    """`rehearse(file)` runs the command and returns its result and its folder."""
    app = create_app({"SECRET_KEY": "test"}, instance=str(tmp_path_factory.mktemp("x")))
    root = tmp_path_factory.mktemp("rehearsals")

    def run(file: Path, *options: str) -> tuple[Result, Path]:
        folder = root / file.stem
        arguments = ["rehearse", str(file), "--out", str(folder), *options]
        return app.test_cli_runner().invoke(args=arguments), folder

    return run


@pytest.fixture(scope="module")
def rehearsed(rehearse):
    """`rehearsed(name)` is the outcome for a sample; each is played only once."""
    return cache(lambda name: rehearse(SAMPLES / f"{name}.txt", "--json"))


def report(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def stages(told: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for step in told["steps"]:
        if found[-1:] != [step["stage"]]:
            found.append(step["stage"])
    return found


def said(told: dict[str, Any], words: str) -> list[dict[str, Any]]:
    return [step for step in told["steps"] if words in step["what"]]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("seasonal_workers", id="the Word form"),
        pytest.param("forged_documents", id="the form of the exchange system"),
        pytest.param("temporary_protection", id="a summary page"),
    ],
)
def test_the_whole_way_is_gone(rehearsed, name):
    result, folder = rehearsed(name)

    told = report(result)
    assert (told["complete"], told["reason"], stages(told)) == (True, None, STAGES)
    assert said(told, "never answers")
    assert [step["stage"] for step in said(told, "(late)")] == ["contribute"]
    assert said(told, "not our competence, ask")
    assert said(told, "mail, reminder:")
    assert len(list(folder.glob("*.docx"))) == len(list(folder.glob("*.pdf"))) == 1
    assert len(list(folder.glob("*.eml"))) == told["mails"] > 15


def test_the_files_hold_the_answers(rehearsed):
    result, folder = rehearsed("forged_documents")

    told = report(result)
    word = Document(str(next(folder.glob("*.docx"))))
    cells = [cell.text for row in word.tables[-1].rows for cell in row.cells]
    assert any("Practice sentence" in text for text in cells)
    pages = PdfReader(next(folder.glob("*.pdf"))).pages
    assert "Practice sentence" in " ".join(page.extract_text() for page in pages)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*told["files"], "rehearsal.json"]
    )


def test_everybody_is_written_to_in_their_turn(rehearsed):
    result, folder = rehearsed("seasonal_workers")

    report(result)
    mails = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted(folder.glob("*.eml"))
    ]
    dates = [mail["date"].datetime for mail in mails]
    assert dates == sorted(dates)
    assert all(len(mail["to"].addresses) == 1 for mail in mails)
    assert all(mail["to"].addresses[0].domain == "example.org" for mail in mails)


def test_without_questions_the_log_says_who_wrote_one(rehearsed):
    result, _ = rehearsed("temporary_protection")

    told = report(result)
    made_up = [step["what"] for step in told["steps"] if step["assumed"]]
    assert "no question was read; the coordinator wrote one" in made_up
    assert any(
        what.startswith("no reply-by date was read; the coordinator set")
        for what in made_up
    )


def test_of_a_list_the_first_entry_is_taken(rehearse, tmp_path):
    (tmp_path / "list.txt").write_text(LIST)

    result, _ = rehearse(tmp_path / "list.txt", "--json")

    told = report(result)
    assert told["title"].lower() == "housing of refugees"
    assert said(told, "the first entry of the list was taken")


def test_the_shortest_document_goes_the_whole_way_twice(rehearse, tmp_path):
    (tmp_path / "short.txt").write_text(TWO_LINES)
    first, folder = rehearse(tmp_path / "short.txt", "--json")
    assert report(first)["steps"][0]["date"] == "2026-03-03"
    (folder / "mine.eml").write_text("not of a rehearsal")
    before = sorted(path.name for path in folder.iterdir())

    again, _ = rehearse(tmp_path / "short.txt")  # the same, told to people

    assert again.exit_code == 0, again.output
    assert "Tue 2026-03-03  09:00" in again.stdout
    assert again.stdout.endswith("The whole way was gone.\n")
    assert f"All files lie in {folder}" in again.stdout
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("none.txt", None, "No such file", id="no file"),
        pytest.param("empty.txt", b"", "empty", id="an empty file"),
        pytest.param("program.docx", b"MZ\x90\x00" * 50, "", id="not a document"),
    ],
)
def test_what_cannot_be_read_ends_the_way(rehearse, tmp_path, name, content, reason):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    result, _ = rehearse(tmp_path / name)

    assert result.exit_code == 1
    assert "The way ended at step 'read'" in result.stderr
    assert reason in result.stderr
    assert "Traceback" not in result.stderr
