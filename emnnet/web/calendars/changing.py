"""Changing a calendar: first the page of what it would do, then the change itself."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet import clock
from emnnet.domain.calendar_edits import UNREADABLE, EditKind, read_edits
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.services.calendar_changes import Change, change_calendar
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.calendars.blueprint import bp
from emnnet.web.calendars.forms import HolidayForm
from emnnet.web.calendars.present import change_preview
from emnnet.web.calendars.routes import calendar_page
from emnnet.web.identity import acting
from emnnet.web.messages import translated


@bp.post("/<code>/add")
@requires(coordinators)
def add(code: str) -> ResponseReturnValue:
    """What a new holiday would do. Nothing is changed yet."""
    form = HolidayForm()
    if not form.validate_on_submit():
        return calendar_page(code, add_form=form), 422
    return _shown(code, Change(code, (form.edit(EditKind.ADD),), _by_hand()), form)


@bp.post("/<code>/rename")
@requires(coordinators)
def rename(code: str) -> ResponseReturnValue:
    """What a new name would do: nothing but read differently. Not changed yet."""
    form = HolidayForm()
    if not form.validate_on_submit():
        return calendar_page(code, rename_form=form), 422
    return _shown(code, Change(code, (form.edit(EditKind.RENAME),), _by_hand()), form)


@bp.post("/<code>/preview")
@requires(coordinators)
def preview(code: str) -> ResponseReturnValue:
    """What the ticked changes would do. Nothing is changed yet."""
    try:
        change = _posted(code)
    except DomainError as refusal:
        flash(translated(refusal), "error")
        return redirect(url_for(".show", code=code), 303)
    return _shown(code, change)


@bp.post("/<code>/confirm")
@requires(coordinators)
def confirm(code: str) -> ResponseReturnValue:
    """Change the calendar, and move the dates that are ticked."""
    try:
        change, moves = _posted(code), _moves()
        with committing() as session:
            row = change_calendar(
                session,
                change,
                moves=moves,
                seen=request.form.get("seen"),
                by=acting(),
                now=clock.now(),
            )
            moved = row.moved
    except DomainError as refusal:
        return _refused(code, refusal)
    words = [_("The calendar is changed.")]
    if moved:
        words.append(ngettext("%(num)d date moved.", "%(num)d dates moved.", moved))
    flash(" ".join(words), "done")
    year = change.edits[0].day.year
    return redirect(url_for(".show", code=code, year=year), 303)


def _refused(code: str, refusal: DomainError) -> ResponseReturnValue:
    """The page again with the reason; where that is impossible, the calendar."""
    try:
        return _shown(code, _posted(code), problem=translated(refusal), status=409)
    except DomainError as error:
        flash(translated(error), "error")
        return redirect(url_for(".show", code=code), 303)


def _shown(
    code: str,
    change: Change,
    form: HolidayForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    problems = [problem] if problem else []
    try:
        page = change_preview(db.session, change, clock.today(), problems)
    except DomainError as refusal:
        if form is not None:
            form.day.errors = [translated(refusal)]
            return calendar_page(code, add_form=form), 409
        flash(problem or translated(refusal), "error")
        return redirect(url_for(".show", code=code), 303)
    return render_template("calendars/preview.html", page=page), status


def _posted(code: str) -> Change:
    """The change that the form carried; raises `DomainError` for none or nonsense."""
    undoes = request.form.get("undoes", "")
    return Change(
        code,
        read_edits(request.form.getlist("edit")),
        request.form.get("source", "")[:200] or _by_hand(),
        request.form.get("version", "")[:80],
        int(undoes) if undoes.isdecimal() and len(undoes) < 10 else None,
    )


def _moves() -> dict[int, date]:
    moves = {}
    for value in request.form.getlist("move"):
        id_, _colon, day = value.partition(":")
        try:
            moves[int(id_)] = date.fromisoformat(day)
        except ValueError as error:
            raise DomainError(UNREADABLE) from error
    return moves


def _by_hand() -> str:
    return str(_("by hand"))
