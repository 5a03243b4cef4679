"""DOCX: paragraphs, tables and list numbers in their order, as text.

The XML is read with the standard library after its size and its DTD were looked at:
content controls, insertions and text boxes are followed, which python-docx leaves out.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

from emnnet.documents.opening.archive import TRUNCATED, checked_archive, read_part
from emnnet.documents.opening.values import UnreadableDocument
from emnnet.documents.opening.word_numbers import Numbering, W, read_numbering
from emnnet.domain.messages import _n

NO_TEXT = _n(
    "There is no text in it: it may hold only pictures. Paste the text, or ask the "
    "sender for the document."
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", FALLBACK})
BREAKS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}lastRenderedPageBreak": "",
}
BODY_DEPTH = 2  # document > body > block


def word_text(data: bytes) -> str:
    """The text of a DOCX; raises `UnreadableDocument` if it is damaged or unsafe."""
    with checked_archive(data) as archive:
        numbering = read_numbering(
            _root(archive, "word/numbering.xml"), _root(archive, "word/styles.xml")
        )
        document = read_part(archive, "word/document.xml")
    try:
        lines = [
            line for block in _blocks(document) for line in _lines(block, numbering)
        ]
    except ParseError as error:
        raise UnreadableDocument(TRUNCATED) from error
    text = "\n".join(lines)
    if not text.strip():
        raise UnreadableDocument(NO_TEXT)
    return text


def _root(archive: zipfile.ZipFile, name: str) -> Element | None:
    if name not in archive.namelist():
        return None
    try:
        return ElementTree.fromstring(read_part(archive, name))  # noqa: S314 -- no DTD
    except ParseError:
        return None


def _blocks(document: bytes) -> Iterator[Element]:
    """Each paragraph and table of the body; freed once it has been read."""
    depth = 0
    path: list[Element] = []
    source = io.BytesIO(document)
    events = ElementTree.iterparse(source, ("start", "end"))  # noqa: S314 -- no DTD
    for event, element in events:
        if event == "start":
            path.append(element)
            depth += 1
            continue
        path.pop()
        depth -= 1
        if depth == BODY_DEPTH:
            yield element
            path[-1].clear()


def _lines(block: Element, numbering: Numbering) -> Iterator[str]:
    """The lines of a block: a paragraph is one, a table's row is one."""
    if block.tag == f"{W}p":
        yield numbering.label(block) + "".join(_pieces(block, numbering))
    elif block.tag == f"{W}tbl":
        for row in block.findall(f"{W}tr"):
            yield "\t".join(_cell(cell, numbering) for cell in row.findall(f"{W}tc"))
    elif block.tag not in SKIPPED:
        for child in block:
            yield from _lines(child, numbering)


def _cell(cell: Element, numbering: Numbering) -> str:
    lines = (line for child in cell for line in _lines(child, numbering))
    return "\n".join(line for line in lines if line.strip())


def _pieces(element: Element, numbering: Numbering) -> Iterator[str]:
    """The words of a paragraph, with those of the boxes anchored in it."""
    for child in element:
        if child.tag in SKIPPED:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag in {f"{W}p", f"{W}tbl"}:
            yield "\n" + "\n".join(_lines(child, numbering)) + "\n"
        else:
            yield from _pieces(child, numbering)
