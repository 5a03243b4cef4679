"""Open a document of any kind: bytes in, text out. Trust no byte of it."""

from emnnet.documents.opening.encodings import decoded
from emnnet.documents.opening.kinds import NO_TEXT_KIND, kind_of
from emnnet.documents.opening.mail import open_mail
from emnnet.documents.opening.pdf import pdf_text
from emnnet.documents.opening.values import (
    LONGEST,
    Kind,
    OpenedText,
    UnreadableDocument,
)
from emnnet.documents.opening.web_page import html_bytes_text
from emnnet.documents.opening.word import word_text
from emnnet.domain.messages import Message, _n, message

GUESSED = _n("The encoding was guessed (%(encoding)s). Check the letters of names.")
SHORTENED = _n("The text is very long; only its beginning was read.")


def open_document(data: bytes, filename: str) -> OpenedText:
    """The text of a document; its kind is told by its content, not by its name.

    Raises `UnreadableDocument`. Call `open_limited` for what comes from outside.
    """
    del filename  # names lie; the content decides
    opened = open_within(data, 0)
    if len(opened.text) <= LONGEST:
        return opened
    warnings = (*opened.warnings, message(SHORTENED))
    return OpenedText(
        opened.text[:LONGEST], opened.kind, opened.attachment_names, warnings
    )


def open_within(data: bytes, depth: int) -> OpenedText:
    """The same for a document within `depth` mails."""
    kind = kind_of(data)
    if kind is Kind.MAIL:
        return open_mail(data, open_within, depth)
    if kind is Kind.DOCX:
        return OpenedText(word_text(data), kind)
    if kind is Kind.HTML:
        return OpenedText(html_bytes_text(data), kind)
    if kind is Kind.PDF:
        text, warnings = pdf_text(data)
        return OpenedText(text, kind, (), warnings)
    return _plain(data)


def _plain(data: bytes) -> OpenedText:
    found = decoded(data)
    if found is None:
        raise UnreadableDocument(NO_TEXT_KIND)
    warnings: tuple[Message, ...] = ()
    if found.guessed:
        warnings = (message(GUESSED, encoding=found.encoding),)
    return OpenedText(found.text, Kind.TEXT, (), warnings)
