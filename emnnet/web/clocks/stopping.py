"""The clock of a query: stopped, started again, and a mistake taken back."""

from datetime import date

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.moments import office_day
from emnnet.domain.pauses import check_restart
from emnnet.extensions import db
from emnnet.models.clock_stop import ClockStop
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.clock_stops import (
    Restart,
    clock_stops,
    find_standing,
    planned_restart,
    running_assignments,
)
from emnnet.services.clock_stops import restart_clock, stop_clock, take_back_stop
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.clocks.blueprint import back, bp, the_query, there
from emnnet.web.clocks.forms import RestartForm, StopForm
from emnnet.web.filters import day as written
from emnnet.web.identity import acting
from emnnet.web.messages import translated


@bp.get("/stop")
@requires(coordinators)
def stop(query_id: int) -> ResponseReturnValue:
    """Since when, and why."""
    form = StopForm(formdata=None, day=clock.today())
    return _stop_page(the_query(db.session, query_id), form)


@bp.post("/stop")
@requires(coordinators)
def stop_now(query_id: int) -> ResponseReturnValue:
    """Stop it; institutions are told once."""
    form = StopForm()
    day = form.day.data if form.validate() else None
    if day is None:
        return _stop_page(the_query(db.session, query_id), form), 422
    try:
        with committing() as session:
            query = the_query(session, query_id)
            reason = form.reason.data or ""
            stop_clock(session, query, day, reason, by=acting(), now=clock.now())
    except IllegalAction:
        raise
    except DomainError as error:
        form.day.errors = [translated(error)]
        return _stop_page(the_query(db.session, query_id), form), 422
    flash(_("The clock is stopped. Nobody is reminded until it runs again."), "done")
    return back(query_id)


@bp.get("/restart")
@requires(coordinators)
def restart(query_id: int) -> ResponseReturnValue:
    """Every date as it would be if the clock ran again from today."""
    query, today = the_query(db.session, query_id), clock.today()
    form = RestartForm(formdata=None, day=today)
    return _restart_page(query, form, _planned(query, today))


@bp.post("/restart")
@requires(coordinators)
def restart_now(query_id: int) -> ResponseReturnValue:
    """Start it again; for another day the dates are shown first."""
    form, query = RestartForm(), the_query(db.session, query_id)
    day = form.day.data if form.validate() else None
    if day is None:
        return _restart_page(query, form, None), 422
    try:
        planned = _planned(query, day)
    except IllegalAction:
        raise
    except DomainError as error:
        form.day.errors = [translated(error)]
        return _restart_page(query, form, None), 422
    if form.seen.data != day.isoformat():
        return _restart_page(query, form, planned)
    with committing() as session:
        query = the_query(session, query_id)
        restart_clock(session, query, day, by=acting(), now=clock.now())
    flash(_("The clock runs again from %(day)s.", day=written(day)), "done")
    return back(query_id)


@bp.post("/stops/<int:stop_id>/take-back")
@requires(coordinators)
def take_back(query_id: int, stop_id: int) -> ResponseReturnValue:
    """A stop, or a restart, by mistake."""
    with committing() as session:
        the_query(session, query_id)
        made = there(session.get(ClockStop, stop_id))
        there(made if made.query_id == query_id else None)
        take_back_stop(session, made, by=acting(), now=clock.now())
    flash(_("It is taken back."), "done")
    return back(query_id)


def _planned(query: Query, day: date) -> Restart:
    session = db.session
    pauses = [one.pause for one in clock_stops(session, query)]
    check_restart(day, pauses, clock.today())
    standing = there(find_standing(session, query))
    return planned_restart(session, query, standing, day, office_calendar(session))


def _stop_page(query: Query, form: StopForm) -> str:
    running = running_assignments(db.session, query)
    sent_on = office_day(query.routed_at) if query.routed_at else None
    return render_template(
        "clocks/stop.html", query=query, form=form, running=running, sent_on=sent_on
    )


def _restart_page(query: Query, form: RestartForm, planned: Restart | None) -> str:
    form.seen.data = planned and form.day.data and form.day.data.isoformat()
    standing = there(find_standing(db.session, query))
    return render_template(
        "clocks/restart.html",
        query=query,
        form=form,
        standing=standing,
        planned=planned,
    )
