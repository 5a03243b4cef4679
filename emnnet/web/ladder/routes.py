"""The page of the ladders: look, try out, save, go back to the shipped one."""

from datetime import date, timedelta

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.calendar import Calendar
from emnnet.domain.errors import DomainError
from emnnet.domain.ladder import Ladders, check_ladder
from emnnet.domain.network import Duty
from emnnet.extensions import db
from emnnet.selectors.calendar import calendar_reading
from emnnet.selectors.ladders import (
    ladder_versions,
    ladders_reading,
    office_ladders,
)
from emnnet.selectors.reading import read
from emnnet.services.ladders import reset_ladder, save_ladder
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.ladder.forms import LadderForm, form_of
from emnnet.web.ladder.present import ladder_page, outlook_of
from emnnet.web.messages import translated

bp = Blueprint("ladder", __name__, url_prefix="/settings/ladder")
EXAMPLE = timedelta(days=28)


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """The ladder of one duty, with what it means."""
    return _shown(_duty(request.args.get("duty", Duty.MANDATED.value)))


@bp.post("/<duty>")
@requires(coordinators)
def save(duty: str) -> ResponseReturnValue:
    """Keep a new version, or show what it would mean."""
    which, form = _duty(duty), LadderForm()
    if not form.validate():
        return _shown(which, form), 422
    ladder = form.ladder(office_ladders(db.session)[which])
    try:
        check_ladder(ladder)
        if "try" in request.form:
            return _shown(which, form)
        with committing() as session:
            seen = int(form.seen.data or 0)
            save_ladder(session, which, ladder, seen=seen, by=acting(), now=clock.now())
    except DomainError as error:
        form.form_errors.append(translated(error))
        return _shown(which, form), 409
    flash(_("The ladder is saved. It counts from the next run on."), "done")
    return redirect(url_for(".index", duty=which.value), 303)


@bp.get("/<duty>/preview")
@requires(office)
def preview(duty: str) -> ResponseReturnValue:
    """What the ladder that is being typed would mean: a part of the page."""
    which = _duty(duty)
    form = LadderForm(request.args, meta={"csrf": False})
    if not form.validate():
        return render_template("ladder/wrong.html", errors=form.errors)
    ladders, calendar = _counted_by()
    ladder = form.ladder(ladders[which])
    try:
        check_ladder(ladder)
    except DomainError as error:
        errors = {"": [translated(error)]}
        return render_template("ladder/wrong.html", errors=errors)
    day = form.example.data or _example(calendar)
    outlook = outlook_of(ladder, day, calendar)
    return render_template("ladder/outlook.html", outlook=outlook)


@bp.post("/<duty>/reset")
@requires(coordinators)
def reset(duty: str) -> ResponseReturnValue:
    """Back to the shipped ladder, as a new version."""
    which = _duty(duty)
    with committing() as session:
        seen = request.form.get("seen", 0, int)
        reset_ladder(session, which, seen=seen, by=acting(), now=clock.now())
    flash(_("The shipped ladder counts again from the next run on."), "done")
    return redirect(url_for(".index", duty=which.value), 303)


def _shown(duty: Duty, form: LadderForm | None = None) -> str:
    ladders, calendar = _counted_by()
    page = ladder_page(duty, ladder_versions(db.session), ladders)
    day = (form.example.data if form else None) or _example(calendar)
    ladder = ladders[duty]
    if form is not None and not form.errors:
        ladder = form.ladder(ladder)
    form = form or form_of(ladder, page.seen, day)
    outlook = outlook_of(ladder, day, calendar)
    return render_template("ladder/index.html", page=page, form=form, outlook=outlook)


def _example(calendar: Calendar) -> date:
    """A working day some weeks ahead."""
    return calendar.on_or_after(clock.today() + EXAMPLE)


def _counted_by() -> tuple[Ladders, Calendar]:
    """The ladders, and the days off by which they count."""
    code = current_app.config["CALENDAR"]
    return read(db.session, ladders_reading(), calendar_reading(code))


def _duty(word: str) -> Duty:
    known = {duty.value for duty in Duty}
    return Duty(word) if word in known else abort(404)
