"""How much automatic mail the next working day brings: a part of the desk."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.domain.moments import office_day
from emnnet.extensions import db
from emnnet.selectors.calls import stuck_since
from emnnet.selectors.mail_board import board_days, next_run_on, read_board
from emnnet.web.access import office, requires
from emnnet.web.planned_mail.blueprint import bp, the_terms


@bp.get("/next")
@requires(office)
def next_day() -> ResponseReturnValue:
    """The mail of the first working day after today, and how many answers are stuck.

    The desk fetches it when it is there; opened by itself it leads to the board.
    """
    if not request.headers.get("HX-Request"):
        return redirect(url_for(".index"), 303)
    now = clock.now()
    today = office_day(now)
    terms = the_terms(today).take(db.session)
    calendar = terms.calendar
    days = board_days(calendar, next_run_on(now, calendar), 2)
    board = read_board(db.session, terms, days, today)
    stuck = {
        one.assignment_id
        for one in board.chases
        if one.chase.due_on <= today
        and stuck_since(one, calendar, today, terms.ladders)
    }
    return render_template(
        "planned_mail/_next_day.html",
        plan=next(plan for plan in board.days if plan.day > today),
        stuck_count=len(stuck),
    )
