"""The board, the text of one mail that is planned, and the mails of a past day."""

from datetime import date, timedelta
from urllib.parse import quote

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.moments import office_day
from emnnet.extensions import db
from emnnet.mail.previewing import NO_TOKEN, reminder_letter
from emnnet.selectors.mail_board import board_days, next_run_on, read_board
from emnnet.selectors.planned_entries import (
    entries_of,
    ledger_of,
    sent_on,
)
from emnnet.selectors.planned_mail import PlannedMail
from emnnet.web.access import office, requires
from emnnet.web.mail_tabs import mail_tabs
from emnnet.web.messages import translated
from emnnet.web.planned_mail import present
from emnnet.web.planned_mail.blueprint import bp, the_calendar, the_terms

STUCK_SHOWN = 50
FIRST_DAY = date(2000, 1, 1)


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """The automatic mail of the next working days; of a day till now, what was sent."""
    typed = request.args.get("day", "").strip()
    day, error = _read_day(typed)
    if day is not None and day <= office_day(clock.now()):
        return _past(day, typed)
    now = clock.now()
    today = office_day(now)
    terms = the_terms(today).take(db.session)
    run_on = next_run_on(now, terms.calendar)
    board = read_board(db.session, terms, board_days(terms.calendar, run_on), today)
    known = board.names
    return render_template(
        "planned_mail/index.html",
        tabs=mail_tabs("planned_mail.index"),
        days=[
            present.day_view(plan, known, run_on, terms.calendar) for plan in board.days
        ],
        decisions=[present.decision_view(row) for row in board.decisions],
        stuck=[present.stuck_view(one, known) for one in board.stuck[:STUCK_SHOWN]],
        stuck_count=len(board.stuck),
        pauses=terms.pauses,
        day_typed=typed,
        day_error=error,
    )


@bp.get("/<day>/<int:institution_id>")
@requires(office)
def letter(day: str, institution_id: int) -> ResponseReturnValue:
    """The very text of one planned mail, its links masked."""
    wanted, _error = _read_day(day)
    mail = _find_planned(wanted, institution_id) if wanted else None
    if mail is None or mail.to is None:
        abort(404)
    entries = entries_of(db.session, mail)
    text = reminder_letter(
        db.session,
        entries[0].assignment.institution,
        mail.to,
        entries,
        the_calendar(),
        now=clock.now(),
        today=wanted,
    )
    return render_template(
        "planned_mail/letter.html",
        subject=text.subject,
        text=text.text.replace(quote(NO_TOKEN), NO_TOKEN),
        mail=mail,
        day=wanted,
        institution=entries[0].assignment.institution,
    )


def _find_planned(day: date, institution_id: int) -> PlannedMail | None:
    now = clock.now()
    today = office_day(now)
    terms = the_terms(today).take(db.session)
    run_on = next_run_on(now, terms.calendar)
    days = [one for one in board_days(terms.calendar, run_on) if one <= day]
    if day not in days:
        return None
    plan = read_board(db.session, terms, days, today).days[-1]
    found = (one for one in plan.mails if one.institution_id == institution_id)
    return next(found, None)


def _past(day: date, typed: str) -> str:
    messages = sent_on(db.session, day)
    ledger = ledger_of(db.session, messages)
    lines = [
        (message, [(row, present.why_sent(row)) for row in ledger.get(message.id, ())])
        for message in messages
    ]
    return render_template(
        "planned_mail/past.html",
        tabs=mail_tabs("planned_mail.index"),
        day=day,
        day_typed=typed,
        day_error="",
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        lines=lines,
    )


def _read_day(typed: str) -> tuple[date | None, str]:
    """The day that was asked for, or why it cannot be read."""
    if not typed:
        return None, ""
    try:
        day = parse_day(typed)
    except DomainError as error:
        return None, translated(error)
    if day < FIRST_DAY:
        return None, str(_("There is no mail of that day."))
    return day, ""
