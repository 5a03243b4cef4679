"""Opening what arrives: docx, eml, pdf, html and txt become text."""

from emnnet.documents.opening.limited import open_limited
from emnnet.documents.opening.opener import open_document
from emnnet.documents.opening.values import Kind, OpenedText, UnreadableDocument

__all__ = ["Kind", "OpenedText", "UnreadableDocument", "open_document", "open_limited"]
