"""What comes out of a document that was opened, and why one cannot be."""

from dataclasses import dataclass
from enum import StrEnum

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE  # bytes of a document
LONGEST = 1_000_000  # characters of a text; a 300-page compilation has about 900,000


class Kind(StrEnum):
    """Kinds of documents that can be opened."""

    DOCX = "docx"
    PDF = "pdf"
    MAIL = "eml"
    HTML = "html"
    TEXT = "txt"


@dataclass(frozen=True)
class OpenedText:
    """The text of a document, ready to be read as a query."""

    text: str
    kind: Kind
    attachment_names: tuple[str, ...] = ()
    warnings: tuple[Message, ...] = ()


class UnreadableDocument(DomainError):
    """This document cannot be opened; the message says why and what to do."""
