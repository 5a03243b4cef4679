"""The Word file of a response, read again as Word would read it."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from emnnet.documents.response_docx import response_docx
from emnnet.domain.audience import CLOSED_SENTENCE
from tests.integration.response_sample import LETTERS, SECRET, a_response


def opened(document):
    return Document(BytesIO(response_docx(document)))


def cells(word, row):
    return word.tables[0].rows[row].cells


def parts(document):
    with zipfile.ZipFile(BytesIO(response_docx(document))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_it_has_the_form_the_emn_uses():
    word = opened(a_response())
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts[:6] == [
        "EMN Ad-Hoc Query on biometric information",
        "Requested by SE EMN NCP on 30 May 2017",
        "Reply requested by 20 June 2017",
        "Produced on 13 April 2026",
        "Responses from Austria, Lithuania (2 in total)",
        "Reference 2026.12 · 2019.5",
    ]
    assert texts[6].startswith("Disclaimer: The following responses have been provided")
    assert texts[7:] == [
        "Background information",
        "The agency considers this.",
        "Practice elsewhere matters.",
        "Questions",
        "1.\tWhat is stored?",
        "a)\tFor how long?",
        "2.\tBy whom?",
        "Responses",
        "",
    ]


def test_the_table_says_country_wider_dissemination_response():
    word = opened(a_response("Yes, **all** of it."))
    assert [cell.text for cell in cells(word, 0)] == [
        "Country",
        "Wider dissemination",
        "Response",
    ]
    assert [c.text for c in cells(word, 2)] == [
        "Lithuania",
        "Yes",
        "1. Yes, all of it.",
    ]
    assert word.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_j05_headings_are_headings_and_the_language_is_set():
    word = opened(a_response())
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in word.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "EMN Ad-Hoc Query on biometric information"),
        ("Heading 2", "Background information"),
        ("Heading 2", "Questions"),
        ("Heading 2", "Responses"),
    ]
    assert "Heading 3" in [p.style.name for p in cells(word, 2)[2].paragraphs]
    assert '<w:lang w:val="en-GB"' in parts(a_response())["word/styles.xml"]


def test_j05_everything_an_answer_holds_is_there_in_its_order():
    cell = cells(opened(a_response()), 2)[2]
    texts = [paragraph.text for paragraph in cell.paragraphs]
    assert texts == [
        "1. Data are stored, see Article 5 of the law.",
        "third",
        f"fourth {LETTERS}",
        "nested",
        "",
        "first line\nsecond line",
        "Practice",
        "<script>alert(1)</script> [press](javascript:alert(2))",
    ]
    inner = cell.tables[0]
    assert [[c.text for c in row.cells] for row in inner.rows] == [
        ["Year", "Permits"],
        ["2025", "1 377"],
    ]


def test_numbers_of_a_list_begin_where_they_were_written_to_begin():
    numbering = parts(a_response())["word/numbering.xml"]
    assert '<w:num w:numId="1"><w:abstractNumId w:val="1"/>' in numbering
    assert '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/>' in numbering
    assert '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>' in numbering


def test_bold_italic_and_links_are_kept():
    cell = cells(opened(a_response()), 2)[2]
    first = cell.paragraphs[0]
    assert [run.text for run in first.runs if run.bold] == ["1. ", "stored"]
    assert [run.text for run in first.runs if run.italic] == ["Article 5"]
    assert [(link.text, link.address) for link in first.hyperlinks] == [
        ("the law", "https://www.e-tar.lt/x?a=1&b=2")
    ]


def test_h08_script_is_text_and_its_link_is_none():
    relations = parts(a_response())["word/_rels/document.xml.rels"]
    assert "javascript" not in relations
    assert relations.count('TargetMode="External"') == 1


def test_h01_of_a_closed_row_nothing_is_in_the_file_but_the_fixed_sentence():
    document = a_response(show_sources=True)
    row = cells(opened(document), 1)
    assert [c.text for c in row] == ["Austria", "No", CLOSED_SENTENCE]
    assert [name for name, part in parts(document).items() if SECRET in part] == []


def test_l04_it_names_no_author_and_no_machine():
    core = opened(a_response()).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.title == "EMN Ad-Hoc Query on biometric information"
    assert core.language == "en-GB"
    assert "docProps/app.xml" not in parts(a_response())


def test_sources_are_printed_only_where_they_are_wanted():
    named = ("Migration Department, version 2",)
    with_them = cells(opened(a_response("Yes.", sources=named, show_sources=True)), 2)
    without = cells(opened(a_response("Yes.", sources=named)), 2)
    assert with_them[2].text == "1. Yes.\nSources: Migration Department, version 2"
    assert without[2].text == "1. Yes."


def test_the_lithuanian_form_is_in_lithuanian():
    word = opened(a_response(language="lt"))
    assert (
        word.paragraphs[1].text == "Užklausą pateikė SE EMN NCP, 2017 m. gegužės 30 d."
    )
    assert [c.text for c in cells(word, 0)] == [
        "Valstybė",
        "Platesnė sklaida",
        "Atsakymas",
    ]
    assert cells(word, 2)[1].text == "Taip"
    assert word.core_properties.language == "lt-LT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x00b\x0bc\ud800d\uffffe", "1. abcde", id="not allowed in XML"),
        pytest.param("]]> & < > \" '", "1. ]]> & < > \" '", id="marks of XML"),
        pytest.param("", "1. –", id="nothing"),
        pytest.param("#\n\ntext", "1. text", id="a heading without words"),
        pytest.param("[1]: https://e.lt", "1. [1]: https://e.lt", id="a footnote"),
        pytest.param("{{7*7}}", "1. {{7*7}}", id="a template"),
        pytest.param("a\tb", "1. a\tb", id="a tab"),
    ],
)
def test_odd_texts_open_in_word(text, expected):
    assert cells(opened(a_response(text)), 2)[2].text == expected


def test_h08_200_kilobytes_in_one_line_come_through():
    text = "a" * 200_000
    assert cells(opened(a_response(text)), 2)[2].text == f"1. {text}"


def test_the_same_response_gives_the_same_file():
    assert response_docx(a_response()) == response_docx(a_response())
