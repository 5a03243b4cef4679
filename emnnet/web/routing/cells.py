"""One cell that was asked: taken back, moved, given more time, asked elsewhere."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.lifecycle import (
    CONTRIBUTION_ACTIONS,
    ContributionAction,
    ContributionStatus,
)
from emnnet.domain.moments import office_day
from emnnet.domain.routing_grid import NeedsConfirmation
from emnnet.extensions import db
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.passed_draft import PassedDraft
from emnnet.selectors.calendar_columns import calendar_around
from emnnet.selectors.passed_drafts import passed_from, receivers_of
from emnnet.selectors.routing_cell import AskedCell, find_asked_cell
from emnnet.services.due_changes import change_due
from emnnet.services.missing_calendars import check_known_years
from emnnet.services.passing_on import pass_on
from emnnet.services.releasing import move_question, release, suggestion_to_cell
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.known_years import ConfirmsYear
from emnnet.web.messages import translated
from emnnet.web.query_words import CELL_TONES, CELL_WORDS, DECLINE_WORDS, ROLE_WORDS
from emnnet.web.routing.blueprint import bp, why_closed
from emnnet.web.routing.forms import DueForm, MoveForm, ReleaseForm
from emnnet.web.why import why_assignment

AROUND = timedelta(days=30)  # beyond a date, where its term may lead instead
CELL = "/cells/<int:contribution_id>"
KINDS = ((ReleaseForm, "release"), (MoveForm, "move"), (DueForm, "due"))


@bp.get(CELL)
@requires(coordinators)
def cell(query_id: int, contribution_id: int) -> ResponseReturnValue:
    """What was asked, where it stands, and what can be done about it."""
    return _page(_asked(db.session, query_id, contribution_id))


@bp.post(CELL + "/release")
@requires(coordinators)
def take_back(query_id: int, contribution_id: int) -> ResponseReturnValue:
    """Take the question back; the institution is told."""
    form = ReleaseForm(prefix="release")

    def work(session: Session, asked: AskedCell) -> None:
        release(
            session,
            [asked.contribution],
            form.reason.data,
            by=acting(),
            now=clock.now(),
        )

    words = _("The question is taken back.")
    return _done(query_id, contribution_id, form, work, words)


@bp.post(CELL + "/move")
@requires(coordinators)
def move(query_id: int, contribution_id: int) -> ResponseReturnValue:
    """Ask another institution instead; its clock starts now."""
    form = MoveForm(prefix="move")
    offer(form, _asked(db.session, query_id, contribution_id))

    def work(session: Session, asked: AskedCell) -> None:
        _know_year(session, form)
        move_question(
            session,
            asked.contribution.question,
            asked.assignment.institution,
            session.get_one(Institution, form.to.data),
            reason=form.reason.data,
            due_on=form.due_on.data,
            by=acting(),
            now=clock.now(),
        )

    return _done(query_id, contribution_id, form, work, _("The question is moved."))


@bp.post(CELL + "/passed-on")
@requires(coordinators)
def pass_on_draft(query_id: int, contribution_id: int) -> ResponseReturnValue:
    """Show the draft that stays with the institution to who has the question now."""
    form, receiver_id = FlaskForm(), request.form.get("receiver", 0, int)

    def work(session: Session, asked: AskedCell) -> None:
        given = asked.contribution, receiver_id
        pass_on(session, *given, by=acting(), now=clock.now())

    words = _("The draft is shown there as material, with its origin.")
    return _done(query_id, contribution_id, form, work, words)


@bp.post(CELL + "/due")
@requires(coordinators)
def due(query_id: int, contribution_id: int) -> ResponseReturnValue:
    """Give the institution more time in this query."""
    form = DueForm(prefix="due")

    def work(session: Session, asked: AskedCell) -> None:
        _know_year(session, form)
        change_due(
            session,
            asked.assignment,
            cast("date", form.due_on.data),  # the form has checked it
            form.reason.data,
            by=acting(),
            now=clock.now(),
        )

    return _done(query_id, contribution_id, form, work, _("The date is moved."))


@bp.post(CELL + "/suggestion")
@requires(coordinators)
def suggestion(query_id: int, contribution_id: int) -> ResponseReturnValue:
    """Ask the institution that the declining one has named."""
    form = FlaskForm()

    def work(session: Session, asked: AskedCell) -> None:
        suggestion_to_cell(session, asked.contribution, by=acting(), now=clock.now())

    return _done(query_id, contribution_id, form, work, _("The institution is asked."))


def _know_year(session: Session, form: MoveForm | DueForm) -> None:
    """A date whose holidays are not loaded is used only by somebody who knows it."""
    days = [form.due_on.data] if form.due_on.data else []
    sure = form.confirmed.data
    check_known_years(session, days, confirmed=sure, now=clock.now())


def offer(form: MoveForm, asked: AskedCell) -> None:
    """The institutions that may be asked instead."""
    lithuanian = str(get_locale()) == "lt"
    names = [
        (body, body.name_lt if lithuanian else body.name_en) for body in asked.others
    ]
    form.to.choices = [
        SelectChoice(str(body.id), f"{body.short}: {name}") for body, name in names
    ]


def _passing(
    asked: AskedCell,
) -> tuple[list[Contribution], dict[int, PassedDraft]]:
    """Who may be shown the draft of a question taken back, and who was already."""
    cell = asked.contribution
    if asked.status is not ContributionStatus.RELEASED or not cell.draft.strip():
        return [], {}
    body = asked.assignment.institution_id
    others = receivers_of(db.session, [cell.question_id], body)
    passed = passed_from(db.session, [cell.id])
    return others.get(cell.question_id, []), passed.get(cell.id, {})


def _done(
    query_id: int,
    contribution_id: int,
    form: FlaskForm,
    work: Callable[[Session, AskedCell], None],
    words: str,
) -> ResponseReturnValue:
    """Do it in one transaction, or show the page with what was wrong."""
    if not form.validate_on_submit():
        return _page(_asked(db.session, query_id, contribution_id), form, status=422)
    try:
        with committing() as session:
            work(session, _asked(session, query_id, contribution_id))
    except NeedsConfirmation as warning:
        cast("ConfirmsYear", form).ask_for_year(warning)
        return _page(_asked(db.session, query_id, contribution_id), form, status=422)
    except DomainError as refusal:
        problem = translated(refusal)
        asked = _asked(db.session, query_id, contribution_id)
        return _page(asked, form, problem, status=409)
    flash(words, "done")
    return redirect(url_for("routing.show", query_id=query_id), 303)


def _asked(session: Session, query_id: int, contribution_id: int) -> AskedCell:
    today = clock.today()
    return find_asked_cell(session, query_id, contribution_id, today) or abort(404)


def _page(
    asked: AskedCell,
    form: FlaskForm | None = None,
    problem: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    forms = {
        kind: form if isinstance(form, kind) else kind(formdata=None, prefix=prefix)
        for kind, prefix in KINDS
    }
    offer(forms[MoveForm], asked)
    reason = asked.contribution.decline_reason
    actions = CONTRIBUTION_ACTIONS[asked.status]
    receivers, passed_to = _passing(asked)
    due_on, asked_on = asked.assignment.due_on, office_day(asked.assignment.asked_at)
    first, last = min(due_on, asked_on), max(due_on, asked_on) + AROUND
    calendar = calendar_around(db.session, first, last, str(get_locale()))
    page = render_template(
        "routing/cell.html",
        asked=asked,
        why=why_assignment(asked.assignment, calendar, partner=False),
        query=asked.assignment.query,
        state=(CELL_WORDS[asked.status], CELL_TONES.get(asked.status, "wait")),
        role=ROLE_WORDS[asked.contribution.role],
        declined=DECLINE_WORDS[reason] if reason else None,
        may_release=ContributionAction.RELEASE in actions,
        may_read_draft=ContributionAction.READ_DRAFT in actions,
        receivers=receivers,
        passed_to=passed_to,
        closed=why_closed(asked.assignment.query),
        release_form=forms[ReleaseForm],
        move_form=forms[MoveForm],
        due_form=forms[DueForm],
        failed=form,
        problem=problem,
    )
    return page, status
