"""The Word form: what is written into it is what is read out of it."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from emnnet.documents.markdown_tree import blocks
from emnnet.documents.markdown_writing import markdown
from emnnet.documents.opening.values import UnreadableDocument
from emnnet.documents.word_form import FormDocument, FormQuestion, word_form
from emnnet.documents.word_form.reading import read_form
from emnnet.domain.audience import Dissemination
from emnnet.domain.word_form import (
    FormOutcome,
    FoundBy,
    Given,
    Origin,
    Part,
    as_plain,
    from_plain,
    read_mark,
)
from tests.word_files import (
    answered,
    chosen,
    edited,
    emptied,
    without_marks,
    without_tags,
    written,
    xml,
)

J05 = """Kvotų nėra: **ąčęėįšųūž**, *ß*, Ω, Привет.
Antra eilutė, [nuoroda](https://example.org/a_b).

1. pirmas
2. antras
   - vidinis
   - kitas
3. trečias

| Metai | Skaičius |
| --- | --- |
| 2025 | 1 204 |

## Poskyris

- punktas

  jo tęsinys

- kitas

> Citata.

Pabaiga."""


def a_form(*texts: str, language: str = "lt", **given) -> bytes:
    questions = [
        FormQuestion(7, 30 + n, 1, n, str(n), f"Klausimas Nr. {n}?", Given(text))
        for n, text in enumerate(texts, start=1)
    ]
    facts = {
        "assignment_id": 7,
        "language": language,
        "reference": "2026.3",
        "title": "Šeimos susijungimas & kvotos",
        "institution": "Migracijos departamentas",
        "asked_by": "Nyderlandai",
        "due_on": date(2026, 3, 31),
        "due_time": None,
        "background": "",
        "office": "NCP",
        "questions": tuple(questions),
        "made_at": datetime(2026, 3, 16, tzinfo=UTC),
    }
    return word_form(FormDocument(**facts | given))


def texts(data: bytes) -> list[str]:
    return [field.given.text for field in read_form(data).fields]


@pytest.mark.parametrize("language", ["lt", "en"])
def test_j05_what_is_written_is_read_and_counts_as_unchanged(language):
    read = read_form(a_form(J05, "", language=language))
    assert [one.given.text for one in read.fields] == [J05, ""]
    assert [one.is_touched for one in read.fields] == [False, False]
    assert (read.found_by, read.assignment_id) == (FoundBy.FIELDS, 7)
    assert read.warnings == ()


def test_python_docx_opens_it_and_finds_headings():
    document = Document(BytesIO(a_form("a")))
    paragraphs = [
        Paragraph(element, document) for element in document.element.iter(qn("w:p"))
    ]
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "Šeimos susijungimas & kvotos"),
        ("Heading 2", "Kaip pildyti"),
        ("Heading 2", "Klausimas 1"),
    ]


def test_a_filled_field_is_new_and_the_others_are_not():
    read = read_form(answered(a_form("", "b"), 31, "Taip, 5 < 6 & *tikrai* _x_ #1."))
    assert [one.given.text for one in read.fields] == [
        "Taip, 5 < 6 & \\*tikrai\\* \\_x\\_ #1.",
        "b",
    ]
    assert [one.is_touched for one in read.fields] == [True, False]


def test_choices_and_days_are_read():
    data = chosen(
        a_form("a"), 31, "dissemination", "Ne, jį gali skaityti tik klausianti valstybė"
    )
    data = chosen(data, 31, "outcome", "Duomenų neturime")
    (one,) = read_form(chosen(data, 31, "as_of", "2026-02-01")).fields
    assert one.given == Given(
        "a", Dissemination.NO, date(2026, 2, 1), FormOutcome.NO_DATA
    )


def test_a_day_that_is_none_is_told():
    (one,) = read_form(chosen(a_form("a"), 31, "as_of", "pavasarį")).fields
    assert (one.given.as_of, one.unread_day) == (None, "pavasarį")


def test_an_emptied_field_is_touched():
    (one,) = read_form(emptied(a_form("a"), 31)).fields
    assert (one.given.text, one.is_touched) == ("", True)


def test_the_invitation_that_was_not_overwritten_is_no_answer():
    data = answered(a_form(""), 31, "Atsakymą rašykite čia. Nėra kvotų.")
    assert texts(data) == ["Nėra kvotų."]


def test_what_is_written_in_the_style_of_the_invitation_is_an_answer():
    asks, form = "Atsakymą rašykite čia.", a_form("")
    grey = edited(form, lambda main: main.replace(asks, "Nėra."))
    assert texts(grey) == ["Nėra."]
    assert texts(form) == [""]


def test_fields_without_tags_are_told_by_their_bookmarks():
    read = read_form(without_tags(answered(a_form("", "b"), 31, "Nėra.")))
    assert [one.given.text for one in read.fields] == ["Nėra.", "b"]
    assert [one.is_touched for one in read.fields] == [True, False]


def test_without_any_mark_the_questions_numbers_tell():
    read = read_form(without_marks(answered(a_form("", J05), 31, "Nėra.")))
    assert [(one.label, one.given.text) for one in read.fields] == [
        ("1", "Nėra."),
        ("2", J05),
    ]
    assert (read.found_by, read.assignment_id) == (FoundBy.HEADINGS, 7)
    assert len(read.warnings) == 1


def test_tracked_changes_give_the_accepted_text_and_a_warning():
    tracked = (
        '<w:p><w:r><w:t xml:space="preserve">Nėra </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>senų </w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>kvotų</w:t></w:r></w:ins></w:p>'
    )
    read = read_form(written(a_form(""), 31, tracked))
    assert [one.given.text for one in read.fields] == ["Nėra kvotų"]
    assert [one.text.partition(":")[0][:20] for one in read.warnings] == [
        "Changes were tracked"
    ]


def test_letters_of_a_list_stay_letters():
    numbering = (
        '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
    )
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr>'
        "<w:r><w:t>{}</w:t></w:r></w:p>"
    )
    data = written(a_form(""), 31, item.format("pirma") + item.format("antra"))
    data = edited(
        data,
        lambda text: text.replace("</w:numbering>", numbering),
        "word/numbering.xml",
    )
    assert texts(data) == ["a) pirma\n\nb) antra"]


def test_a_copied_field_loses_nothing():
    data = a_form("a")
    document = xml(data)
    start = document.index('<w:p><w:pPr><w:pStyle w:val="FormGap"/>')
    field = document[
        document.rindex("<w:sdt>", 0, start) : document.index("</w:sdt>", start) + 8
    ]
    changed = field.replace(">a<", ">kita<")
    assert texts(edited(data, lambda text: text.replace(field, field + changed))) == [
        "a\n\nkita"
    ]


def test_a_table_with_strokes_and_lines_reads_as_one_table():
    table = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A|B</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p><w:p><w:r><w:t>y</w:t></w:r></w:p>"
        "</w:tc></w:tr></w:tbl>"
    )
    assert texts(written(a_form(""), 31, table)) == ["| A\\|B | x / y |\n| --- | --- |"]


def test_an_hour_stands_beside_the_day_and_reply_by_nowhere():
    document = xml(a_form("", due_time=time(12, 0)))
    assert "2026 m. kovo 31 d., 12:00 val." in document
    assert "2026-04-10" not in document


def test_any_other_document_is_refused():
    memory = BytesIO()
    Document().save(memory)
    with pytest.raises(UnreadableDocument, match="not a form"):
        read_form(memory.getvalue())


def test_a_form_survives_being_kept():
    read = read_form(answered(a_form("", J05), 31, "Nėra."))
    assert from_plain(as_plain(read)) == read


def test_marks_are_short_enough_for_word():
    longest = Origin(999_999_999, 999_999_999, 9, 9_999, "abcdef12")
    assert read_mark(longest.tag(Part.DISSEMINATION)) == (longest, Part.DISSEMINATION)
    assert read_mark(longest.bookmark) == (longest, None)
    assert len(longest.tag(Part.DISSEMINATION)) <= 64
    assert len(longest.bookmark) <= 40


def test_endless_blanks_cost_no_time():
    text = f"a{' ' * 200_000}b **c{' ' * 50_000}**"
    assert len(texts(a_form(text))[0]) > 200_000


LETTERS = st.sampled_from(list("ab ąž*_`[]()<>#|&~\\-+=.1)2:!\"'„“ß Ω\n"))


@settings(max_examples=150, deadline=None)
@given(st.text(LETTERS, max_size=60))
def test_markdown_written_again_says_the_same(text):
    once = markdown(blocks(text))
    assert markdown(blocks(once)) == once


@settings(max_examples=40, deadline=None)
@given(st.text(LETTERS, max_size=80), st.text(LETTERS, max_size=40))
def test_any_draft_comes_back_untouched_and_stays_so(first, second):
    read = read_form(a_form(first, second))
    assert [one.is_touched for one in read.fields] == [False, False]
    again = [one.given.text for one in read.fields]
    assert texts(a_form(*again)) == again
