"""The organogram on paper: a tagged PDF with the tables of the drawing, or a PNG."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256

from emnnet.child import Limits, run_child
from emnnet.documents.font_coverage import drawable
from emnnet.documents.printable import one_line
from emnnet.paths import FONTS, PACKAGE, folder

_CHILD = PACKAGE / "documents" / "organogram_child.py"
_LIMITS = Limits(seconds=30, megabytes=2048)
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_LONGEST_TEXT = 500
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 16_000
_DOTS = 144
"""Two pixels of the file for one of the drawing; typst counts 72 to the inch."""


class PaperSize(StrEnum):
    """The sheet; the drawing's shape decides whether it lies or stands."""

    A4 = "a4"
    A3 = "a3"


class NotDrawable(Exception):
    """The drawing is too large for a picture of it."""


@dataclass(frozen=True)
class Rows:
    """A table of the text alternative: its title, its heads, its cells."""

    title: str
    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OrganogramPaper:
    """Everything that stands on the paper, in one language."""

    title: str
    lines: tuple[str, ...]
    alternative: str
    svg: str
    source: str
    page_words: str
    tables: tuple[Rows, ...]
    language: str
    made_at: datetime


@cache
def making() -> str:
    """Names the way files are made: what another way made is not handed out."""
    templates = sorted((folder("templates") / "documents").glob("organogram*.typ"))
    return sha256(b"".join(path.read_bytes() for path in templates)).hexdigest()


def organogram_pdf(paper: OrganogramPaper, size: PaperSize) -> bytes:
    """PDF/UA-1 with vectors, our fonts and the tables after the drawing.

    Raises `ChildFailed` after 30 s or 2048 MB.
    """
    width, height = _size(paper.svg)
    language, _, region = paper.language.partition("-")
    data = asdict(paper) | {
        "title": _short(paper.title),
        "tables": [_table(rows) for rows in paper.tables],
        "paper": size.value,
        "flipped": width > height,
        "ratio": width / height,
        "width": width,
        "lang": language,
        "region": region or {"en": "GB", "lt": "LT"}.get(language, ""),
        "made_at": None,
    }
    moment = int(paper.made_at.timestamp())
    return _made("organogram.typ", data, format="pdf", moment=moment)


def picture_png(svg: str) -> bytes:
    """`svg` as a PNG of twice its size; less for a drawing that is very large.

    Raises `NotDrawable` where even its own size is too large, `ChildFailed` after 30 s.
    """
    width, height = _size(svg)
    most = min(
        (_MOST_PIXELS / (width * height)) ** 0.5, _LONGEST_SIDE / max(width, height)
    )
    if most < 0.5:
        raise NotDrawable
    data = {"svg": svg, "width": width, "height": height}
    dots = _DOTS if most >= _DOTS / 72 else 72 * most
    return _made("organogram_picture.typ", data, format="png", dots=dots)


def _made(template: str, data: dict[str, object], **order: object) -> bytes:
    text = drawable(json.dumps(data, ensure_ascii=False), FONTS)
    whole = {
        "template": str(folder("templates") / "documents" / template),
        "fonts": str(FONTS),
        "data": text,
        **order,
    }
    return run_child(_CHILD, json.dumps(whole).encode(), _LIMITS)


def _size(svg: str) -> tuple[int, int]:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("not one of our drawings")
    return int(found[1]), int(found[2])


def _table(rows: Rows) -> dict[str, str | Sequence[object]]:
    return {
        "title": rows.title,
        "heads": rows.heads,
        "cells": [[_short(cell) for cell in row] for row in rows.cells],
    }


def _short(text: str) -> str:
    """One line that a cell of a table can hold."""
    line = one_line(text[: 2 * _LONGEST_TEXT])
    return line if len(line) <= _LONGEST_TEXT else f"{line[:_LONGEST_TEXT]}…"
