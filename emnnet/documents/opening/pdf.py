"""PDF: the text of its pages, without what repeats on each of them."""

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from emnnet.documents.opening.values import LONGEST, UnreadableDocument
from emnnet.domain.messages import Message, _n, message

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LONGEST_READING = 4.0  # seconds, after which the pages read so far are taken
FEWEST_LETTERS = 20  # fewer on all pages together are no text
REPEATED = 2  # pages on which a line at the edge stands to be a running head
EDGE = 5  # lines at the top and the bottom where running heads stand

TRUNCATED = _n(
    "The PDF is not complete: it breaks off or is damaged. Ask the sender to send it "
    "again."
)
LOCKED = _n(
    "The PDF is protected with a password. Save a copy without a password, or paste "
    "its "
    "text."
)
SCAN = _n(
    "There is no text in it: it looks like a scan. Paste the text, or ask the sender "
    "for "
    "the document."
)
PAGES_LEFT_OUT = _n(
    "Only the first pages were read: %(read)d of %(pages)d. The rest is in the "
    "document."
)
DIGITS = re.compile(r"\d+")


def pdf_text(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text of a PDF and what to know about it.

    Raises `UnreadableDocument` if it is damaged, locked or a scan.
    """
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-2048:]:
        raise UnreadableDocument(TRUNCATED)
    reader = _reader(data)
    pages, count = _pages(reader)
    text = "\n\f\n".join("\n".join(page) for page in _without_running_heads(pages))
    if sum(char.isalpha() for char in text) < FEWEST_LETTERS:
        raise UnreadableDocument(SCAN)
    left_out = len(pages) < count
    warnings = (
        (message(PAGES_LEFT_OUT, read=len(pages), pages=count),) if left_out else ()
    )
    return text, warnings


def _reader(data: bytes) -> "PdfReader":
    from pypdf import PdfReader  # noqa: PLC0415 -- slow import: pypdf
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415 -- slow import

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError) as error:
        raise UnreadableDocument(LOCKED) from error
    except (PyPdfError, ValueError, KeyError, TypeError, OSError) as error:
        raise UnreadableDocument(TRUNCATED) from error
    if locked:
        raise UnreadableDocument(LOCKED)
    return reader


def _pages(reader: "PdfReader") -> tuple[list[list[str]], int]:
    """The lines of the pages read in time, and how many pages there are."""
    started = time.monotonic()
    pages: list[list[str]] = []
    letters = 0
    try:
        count = len(reader.pages)
        for page in reader.pages:
            lines = list(_page_lines(page))
            pages.append(lines)
            letters += sum(map(len, lines))
            if time.monotonic() - started > LONGEST_READING or letters > LONGEST:
                break
    except RecursionError as error:
        raise UnreadableDocument(TRUNCATED) from error
    except Exception as error:  # a damaged page raises anything
        if not pages:
            raise UnreadableDocument(TRUNCATED) from error
        count = max(count, len(pages) + 1)
    return pages, count


def _page_lines(page: "PageObject") -> Iterator[str]:
    for line in page.extract_text().split("\n"):
        if line.strip():
            yield line.rstrip()


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines that stand at the edge of most of them."""
    edges = Counter(
        key for page in pages for key in {_key(line) for line in _edge(page)}
    )
    least = max(REPEATED, len(pages) // 2)
    heads = {key for key, count in edges.items() if count >= least}
    return [_stripped(page, heads, EDGE if at else 0) for at, page in enumerate(pages)]


def _edge(lines: list[str]) -> list[str]:
    return lines[:EDGE] + lines[-EDGE:]


def _key(line: str) -> str:
    return DIGITS.sub("#", " ".join(line.split()))


def _stripped(lines: list[str], heads: set[str], top: int) -> list[str]:
    """The lines without the heads in the first `top` and the last few."""
    last = max(len(lines) - EDGE, EDGE)
    return [
        line
        for at, line in enumerate(lines)
        if not ((at < top or at >= last) and _key(line) in heads)
    ]
