"""Files of a network that cannot be used: each reason with its file and line."""

import shutil
from pathlib import Path

import pytest

from emnnet.documents.network_files import read_network
from emnnet.domain.network_check import NetworkProblems

LITHUANIA = Path(__file__).parents[2] / "emnnet/data/lt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Lithuanian files that a test may spoil."""
    return Path(shutil.copytree(LITHUANIA, tmp_path / "lt"))


def spoil(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` of a file; the line it stood on."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def refusals(folder: Path) -> list[str]:
    with pytest.raises(NetworkProblems) as caught:
        read_network(folder)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("code", ["NO", "no", "on", "off", "yes", "123"])
def test_an_unquoted_code_is_named_with_its_line(folder: Path, code: str):
    line = spoil(folder, "contacts.yaml", 'language: "lt"', f"language: {code}")
    assert refusals(folder) == [
        f'contacts.yaml:{line}: language: unquoted code {code}; write "{code}"'
    ]


def test_an_unquoted_id_is_one_problem_and_not_a_chain_of_them(folder: Path):
    line = spoil(folder, "institutions.yaml", 'id: "vu"', "id: no")
    for file in ("competences.yaml", "memberships.yaml"):
        path = folder / file
        path.write_text(path.read_text().replace('"vu"', '"no"'))
    assert refusals(folder) == [
        f'institutions.yaml:{line}: id: unquoted code no; write "no"'
    ]


def test_an_unquoted_day_is_named(folder: Path):
    line = spoil(folder, "ties.yaml", '"2019-06-30"', "2019-06-30")
    assert refusals(folder) == [
        f'ties.yaml:{line}: valid_to: unquoted code 2019-06-30; write "2019-06-30"'
    ]


def test_a_day_that_does_not_exist_is_named(folder: Path):
    line = spoil(folder, "ties.yaml", '"2019-06-30"', '"2019-06-31"')
    assert refusals(folder) == [
        f'ties.yaml:{line}: valid_to: "2019-06-31" is no day; write "2019-07-01"'
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        pytest.param(
            *("institutions.yaml", "sector: ngo", "sector: charity"),
            'sector: "charity" is not known; known are government, ngo, academia, '
            "international, judiciary",
            id="a sector",
        ),
        pytest.param(
            *("ties.yaml", "kind: coordinates", "kind: coordinate"),
            'kind: "coordinate" is not known; known are subordinate_to, '
            "accountable_to, appeal_to, coordinates, cooperates_with, successor_of",
            id="a kind of tie",
        ),
        pytest.param(
            *("institutions.yaml", "website: [plausible]", "website: [likely]"),
            'website: "likely" is not known; known are sourced, plausible',
            id="a standing",
        ),
        pytest.param(
            *("contacts.yaml", "purpose: routing", "purpse: routing"),
            "purpose is missing",
            id="a key",
        ),
        pytest.param(
            *("ties.yaml", 'to: "lvat"', 'to: "lvta"'),
            "unknown institution: lvta",
            id="a parent",
        ),
        pytest.param(
            *("sources.yaml", 'id: "n36"', 'id: "n35"'),
            "doubled: n35 stands on line 38 already",
            id="a doubled id",
        ),
        pytest.param(
            *("themes.yaml", "position: 29", 'position: "last"'),
            'position: "last" is no whole number',
            id="a position",
        ),
        pytest.param(
            *("competences.yaml", 'sources: ["n7", "n23"]', 'sources: "n7"'),
            "sources needs a list",
            id="a list",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    folder: Path, file: str, old: str, new: str, problem: str
):
    line = spoil(folder, file, old, new)
    assert f"{file}:{line}: {problem}" in refusals(folder)


def test_a_circle_is_named_with_its_chain(folder: Path):
    spoil(
        folder,
        "ties.yaml",
        'from: "vrm", to: "government"',
        'from: "vrm", to: "md"',
    )
    assert [text.split(": ", 1)[1] for text in refusals(folder)] == [
        "subordination goes in a circle: vrm → md → vrm"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(
            b"ties:\n  - {kind: a\n  - b",
            "ties.yaml:4: this is not YAML: did not find expected ',' or '}'",
            id="broken",
        ),
        pytest.param(b"", "ties.yaml:0: the file is empty", id="empty"),
        pytest.param(
            b"- a\n", "ties.yaml:1: the file begins with ties: and a list", id="a list"
        ),
        pytest.param(
            b"ties:\n  - just words\n",
            "ties.yaml:2: a row with keys is expected here",
            id="a row of words",
        ),
        pytest.param(
            b"ties: []\nother: []\n",
            "ties.yaml:2: the key “other” is not known; known are ties",
            id="another key",
        ),
        pytest.param(
            b"ties: []\nties: []\n",
            "ties.yaml:2: the key “ties” stands twice",
            id="a key twice",
        ),
        pytest.param(
            b"ties: \xff\xfe", "ties.yaml:0: the file is not in UTF-8", id="bytes"
        ),
        pytest.param(
            b"ties: &a [*a]\n",
            "ties.yaml:1: a row with keys is expected here",
            id="a loop",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    folder: Path, content: bytes, problem: str
):
    (folder / "ties.yaml").write_bytes(content)
    assert refusals(folder) == [problem]


def test_a_missing_file_is_named(folder: Path):
    (folder / "contacts.yaml").unlink()
    assert refusals(folder) == ["contacts.yaml:0: the file is missing"]


def test_all_problems_of_all_files_are_told_at_once(folder: Path):
    spoil(folder, "contacts.yaml", 'language: "lt"', "language: no")
    spoil(folder, "institutions.yaml", "sector: ngo", "sector: charity")
    spoil(folder, "ties.yaml", 'to: "lvat"', 'to: "lvta"')
    with pytest.raises(NetworkProblems) as caught:
        read_network(folder)
    first, *lines = str(caught.value).splitlines()
    assert first == "The network files cannot be used. Problems to correct: 3"
    assert [line.split(":")[0] for line in lines] == [
        "contacts.yaml",
        "institutions.yaml",
        "ties.yaml",
    ]
