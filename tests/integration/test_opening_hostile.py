"""What cannot be opened is refused with a clear message, soon and without harm."""

import time

import pytest

from emnnet.documents.opening import UnreadableDocument, open_document, open_limited
from emnnet.documents.opening.limited import MEMORY
from tests.integration.opened_documents import (
    archive,
    as_docx,
    as_pdf,
    locked_pdf,
    scanned_pdf,
    word_xml,
)
from tests.unit.query_texts import IES

pytestmark = pytest.mark.long

SECONDS = 10
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
XXE = word_xml("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", ENTITY)
BOMB = archive(("word/document.xml", b"<a>" + bytes(130 * 1024 * 1024)))


def refusal(data, name="query.docx"):
    """Why a document was refused, and that it took less than was promised."""
    started = time.monotonic()
    with pytest.raises(UnreadableDocument) as refused:
        open_limited(data, name)
    assert time.monotonic() - started < SECONDS
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        pytest.param(b"", "The document is empty.", id="0 bytes"),
        pytest.param(b" \n ", "The document is empty.", id="blanks"),
        pytest.param(b"MZ" + bytes(500), "This is a program", id="exe named docx"),
        pytest.param(b"\x89PNG\r\n" + bytes(9), "This is a picture", id="png"),
        pytest.param(b"{\\rtf1 x}", "This is a rich text document", id="rtf"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "This is an old", id="doc"
        ),
        pytest.param(bytes(range(256)) * 40, "This is not a document", id="noise"),
        pytest.param(
            archive(("xl/workbook.xml", "")), "This is a spreadsheet", id="xlsx"
        ),
        pytest.param(archive(("a.txt", "a")), "This is an archive", id="zip"),
        pytest.param(BOMB, "The document would unpack to far more", id="zip bomb"),
        pytest.param(
            archive(*((f"{at}.xml", "") for at in range(2500))),
            "The document would unpack to far more",
            id="thousands of members",
        ),
        pytest.param(
            archive(("word/document.xml", XXE)),
            "The document holds instructions",
            id="xxe",
        ),
        pytest.param(
            archive(("word/document.xml", XXE.encode("utf-16"))),
            "The document holds instructions",
            id="xxe in utf-16",
        ),
        pytest.param(
            archive(("word/document.xml", word_xml("")), ("word/styles.xml", XXE)),
            "The document holds instructions",
            id="xxe in the styles",
        ),
        pytest.param(
            archive(("word/document.xml", word_xml("<w:p/>"))),
            "There is no text in it",
            id="empty docx",
        ),
        pytest.param(
            scanned_pdf(), "There is no text in it: it looks like a scan.", id="scan"
        ),
        pytest.param(
            locked_pdf(as_pdf(IES), "secret"), "The PDF is protected", id="locked pdf"
        ),
    ],
)
def test_a_document_that_cannot_be_opened_is_refused_in_words(data, beginning):
    assert refusal(data).startswith(beginning)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("make", [as_docx, as_pdf])
def test_a_document_that_breaks_off_is_refused(make, part):
    data = make(IES)
    assert "is not complete" in refusal(data[: int(len(data) * part)])


def test_a_pdf_that_everybody_may_open_is_read():
    assert "EMN Ad-Hoc Query" in open_document(locked_pdf(as_pdf(IES), ""), "x").text


def test_more_than_20_mb_is_refused_unread():
    assert refusal(b"x" * (21 * 1024 * 1024)).startswith("The document has 21 MB")


def test_a_very_long_text_is_read_from_its_beginning():
    opened = open_limited(b"words and more " * 200_000, "x.txt")
    assert len(opened.text) == 1_000_000
    assert (
        str(opened.warnings[0]) == "The text is very long; only its beginning was read."
    )


def test_three_hundred_pages_are_read_or_refused_in_time():
    data = as_pdf("\n".join([IES] * 400), paper="a5", size="14pt")
    started = time.monotonic()
    opened = open_limited(data, "x.pdf")
    assert time.monotonic() - started < SECONDS
    assert opened.text.startswith("1 EMN Ad-Hoc Query")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            archive(
                ("word/document.xml", word_xml("<w:r>" * 90_000 + "</w:r>" * 90_000))
            ),
            id="deep xml",
        ),
        pytest.param(
            archive(
                (
                    "word/document.xml",
                    word_xml("<w:p>" + "<w:r a='b'/>" * 400_000 + "</w:p>"),
                )
            ),
            id="broad xml",
        ),
        pytest.param(b"<html>" + b"<div>" * 500_000, id="deep html"),
        pytest.param(
            b"%PDF-1.7\n" + b"1 0 obj << /A [" * 100_000 + b"\n%%EOF", id="deep pdf"
        ),
        pytest.param(
            b"Subject: x\nMIME-Version: 1.0\n\n" + b"\n" * 9_000_000, id="mail of lines"
        ),
    ],
)
def test_what_is_made_to_exhaust_is_refused_in_time(data):
    assert refusal(data)


def test_memory_is_limited_in_the_child(monkeypatch):
    monkeypatch.setattr("emnnet.documents.opening.archive.LARGEST_PART", 1)
    assert MEMORY == 500 * 1024 * 1024
    assert (
        "EMN Ad-Hoc Query" in open_limited(as_docx(IES), "x").text
    )  # not in this process
