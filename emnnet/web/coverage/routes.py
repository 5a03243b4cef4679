"""What the network tells, for everybody: visitors see what is published."""

from io import BytesIO

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from emnnet.documents.lists import as_csv
from emnnet.domain.audience import Audience
from emnnet.domain.real_work import WorkFilter, WorkKind
from emnnet.extensions import db
from emnnet.files.names import safe_name
from emnnet.graphs.drawings import network_drawing
from emnnet.graphs.measures import measured
from emnnet.graphs.network_parts import only_kinds, with_work
from emnnet.selectors.coverage import coverage
from emnnet.selectors.organogram import recorded
from emnnet.selectors.real_work import work_ties
from emnnet.selectors.work_load import yearly_work
from emnnet.web.access import public
from emnnet.web.as_of import AsOfForm
from emnnet.web.coverage.tables import GAP_WORDS, TABLES, Told, tell
from emnnet.web.figures import figure
from emnnet.web.identity import viewing

bp = Blueprint("coverage", __name__)
STRUCTURE, WORK = "structure", "work"


class CoverageForm(AsOfForm):
    """The day, and which ties are measured."""

    ties = SelectField(
        _l("Ties that are measured"),
        choices=[
            SelectChoice(STRUCTURE, _l("organogram and membership")),
            SelectChoice(WORK, _l("real work")),
        ],
        validate_choice=False,
        default=STRUCTURE,
    )


@bp.get("/network/measures")
@public
def show() -> ResponseReturnValue:
    """Measures, coverage, load and trend, each figure with its definition."""
    form, told = _told()
    page = render_template(
        "coverage/show.html",
        form=form,
        told=told,
        gap_words=GAP_WORDS,
        figure=figure,
        office=viewing() is Audience.OFFICE,
        language=told.language,
    )
    return page, 422 if form.errors else 200


@bp.get("/network/measures/<name>.csv")
@public
def table(name: str) -> ResponseReturnValue:
    """One of the tables as a file."""
    if name not in TABLES:
        abort(404)
    form, told = _told()
    return send_file(
        BytesIO(as_csv(*TABLES[name](told))),
        mimetype="text/csv; charset=utf-8",
        as_attachment=True,
        download_name=safe_name(f"{name}, {form.day.isoformat()}.csv"),
    )


def _told() -> tuple[CoverageForm, Told]:
    form = CoverageForm(request.args)
    form.read()
    language, audience = str(get_locale()), viewing()
    everything = recorded(db.session)
    picture = everything.on(form.day)
    drawn = network_drawing(picture, language, everybody=True)
    if form.ties.data == WORK:
        kind = WorkKind.ASKED if audience is Audience.OFFICE else WorkKind.ANSWERED
        found = work_ties(db.session, audience, WorkFilter(), [kind])
        drawn = with_work(only_kinds(drawn, ()), found)
    covered = coverage(everything, form.day)
    work = yearly_work(db.session, audience, WorkFilter())
    return form, tell(picture, language, measured(drawn), covered, work)
