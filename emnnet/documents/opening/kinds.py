"""What a document is, by its first bytes; its name decides nothing."""

import re

from emnnet.documents.opening.archive import archive_kind
from emnnet.documents.opening.encodings import decoded
from emnnet.documents.opening.values import Kind, UnreadableDocument
from emnnet.domain.messages import _n
from emnnet.domain.reading.wordlists import words

EMPTY = _n("The document is empty. Ask the sender to send it again.")
PROGRAM = _n("This is a program, not a document. It was not opened.")
OLD_OFFICE = _n(
    "This is an old Word document, an Outlook message or a document with a password. "
    "Save it as .docx or .eml without a password, or paste its text."
)
RICH_TEXT = _n(
    "This is a rich text document (RTF). Save it as .docx or paste its text."
)
PICTURE = _n(
    "This is a picture: there is no text in it. Paste the text, or ask the sender for "
    "the document."
)
ARCHIVE = _n("This is an archive of files. Unpack it and choose the document.")
NO_TEXT_KIND = _n(
    "This is not a document that can be opened. Use .docx, .eml, .pdf, .txt or "
    ".html, or "
    "paste the text."
)

REFUSED = (
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"#!/", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", RICH_TEXT),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
)
MAIL_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?", re.M)
MAIL_FIELDS = words(
    "from to cc date subject received mime-version content-type message-id return-path "
    "content-transfer-encoding delivered-to x-mailer reply-to sender"
)
MAIL_PROOFS = words("mime-version message-id received content-type return-path")
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]"
    r"|meta|article|section|main)\b",
    re.I | re.S,
)


def kind_of(data: bytes) -> Kind:
    """The kind of a document; raises `UnreadableDocument` for what cannot be opened."""
    if not data.strip():
        raise UnreadableDocument(EMPTY)
    for start, reason in REFUSED:
        if data.startswith(start) and (len(start) > 2 or b"\0" in data[:1024]):
            raise UnreadableDocument(reason)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK"):
        return archive_kind(data)
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> Kind:
    head = decoded(data[:8192], partial=True)
    if head is None:
        raise UnreadableDocument(NO_TEXT_KIND)
    if _is_mail(head.text.lstrip("\ufeff\r\n")):
        return Kind.MAIL
    return Kind.HTML if HTML_START.match(head.text) else Kind.TEXT


def _is_mail(text: str) -> bool:
    """Does it begin with the headers of a mail as it travels?"""
    if text.startswith("From ") and "\n" in text:
        text = text.partition("\n")[2]
    top = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    first = MAIL_HEADER.match(top)
    if first is None:
        return False
    names = {match[1].lower() for match in MAIL_HEADER.finditer(top)}
    return len(names & MAIL_FIELDS) >= 2 and bool(names & MAIL_PROOFS)
