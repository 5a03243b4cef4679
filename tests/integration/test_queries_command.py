"""`emnnet queries read`: for people, for programs, and what it refuses."""

import json

import pytest
from click.testing import CliRunner

from emnnet.cli.queries import queries
from tests.integration.opened_documents import as_docx
from tests.unit.query_texts import IES, WORD

KEYS = [
    "title",
    "printed_title",
    "requester",
    "originator",
    "launched_on",
    "reply_by",
    "compiled_on",
    "theme",
    "background",
    "questions",
    "respondents",
    "stated_total",
    "counted_total",
    "warnings",
]


def run(*words, given=None):
    return CliRunner().invoke(queries, ["read", *words], input=given)


@pytest.fixture
def a_file(tmp_path):
    file = tmp_path / "query.docx"
    file.write_bytes(as_docx(IES))
    return str(file)


def test_programs_get_exactly_these_keys(a_file):
    read = json.loads(run(a_file, "--json").stdout)
    assert list(read) == KEYS
    assert read["requester"] == {
        "code": "LV",
        "printed": "Firstname SURNAME",
        "kind": "person",
    }
    assert read["launched_on"] == "2018-09-05"
    assert read["compiled_on"] is None
    assert read["questions"][1] == {
        "label": "2",
        "text": "If yes to Q1, which stamp is used? Please include a picture "
        "(e.g. a scan).",
        "depth": 0,
        "condition": "If yes to Q1",
    }
    assert read["respondents"] == ["AT", "EL", "IT", "UK", "NO"]


def test_standard_input_is_read_too():
    read = json.loads(run("-", "--json", given=WORD).stdout)
    assert read["title"] == "work permits for berry pickers"


def test_people_see_where_it_stands_and_how_sure_it_is(a_file):
    shown = run(a_file).stdout
    assert "Asked by      LV (person): Firstname SURNAME  [likely]" in shown
    assert "Reply by      2018-09-28  [unsure]" in shown
    assert "Compiled on   -" in shown
    assert "(only: If yes to Q1)" in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The document is empty."), (b"MZ" + bytes(99), "This is a program")],
)
def test_what_cannot_be_read_is_said_on_standard_error(tmp_path, content, words):
    file = tmp_path / "query.docx"
    file.write_bytes(content)
    done = run(str(file))
    assert done.exit_code == 1
    assert words in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = run(str(tmp_path / "none.docx"))
    assert done.exit_code == 1
    assert "none.docx: No such file or directory" in done.stderr
