"""HTML: its words, a line a block, with the numbers of its lists."""

import re
from html.parser import HTMLParser

from emnnet.documents.opening.encodings import decoded
from emnnet.documents.opening.values import UnreadableDocument
from emnnet.documents.opening.word_numbers import shaped
from emnnet.domain.messages import _n
from emnnet.domain.reading.wordlists import words

NO_TEXT = _n("There is no text in this page. Paste the text of the query.")
BLOCKS = words(
    "address article aside blockquote center dd div dl dt fieldset figure footer "
    "form h1 h2 "
    "h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul"
)
APART = words("h1 h2 h3 h4 h5 h6 p table ul ol blockquote")
SILENT = words("script style head noscript template title nav")
SHAPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)


def html_bytes_text(data: bytes) -> str:
    """The text of a page in the encoding it declares, or the one its bytes show."""
    declared = CHARSET.search(data[:4096])
    page = decoded(data, declared[1].decode("ascii") if declared else None)
    return html_text(page.text if page else "")


def html_text(page: str) -> str:
    """The text of a page; raises `UnreadableDocument` if there is none."""
    reader = _PageReader()
    reader.feed(page)
    reader.close()
    lines = "".join(reader.pieces).split("\n")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()
    if not text:
        raise UnreadableDocument(NO_TEXT)
    return text


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0
        self.lists: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self._cell()
        elif tag in BLOCKS:
            self._line(tag)
            self._listed(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS:
            self._line(tag)
            if tag in {"ol", "ul"} and self.lists:
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _cell(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\t")

    def _line(self, tag: str) -> None:
        self.pieces.append("\n\n" if tag in APART and not self.lists else "\n")

    def _listed(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "ol":
            shape = SHAPES.get(attributes.get("type") or "1", "decimal")
            start = attributes.get("start") or "1"
            self.lists.append((shape, int(start) - 1 if start.isdigit() else 0))
        elif tag == "ul":
            self.lists.append(("bullet", 0))
        elif tag == "li" and self.lists:
            shape, count = self.lists[-1]
            self.lists[-1] = (shape, count + 1)
            mark = "\u2022" if shape == "bullet" else f"{shaped(count + 1, shape)}."
            self.pieces.append(f"{mark} ")
