"""Outcomes beside an answer: declined, promised, a change asked for, taken on.

Their buttons stand in the form of the page, so that whatever was typed is saved first.
"""

from http import HTTPStatus

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from emnnet import clock
from emnnet.domain.contributing import NO_REASON, Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import DeclineReason
from emnnet.extensions import db
from emnnet.selectors.bodies import body_names, find_body
from emnnet.services.contributions import (
    acknowledge,
    ask_for_change,
    decline,
    decline_all,
    promise,
)
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.forms import RefusalForm
from emnnet.web.contributions.routes import (
    back_to,
    posted_sheet,
    refusal,
    settled,
)
from emnnet.web.contributions.sheet import Card, Sheet
from emnnet.web.messages import translated, worded


@bp.post(
    "/<int:assignment_id>/questions/<int:contribution_id>/decline/<any("
    "no_data,not_competent,not_applicable):reason>"
)
@requires(guest.may_contribute)
def decline_question(
    assignment_id: int, contribution_id: int, reason: str
) -> ResponseReturnValue:
    """Say that there will be no text for one question, and why."""
    sheet, card = _posted(contribution_id)
    form = card.refusals[DeclineReason(reason)]
    if not settled(sheet) or not form.validate():
        return refusal(sheet)
    refused = _refusal(form, DeclineReason(reason))
    by, now = guest.contributor(), clock.now()
    try:
        with committing() as session:
            decline(session, card.cell.contribution, refused, by=by, now=now)
    except IllegalAction:
        raise
    except DomainError as error:
        return _wrong(sheet, form.note, error)
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post("/<int:assignment_id>/questions/<int:contribution_id>/promise")
@requires(guest.may_contribute)
def promise_question(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """Say by which day the answer to one question will come."""
    sheet, card = _posted(contribution_id)
    form = card.promise
    day = form.promised_on.data if form.validate() else None
    if day is None and not form.errors:
        form.promised_on.errors = [_("Give a day.")]
    if day is None or not settled(sheet):
        return refusal(sheet)
    by, now = guest.contributor(), clock.now()
    try:
        with committing() as session:
            promise(session, card.cell.contribution, day, by=by, now=now)
    except IllegalAction:
        raise
    except DomainError as error:
        return _wrong(sheet, form.promised_on, error)
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post("/<int:assignment_id>/questions/<int:contribution_id>/change")
@requires(guest.may_contribute)
def ask_change(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """Ask the office to open an answer again."""
    sheet, card = _posted(contribution_id)
    form = card.change
    if not form.validate() or not settled(sheet):
        return refusal(sheet)
    by, now, reason = guest.contributor(), clock.now(), form.reason.data or ""
    try:
        with committing() as session:
            ask_for_change(session, card.cell.contribution, reason, by=by, now=now)
    except IllegalAction:
        raise
    except DomainError as error:
        return _wrong(sheet, form.reason, error)
    flash(_("The office was asked to open this answer again. It will write to you."))
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post("/<int:assignment_id>/accept")
@requires(guest.may_contribute)
def accept(assignment_id: int) -> ResponseReturnValue:
    """The institution takes the query on."""
    sheet = posted_sheet()
    if not settled(sheet):
        return refusal(sheet)
    with committing() as session:
        acknowledge(
            session, guest.assignment_at_hand(), by=guest.contributor(), now=clock.now()
        )
    flash(_("Thank you. The office knows that you will answer."))
    return back_to(assignment_id)


@bp.post("/<int:assignment_id>/refuse")
@requires(guest.may_contribute)
def refuse(assignment_id: int) -> ResponseReturnValue:
    """Nothing of the query is for this institution."""
    sheet = posted_sheet()
    form = sheet.refusal
    if form.validate() and not form.note.data:
        form.note.errors = [worded(NO_REASON)]
    if not settled(sheet):
        return refusal(sheet)
    refused = _refusal(form, DeclineReason.NOT_COMPETENT)
    by, now = guest.contributor(), clock.now()
    with committing() as session:
        decline_all(session, guest.assignment_at_hand(), refused, by=by, now=now)
    return back_to(assignment_id)


@bp.get("/<int:assignment_id>/bodies")
@requires(guest.may_contribute)
def bodies(assignment_id: int) -> ResponseReturnValue:
    """The names offered under "whom should we ask?", when somebody gets there."""
    names = body_names(db.session, clock.today())
    return render_template("contributions/_bodies.html", names=names)


def _posted(contribution_id: int) -> tuple[Sheet, Card]:
    sheet = posted_sheet()
    return sheet, sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)


def _refusal(form: RefusalForm, reason: DeclineReason) -> Refusal:
    body = find_body(db.session, form.whom.data or "")
    return form.refusal(reason, body)


def _wrong(sheet: Sheet, field: Field, error: DomainError) -> ResponseReturnValue:
    field.errors = [translated(error)]
    return refusal(sheet)
