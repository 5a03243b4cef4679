"""The organogram to take along: what is on the screen, or everything, as a file."""

import logging
from enum import StrEnum
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField

from emnnet.child import ChildFailed
from emnnet.documents.organogram_paper import NotDrawable, PaperSize
from emnnet.files.names import safe_name
from emnnet.web.access import public
from emnnet.web.fields import choices
from emnnet.web.organogram import asked
from emnnet.web.organogram.sheets import (
    FileKind,
    Printed,
    as_on_screen,
    everything,
    made,
)

bp = Blueprint("paper", __name__)
log = logging.getLogger(__name__)


class Content(StrEnum):
    """How much of the day stands on the paper."""

    SCREEN = "screen"
    EVERYTHING = "everything"


KINDS = {
    FileKind.PDF: _l("PDF: to print and to search, with the tables after the drawing"),
    FileKind.SVG: _l("SVG: the drawing alone, for other programs"),
    FileKind.PNG: _l("PNG: a picture at twice the size of the screen"),
}
SIZES = {PaperSize.A4: "A4", PaperSize.A3: "A3"}
CONTENTS = {
    Content.SCREEN: _l("As on the screen: with the branch and the filters chosen"),
    Content.EVERYTHING: _l("Everything on this day"),
}


class PaperForm(Form):
    """What file; everything is valid, what is unknown is taken as the first choice."""

    kind = RadioField(_l("File"), choices=choices(KINDS), default=FileKind.PDF)
    size = RadioField(
        _l("Paper of the PDF"),
        choices=choices(SIZES),
        default=PaperSize.A4,
        description=_l("It lies or stands as the drawing needs."),
    )
    content = RadioField(
        _l("Content"), choices=choices(CONTENTS), default=Content.SCREEN
    )


@bp.get("/organogram/paper")
@public
def show() -> ResponseReturnValue:
    """Choose the file."""
    return _page(asked.shown())


@bp.get("/organogram/file")
@public
def file() -> ResponseReturnValue:
    """The file; where it cannot be made, the page says so."""
    shown, form = asked.shown(), PaperForm(request.args)
    kind = _one(FileKind, form.kind.data)
    printed = _printed(shown, _one(Content, form.content.data))
    if printed is None:
        return _page(shown, failed=True), HTTPStatus.SERVICE_UNAVAILABLE
    try:
        data = made(printed, kind, _one(PaperSize, form.size.data))
    except (ChildFailed, NotDrawable):
        log.exception("no file made")
        return _page(shown, failed=True), HTTPStatus.SERVICE_UNAVAILABLE
    return send_file(
        BytesIO(data),
        mimetype=kind.media_type,
        as_attachment=True,
        download_name=safe_name(f"{printed.name}.{kind.value}"),
    )


def _one(words: Any, value: str | None) -> Any:
    """The word meant; the first one for an unknown one."""
    return words(value) if value in set(words) else next(iter(words))


def _printed(shown: asked.Shown, content: Content) -> Printed | None:
    if content is Content.SCREEN:
        return as_on_screen(shown)
    if not shown.whole.bodies:
        return None
    return everything(shown.whole, shown.language, top_down=shown.form.top_down)


def _page(shown: asked.Shown, *, failed: bool = False) -> str:
    form = PaperForm(request.args)
    return render_template(
        "paper/show.html",
        form=form,
        shown=shown,
        carried=_carried(shown.address),
        failed=failed,
        title=_("Print or download the organogram"),
    )


def _carried(address: dict[str, Any]) -> list[tuple[str, str]]:
    """The filters of the address as hidden fields."""
    return [
        (name, one)
        for name, value in address.items()
        for one in (value if isinstance(value, list) else [value])
    ]
