"""Filling in Word forms as people do: fields written in, marks lost, things added."""

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

MAIN = "word/document.xml"
FIELD = (
    r'(<w:sdt><w:sdtPr><w:alias[^>]*/><w:tag w:val="[^"]*\.q{question}\.[^"]*'
    r'\.{part}"/>.*?<w:sdtContent>)(.*?)(</w:sdtContent></w:sdt>)'
)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return memory.getvalue()


def edited(data: bytes, change: Callable[[str], str], name: str = MAIN) -> bytes:
    """The file with one of its parts changed."""
    content = parts(data)
    content[name] = change(content[name].decode()).encode()
    return packed(content)


def xml(data: bytes) -> str:
    return parts(data)[MAIN].decode()


def written(data: bytes, question: int, blocks: str) -> bytes:
    """The form with these paragraphs (XML) in the answer of a question, by its id."""
    return _filled(data, question, "answer", blocks)


def answered(data: bytes, question: int, text: str) -> bytes:
    """The form with a plain answer of one paragraph."""
    return written(data, question, f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>")


def chosen(data: bytes, question: int, part: str, text: str) -> bytes:
    """The form with a choice made, or a day typed."""
    return _filled(data, question, part, f"<w:r><w:t>{escape(text)}</w:t></w:r>")


def emptied(data: bytes, question: int) -> bytes:
    """The form with the answer deleted."""
    return written(data, question, "<w:p/>")


def without_marks(data: bytes) -> bytes:
    """As if all had been copied into another document: no fields, no bookmarks."""

    def strip(document: str) -> str:
        bare = re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(Content)?>", "", document)
        return re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", bare)

    return edited(data, strip)


def without_tags(data: bytes) -> bytes:
    """As LibreOffice 7.4 saves it: fields without tags, bookmarks kept."""
    return edited(data, lambda document: re.sub(r"<w:tag [^>]*/>", "", document))


def _filled(data: bytes, question: int, part: str, content: str) -> bytes:
    pattern = FIELD.format(question=question, part=part)

    def fill(document: str) -> str:
        found = re.search(pattern, document, re.S)
        assert found, f"no field {part} of question {question}"
        before = found[1].replace("<w:showingPlcHdr/>", "")
        new = before + content + found[3]
        return document[: found.start()] + new + document[found.end() :]

    return edited(data, fill)
