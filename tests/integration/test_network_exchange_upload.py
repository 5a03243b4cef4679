"""Uploaded files: read with limits; what is bad is named by file and line."""

import io
import zipfile

import pytest
from hypothesis import Phase, given, settings

from emnnet.documents.network_csv import network_csv, template
from emnnet.documents.network_files import read_network
from emnnet.documents.network_upload import MB, read_upload
from emnnet.documents.network_yaml import network_yaml
from emnnet.documents.network_zip import zipped
from emnnet.domain.network import NetworkDescription
from emnnet.domain.network_check import NetworkProblems, problems
from emnnet.paths import DATA
from tests.network_descriptions import descriptions

EMPTY = NetworkDescription()
LITHUANIA = read_network(DATA / "lt")
SOME = settings(max_examples=12, deadline=None, phases=[Phase.generate])


def read(*files: tuple[str, str | bytes], standing=EMPTY) -> NetworkDescription:
    data = [(n, d if isinstance(d, bytes) else d.encode()) for n, d in files]
    return read_upload(data, standing)


def told(*files: tuple[str, str | bytes], standing=EMPTY) -> list[str]:
    try:
        found = problems(read(*files, standing=standing))
    except NetworkProblems as error:
        found = list(error.problems)
    return [str(problem) for problem in found]


@SOME
@given(wanted=descriptions())
def test_a_zip_of_yaml_or_of_csv_comes_back_without_a_loss(wanted):
    for files in (network_yaml(wanted), network_csv(wanted)):
        assert read(("network.zip", zipped(files))) == wanted


def test_the_shipped_network_comes_back_as_csv():
    back = read(("n.zip", zipped(network_csv(LITHUANIA))))
    assert back == LITHUANIA


@pytest.mark.parametrize("between", [";", ",", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_semicolon_comma_and_tab_are_recognised(between, mark):
    row = ["subordinate_to", "md", "vrm", "sourced", "n1 n2"]
    heads = ["kind", "from", "to", "standing", "sources"]
    text = mark + "\r\n".join(map(between.join, [heads, row]))
    (tie,) = read(("ties.csv", text)).ties
    assert (tie.from_id, tie.to_id) == ("md", "vrm")
    assert tie.backing.sources == ("n1", "n2")
    assert (tie.place.file, tie.place.line) == ("ties.csv", 2)


def test_formulas_are_held_and_come_back():
    wanted = read(
        (
            "sources.csv",
            "id;title;url\nn1;\"'=cmd|' /C calc'!A0\";https://example.org\n",
        )
    )
    assert wanted.sources[0].title == "=cmd|' /C calc'!A0"
    written = network_csv(wanted)["sources.csv"].decode("utf-8-sig")
    assert written.splitlines()[1].split(";")[1].startswith("'=cmd")


def test_a_template_begins_with_the_mark_and_has_only_heads():
    assert template("ties").startswith(b"\xef\xbb\xbfkind;from;to;valid_from")
    assert template("ties").count(b"\n") == 1


def test_names_alone_leave_what_stands():
    text = "institution;en;lt;valid_to\nmd;Old;Senas;2001-01-01\n"
    (body,) = read(("former_names.csv", text), standing=LITHUANIA).institutions
    assert body.id == "md"
    assert body.en == next(b.en for b in LITHUANIA.institutions if b.id == "md")
    assert [name.en for name in body.former_names] == ["Old"]


def test_themes_as_a_table_keep_their_words():
    text = "slug;en;lt;position\nreception;Reception!;Priėmimas;3\n"
    (theme,) = read(("themes.csv", text), standing=LITHUANIA).themes
    assert theme.keywords == next(
        t.keywords for t in LITHUANIA.themes if t.slug == "reception"
    )


HEADS = "kind;from;to;standing\n"


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("ties.yaml", "ties:\n  - {kind: x", "ties.yaml:3: this is not YAML"),
        ("ties.yaml", "ties: &a [*a]", "ties.yaml:1: anchors and aliases"),
        ("ties.yaml", "ties: " + "[" * 5000, "ties.yaml"),
        ("ties.yaml", "ties: " + "[" * 50 + "]" * 50, "nested too deeply"),
        ("ties.yaml", "ties: [? [a] : b]", "a key must be a plain word"),
        ("ties.yaml", "", "ties.yaml:0: the file is empty"),
        ("ties.yaml", b"ties: \xff", "not in UTF-8"),
        ("ties.yaml", "!!python/object/apply:os.system [ls]", "ties.yaml:1:"),
        ("ties.csv", HEADS + 'a;"b', "ties.csv:2: this is not CSV"),
        ("ties.csv", HEADS + "a;b;c;sourced;more", "ties.csv:2: there are more"),
        ("ties.csv", "kind;from;to;colour", "column “colour” is not known; known"),
        ("ties.csv", "kind;from;from;to", "the column “from” stands twice"),
        ("ties.csv", "kind;from\nx;y", "ties.csv:1: the column “to” is missing"),
        ("ties.csv", HEADS + "\n\nis;a;b;sourced", 'ties.csv:4: kind: "is" is not'),
        ("ties.csv", "\u0161".encode("cp1257"), "CSV UTF-8"),
        ("ties.csv", HEADS + "subordinate_to;a;b;sourced", "unknown institution: a"),
        ("ties.csv", "", "the file is empty"),
        ("facts.csv", "institution;aspect;standing\nx;name;sourced", "institution: x"),
        ("keywords.csv", "theme;language;strength;text\nx;en;hint;a", "theme: x"),
        ("notes.txt", "hello", "notes.txt:0: this file is not known"),
        ("a.zip", b"PK\x03\x04 nonsense", "a.zip:0: this is no ZIP file"),
        ("a.zip", zipped({"b.zip": zipped({})}), "a ZIP file stands in the ZIP"),
        ("a.zip", zipped({"x/ties.csv": "a", "ties.yaml": "a"}), "ties.csv already"),
        ("a.zip", zipped({}), "There is no file of the network in it"),
    ],
)
def test_bad_files_are_told_by_file_and_line(file, text, complaint):
    assert complaint in "\n".join(told((file, text)))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({"ties.yaml": b" " * (50 * MB), "sources.yaml": b""})
    assert len(bomb) < MB
    assert told(("bomb.zip", bomb)) == ["bomb.zip:0: unpacked it is larger than 10 MB"]


