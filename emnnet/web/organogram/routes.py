"""The organogram of a day, for everybody: as a drawing, a table, a list, a file."""

from io import BytesIO
from typing import Any

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from emnnet.documents.organogram_paper import PaperSize
from emnnet.files.names import safe_name
from emnnet.graphs.reading import second_ties
from emnnet.web.access import public
from emnnet.web.as_of import plain_day
from emnnet.web.network_words import LEGEND_WORDS, STANDING_WORDS, TIE_WORDS
from emnnet.web.organogram import panel, present
from emnnet.web.organogram.asked import VIEWS, ZOOMS, Shown, shown, svg
from emnnet.web.organogram.kept import Piece, pieces
from emnnet.web.organogram.sheets import FileKind, as_on_screen, made
from emnnet.web.organogram.sorting import sorted_bodies, sorted_ties
from emnnet.web.organogram.summary import summary

bp = Blueprint("organogram", __name__)


@bp.get("/organogram")
@public
def show() -> ResponseReturnValue:
    """The bodies and ties of a day, in one of three views with the same content."""
    asked = shown()
    beside = panel.beside(asked)
    if beside is None:
        picture = pieces().made(asked.key, lambda: _picture(asked))
    else:  # what is known of a body is not the same for every reader
        picture = _picture(asked, beside)
    page = render_template("organogram/show.html", shown=asked, picture=picture.html)
    return page, 422 if asked.form.errors else 200


def _picture(asked: Shown, beside: panel.Panel | None = None) -> Piece:
    """The view with its controls, without the frame of the site."""
    drawing = svg(asked) if asked.view == VIEWS[0] else None
    content = _words(asked) if drawing is None else _legend(asked)
    html = render_template(
        f"organogram/{asked.view}.html",
        shown=asked,
        view=asked.view,
        views=VIEWS,
        zooms=ZOOMS,
        plain_day=plain_day,
        svg=drawing,
        summary=summary(asked),
        panel=beside,
        standing_words=STANDING_WORDS,
        **content,
    )
    failed = asked.view == VIEWS[0] and asked.part.bodies and drawing is None
    return Piece(html, keep=not failed)


def _legend(asked: Shown) -> dict[str, Any]:
    """What stands around the drawing."""
    return {
        "sectors": present.sectors(asked.part),
        "kinds": present.kinds(asked.to_draw),
        "second": bool(second_ties(asked.drawn.drawing)),
        "hidden": len(asked.to_draw.bonds) < len(asked.part.bonds),
        "legend_words": LEGEND_WORDS,
    }


def _words(asked: Shown) -> dict[str, Any]:
    """Tables and list with the content of the drawing."""
    language, sort = asked.language, asked.asked.get("sort", "")
    rows, ties = present.body_rows(asked.part, language), present.tie_rows(asked.part)
    return {
        "bodies": sorted_bodies(rows, sort, language),
        "ties": sorted_ties(ties, asked.asked.get("tie_sort", ""), language),
        "twigs": present.twigs(asked.part),
        "tie_words": TIE_WORDS,
    }


@bp.get("/organogram.svg")
@public
def download() -> ResponseReturnValue:
    """The drawing as a file that needs nothing beside it."""
    asked = shown()
    printed = as_on_screen(asked)
    if printed is None:  # the page says why, and shows the table
        return redirect(url_for("organogram.show", **asked.address), 303)
    return send_file(
        BytesIO(made(printed, FileKind.SVG, PaperSize.A4)),
        mimetype=FileKind.SVG.media_type,
        as_attachment=True,
        download_name=safe_name(f"{printed.name}.svg"),
    )
