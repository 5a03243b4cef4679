"""The organogram as files: one SVG, PDF or PNG with title, legend and source."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from flask_babel import force_locale
from flask_babel import gettext as _

from emnnet import clock
from emnnet.documents.organogram_paper import (
    OrganogramPaper,
    PaperSize,
    Rows,
    making,
    organogram_pdf,
    picture_png,
)
from emnnet.graphs.drawings import drawing
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.sheets import Sheet, sheet_svg
from emnnet.graphs.values import Drawing, Look
from emnnet.graphs.words import drawing_words
from emnnet.mail.material import office_name
from emnnet.selectors.organogram import Body, Organogram
from emnnet.web import drawings
from emnnet.web.as_of import plain_day
from emnnet.web.network_words import SECTOR_WORDS, STANDING_WORDS, TIE_WORDS
from emnnet.web.organogram import asked, present

LONGEST_TITLE = 120
_PATIENCE = 10
"""Seconds that a file is waited for while others are made."""


class FileKind(StrEnum):
    """The kinds of file an organogram is handed out as."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """As it is served."""
        return {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}[
            self.value
        ]


@dataclass(frozen=True)
class Printed:
    """What goes on paper, in one language: the drawing and the facts of its tables."""

    title: str
    picture: Organogram
    drawing: Drawing
    svg: str
    language: str
    note: str = ""

    @property
    def name(self) -> str:
        """The name of the file without its ending."""
        day, title = self.picture.as_of.isoformat(), self.title[:LONGEST_TITLE]
        return title if day in title else f"{title}, {day}"


def as_on_screen(shown: asked.Shown) -> Printed | None:
    """The bodies and ties the address asks for; None where nothing can be drawn."""
    svg = asked.svg(shown, external=True)
    if svg is None:
        return None
    top = shown.whole.by_slug.get(shown.form.root.data or "")
    title = top.names.full(shown.language) if top else _("Organogram")
    note = _("A part of the organogram") if shown.is_narrowed else ""
    return Printed(title, shown.part, shown.drawn.drawing, svg, shown.language, note)


def everything(
    picture: Organogram, language: str, *, title: str = "", top_down: bool = False
) -> Printed | None:
    """All bodies of a day, cooperation in the table only; None if it took too long."""
    with force_locale(language):
        name = title or _("Organogram")
    plain = drawing(
        picture.usual,
        language,
    )
    as_of = picture.as_of.isoformat()
    svg = drawings.drawn(
        lambda: organogram_svg(
            plain,
            language,
            address=drawings.body_address(as_of, external=True),
            cache=drawings.drawing_cache(),
            look=Look(top_down=top_down),
        )
    )
    return Printed(name, picture, plain, svg, language) if svg else None


def made(printed: Printed, kind: FileKind, size: PaperSize) -> bytes:
    """The file, kept for whoever asks the same again on the same day.

    Raises `ChildFailed`, and `NotDrawable` for a PNG of a very large drawing.
    """
    with force_locale(printed.language):
        if kind is FileKind.SVG:
            return _sheet(printed).encode()
        if kind is FileKind.PNG:
            svg = _sheet(printed)
            return _kept(f"png{svg}", lambda: picture_png(svg))
        paper = _paper(printed)
        told = json.dumps(asdict(paper), default=str)
        return _kept(f"{size}{told}", lambda: organogram_pdf(paper, size))


def _kept(told: str, make: Callable[[], bytes]) -> bytes:
    cache = replace(drawings.drawing_cache(), patience=_PATIENCE)
    return cache.made(f"{making()}{told}".encode(), make)


def _lines(printed: Printed) -> tuple[str, ...]:
    day = plain_day(printed.picture.as_of)
    said = _("Institutions of migration and asylum policy on %(day)s", day=day)
    return (said, printed.note) if printed.note else (said,)


def _source(language: str) -> str:
    said = _(
        "Source: %(name)s. Made on %(day)s with emnnet.",
        name=office_name(language),
        day=plain_day(clock.today()),
    )
    return str(said)


def _sheet(printed: Printed) -> str:
    sheet = Sheet(
        words=drawing_words(printed.language),
        title=printed.name,
        line=" · ".join(_lines(printed)),
        source=_source(printed.language),
    )
    return sheet_svg(printed.svg, printed.drawing, sheet)


def _paper(printed: Printed) -> OrganogramPaper:
    language = printed.language
    plain = Sheet(words=drawing_words(language))
    bodies, ties = len(printed.picture.bodies), len(printed.picture.bonds)
    return OrganogramPaper(
        title=printed.name,
        lines=_lines(printed),
        alternative=_(
            "Organogram with %(bodies)s institutions and %(ties)s ties. "
            "The tables after it say the same in words.",
            bodies=bodies,
            ties=ties,
        ),
        svg=sheet_svg(printed.svg, printed.drawing, plain),
        source=_source(language),
        page_words=_("Page {number} of {total}"),
        tables=(_bodies(printed), _ties(printed)),
        language=language,
        made_at=datetime.combine(clock.today(), time(), clock.now().tzinfo),
    )


def _bodies(printed: Printed) -> Rows:
    language = printed.language
    return Rows(
        title=_("Institutions"),
        heads=(
            _("Institution"),
            _("Short"),
            _("Sector"),
            _("Answers to"),
            _("In the network"),
        ),
        cells=tuple(
            (
                row.body.names.full(language),
                row.body.names.abbreviation,
                str(SECTOR_WORDS[row.body.sector]),
                ", ".join(head.names.full(language) for head in row.heads),
                _role(row.body),
            )
            for row in present.body_rows(printed.picture, language)
        ),
    )


def _role(body: Body) -> str:
    said = ((_("partner"), body.is_partner), (_("NCP"), body.is_ncp))
    return ", ".join(word for word, holds in said if holds)


def _ties(printed: Printed) -> Rows:
    language = printed.language
    return Rows(
        title=_("Ties"),
        heads=(
            _("Institution"),
            _("Tie"),
            _("Other institution"),
            _("Note"),
            _("Standing"),
        ),
        cells=tuple(
            (
                row.source.names.full(language),
                str(TIE_WORDS[row.bond.kind]),
                row.target.names.full(language),
                row.bond.note,
                str(STANDING_WORDS[row.bond.standing]),
            )
            for row in present.tie_rows(printed.picture)
        ),
    )