def test_a_zip_that_lies_about_its_size_is_refused_all_the_same():
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ties.yaml", b" " * (30 * MB))
    lying = room.getvalue().replace(
        (30 * MB).to_bytes(4, "little"), (100).to_bytes(4, "little")
    )
    assert len(told(("bomb.zip", lying))) == 1


def test_a_password_and_what_other_programs_leave():
    data = bytearray(zipped({"ties.yaml": "ties: []"}))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    assert "encrypted" in told(("a.zip", bytes(data)))[0]
    kept = {"lt/.DS_Store": "x", "__MACOSX/ties.yaml": "x", "lt/README.md": "x"}
    clean = zipped({**kept, "lt/ties.yaml": "ties: []\n"})
    assert read(("a.zip", clean)) == EMPTY


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ("A" * 5_000_000, "en: a text of 5000000 characters; at most 2000"),
        ("<script>alert(1)</script>", "en: HTML or a script has no place here"),
        ("<img src=x onerror=y>", "HTML or a script"),
        ("bell\x07", "invisible control character"),
    ],
    ids=["5 MB of labels", "script", "image", "bell"],
)
def test_labels_that_no_page_should_show(cell, complaint):
    text = f"id;en;lt;sector\na;{cell};b;ngo\n"
    (problem,) = told(("institutions.csv", text))
    assert problem.startswith("institutions.csv:2: ")
    assert complaint in problem


def test_more_than_5_mb_is_refused_unread():
    assert told(("ties.yaml", b"#" * (5 * MB + 1))) == [
        ":0: The files are larger than 5 MB together"
    ]


def test_a_link_with_a_script_is_no_web_address():
    text = "id;title;url\nn1;A;javascript:alert(1)\n"
    assert told(("sources.csv", text)) == [
        "sources.csv:2: url: a web address begins with http:// or https://"
    ]
