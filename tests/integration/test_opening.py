"""The same text gives the same reading, whatever it is wrapped in."""

import textwrap

import docx
import pytest

from emnnet.cli.queries import as_facts
from emnnet.documents.opening import Kind, open_document, open_limited
from emnnet.domain.reading.reader import read_query
from tests.integration.opened_documents import (
    archive,
    as_docx,
    as_html,
    as_mail,
    as_pdf,
    saved,
    word_xml,
)
from tests.unit.query_texts import IES, LETTER, SUMMARY, WORD, ies

NOTE = "Dear colleagues,\n\nplease see the document attached.\n\nKind regards\n"
WRAPPINGS = {
    "docx": as_docx,
    "pdf": as_pdf,
    "pdf, hyphenated": lambda text: as_pdf(text, justify=True),
    "pdf, small pages": lambda text: as_pdf(
        text, justify=True, paper="a5", size="14pt"
    ),
    "pdf, page of pages": lambda text: as_pdf(text, size="9pt", number="1 of 1"),
    "html": as_html,
    "mail": as_mail,
    "mail, quoted-printable": lambda text: as_mail(text, encoding="quoted-printable"),
    "mail with docx": lambda text: as_mail(NOTE, ("query.docx", as_docx(text))),
    "mail with pdf": lambda text: as_mail(NOTE, ("query.pdf", as_pdf(text))),
    "mail in mail": lambda text: as_mail(NOTE, ("query.eml", as_mail(text))),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without its mark": lambda text: text.encode("utf-16-le"),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "windows lines": lambda text: text.replace("\n", "\r\n").encode(),
    "broken lines": lambda text: "\n\n".join(
        "\n".join(textwrap.wrap(line, 76)) for line in text.split("\n")
    ).encode(),
}
NESTED = ies(
    title="EMN Ad-Hoc Query on boats, žuvys and šaltis",
    background="The Swedish Migration Agency is investigating long-term stays of "
    "third-country nationals on boats, and would like to know how others do. " * 8,
    questions="Questions 1. On boats: a) How many? b) Whose? 2. If yes to Q1, why so?",
)


def facts(data):
    opened = open_document(data, "document")
    return as_facts(read_query(opened.text), opened)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize(
    "text", [IES, SUMMARY, NESTED], ids=["ies", "summary", "nested"]
)
def test_the_wrapping_changes_nothing(wrapping, text):
    assert facts(WRAPPINGS[wrapping](text)) == facts(text.encode())


def test_a_table_of_responses_is_read_from_word():
    form, _, table = WORD.partition("3. Responses\n")
    rows = [line.split("\t") for line in table.strip().split("\n")]
    query = read_query(open_document(as_docx(form, tables=[rows]), "x").text)
    assert [(row.country, row.dissemination) for row in query.rows] == [
        ("AT", True),
        ("BE", False),
        ("EE", None),
    ]


def test_numbers_that_word_only_shows_are_read():
    document = docx.Document()
    document.add_paragraph("Questions")
    for words in ("Is it so?", "Since when?"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("Where?", style="List Bullet")
    text = open_document(saved(document), "x").text
    assert text.split("\n") == [
        "Questions",
        "1. Is it so?",
        "2. Since when?",
        "• Where?",
    ]


def test_deleted_words_are_left_out_and_inserted_ones_are_read():
    body = (
        "<w:p><w:r><w:t>Is it </w:t></w:r><w:del><w:r><w:delText>not</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>so</w:t></w:r></w:ins><w:r><w:noBreakHyphen/></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    data = archive(("word/document.xml", word_xml(body)))
    assert open_document(data, "x").text == "Is it so-\nBoxed"


def test_lists_of_a_page_keep_their_numbers():
    page = (
        b"<html><body><ol type=a><li>One?<li>Two?</ol><ul><li>Three?</ul></body></html>"
    )
    assert open_document(page, "x").text.split() == [
        "a.",
        "One?",
        "b.",
        "Two?",
        "•",
        "Three?",
    ]


@pytest.mark.parametrize("encoding", ["cp1257", "cp1252", "latin-1"])
def test_a_guessed_encoding_keeps_the_letters_and_is_said(encoding):
    words = {
        "cp1257": "Žąčęėįšųūž klausimas",
        "cp1252": "Où est l'été?",
        "latin-1": "Ça",
    }
    opened = open_document(f"EMN {words[encoding]}".encode(encoding), "x.txt")
    assert opened.text == f"EMN {words[encoding]}"
    assert str(opened.warnings[0]).startswith("The encoding was guessed")


def test_the_part_that_holds_the_query_is_chosen():
    annex = as_docx("Annex\nA table of fees, without questions.\n" * 50)
    mail = as_mail(NOTE, ("annex.docx", annex), ("query.docx", as_docx(IES)))
    opened = open_document(mail, "x.eml")
    assert opened.text.startswith("1 EMN Ad-Hoc Query")
    assert opened.attachment_names == ("annex.docx", "query.docx")
    assert opened.kind is Kind.MAIL


def test_the_date_in_the_covering_letter_is_found():
    note = "Dear all,\n\nthe query is attached. Please reply by 24 April 2017.\n"
    mail = as_mail(note, ("query.docx", as_docx(ies())))
    assert facts(mail)["reply_by"] == "2017-04-24"


def test_a_mail_without_attachment_is_read_with_its_subject():
    body = LETTER.partition("\n\n")[2]
    subject = "FW: EMN Ad-Hoc Query on digital nomads - deadline 24 March 2017"
    assert facts(as_mail(body, subject=subject))["title"] == "digital nomads"


def test_a_subject_gives_the_title_to_a_body_that_has_questions_but_none():
    body = "Dear colleagues,\n\nBackground\nNone.\n\nQuestions\n1. Is it so? Yes/No\n"
    read = facts(
        as_mail(f"{body}\n2. Since when?\n", subject="EMN AHQ 2023.4 on boats")
    )
    assert read["title"] == "boats"
    assert [one["label"] for one in read["questions"]] == ["1", "2"]
    assert facts(as_mail(body, subject="A letter")) == facts(body.encode())


def test_an_attachment_that_cannot_be_opened_is_a_warning_not_an_end():
    opened = open_document(
        as_mail(IES, ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")), "x"
    )
    assert "old.doc could not be opened" in str(opened.warnings[0])
    assert "EMN Ad-Hoc Query" in opened.text


def test_the_limited_opener_gives_what_the_opener_gives():
    data = as_docx(IES)
    assert open_limited(data, "query.docx") == open_document(data, "query.docx")
