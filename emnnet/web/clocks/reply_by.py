"""The asking country moves its date: what no longer fits, and what moves with it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet import clock
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.planner import StepName
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.reply_by import PlannedMove, find_move, planned_reply_by
from emnnet.services.reply_by import move_reply_by, take_back_move
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.clocks.blueprint import back, bp, the_query, there
from emnnet.web.clocks.forms import ReplyByForm
from emnnet.web.filters import day as written
from emnnet.web.identity import acting
from emnnet.web.messages import spoken, translated

STEP_WORDS = {
    StepName.PARTNERS: _l("Institutions answer"),
    StepName.CONSOLIDATION: _l("Response written"),
    StepName.CLEARANCE: _l("Cleared"),
    StepName.SENDING: _l("Sent"),
}


@bp.get("/reply-by")
@requires(coordinators)
def reply_by(query_id: int) -> ResponseReturnValue:
    """The new date, and why."""
    return _page(the_query(db.session, query_id), ReplyByForm(formdata=None))


@bp.post("/reply-by")
@requires(coordinators)
def move(query_id: int) -> ResponseReturnValue:
    """First what no longer fits, with proposals; the second time it is saved."""
    form, query = ReplyByForm(), the_query(db.session, query_id)
    day = form.reply_by.data if form.validate() else None
    if day is None:
        return _page(query, form), 422
    try:
        calendar, today = office_calendar(db.session), clock.today()
        planned = planned_reply_by(db.session, query, day, calendar, today)
        if form.seen.data != day.isoformat():
            form.seen.data = day.isoformat()
            return _page(query, form, planned)
        ticked = request.form.getlist("move", type=int)
        with committing() as session:
            move_reply_by(
                session,
                the_query(session, query_id),
                day,
                form.reason.data or "",
                ticked,
                by=acting(),
                now=clock.now(),
            )
    except IllegalAction:
        raise
    except DomainError as error:
        form.reply_by.errors = [translated(error)]
        return _page(the_query(db.session, query_id), form), 422
    flash(_("The reply-by date is %(day)s now.", day=written(day)), "done")
    return back(query_id)


@bp.post("/reply-by/<int:move_id>/take-back")
@requires(coordinators)
def take_back_reply_by(query_id: int, move_id: int) -> ResponseReturnValue:
    """The date as it was before, and those that moved with it."""
    with committing() as session:
        moved = there(find_move(session, the_query(session, query_id), move_id))
        take_back_move(session, moved, by=acting(), now=clock.now())
    flash(_("The move of the reply-by date is taken back."), "done")
    return back(query_id)


def _page(query: Query, form: ReplyByForm, planned: PlannedMove | None = None) -> str:
    return render_template(
        "clocks/reply_by.html",
        query=query,
        form=form,
        planned=planned,
        warnings=[spoken(one) for one in planned.warnings] if planned else [],
        step_words=STEP_WORDS,
    )
