"""The parts of a Word file that reading its text needs: styles, lists, links, notes."""

import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

from emnnet.documents.markdown_parser import may_link
from emnnet.documents.opening.archive import TRUNCATED, checked_archive, read_part
from emnnet.documents.opening.values import UnreadableDocument
from emnnet.documents.opening.word_numbers import (
    Numbering,
    W,
    read_numbering,
    value,
)

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HYPERLINK = "/hyperlink"


@dataclass(frozen=True)
class WordParts:
    """A Word file, taken apart."""

    body: Element
    numbering: Numbering
    styles: dict[str, str]  # id to name, in small letters
    links: dict[str, str]  # id of a relation to the address
    footnotes: dict[str, Element]
    has_comments: bool

    def style(self, paragraph: Element) -> str:
        """The name of a paragraph's style in small letters, "" where it has none."""
        style_id = value(paragraph.find(f"{W}pPr/{W}pStyle")) or ""
        return self.styles.get(style_id, style_id.lower())

    def run_style(self, run: Element) -> str:
        """The same for a piece of a line."""
        style_id = value(run.find(f"{W}rPr/{W}rStyle")) or ""
        return self.styles.get(style_id, style_id.lower())


def word_parts(data: bytes) -> WordParts:
    """Take a DOCX apart; raises `UnreadableDocument` if it is damaged or unsafe."""
    with checked_archive(data) as archive:
        document = _root(archive, "word/document.xml")
        body = None if document is None else document.find(f"{W}body")
        if body is None:
            raise UnreadableDocument(TRUNCATED)
        styles = _root(archive, "word/styles.xml")
        return WordParts(
            body,
            read_numbering(_root(archive, "word/numbering.xml"), styles),
            _names(styles),
            _links(_root(archive, "word/_rels/document.xml.rels")),
            _notes(_root(archive, "word/footnotes.xml")),
            _any(_root(archive, "word/comments.xml"), "comment"),
        )


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    try:
        return ElementTree.fromstring(read_part(archive, name))  # noqa: S314 -- no DTD
    except ParseError as error:
        raise UnreadableDocument(TRUNCATED) from error


def _names(styles: Element | None) -> dict[str, str]:
    found = [] if styles is None else styles.findall(f"{W}style")
    return {
        style.get(f"{W}styleId", ""): (value(style.find(f"{W}name")) or "").lower()
        for style in found
    }


def _links(relations: Element | None) -> dict[str, str]:
    """Only addresses that may become links."""
    found = [] if relations is None else list(relations)
    return {
        one.get("Id", ""): one.get("Target", "")
        for one in found
        if one.get("Type", "").endswith(_HYPERLINK) and may_link(one.get("Target", ""))
    }


def _notes(footnotes: Element | None) -> dict[str, Element]:
    found = [] if footnotes is None else footnotes.findall(f"{W}footnote")
    return {note.get(f"{W}id", ""): note for note in found}


def _any(root: Element | None, name: str) -> bool:
    return root is not None and root.find(f"{W}{name}") is not None
