"""Leaving out, bringing forward and holding one reminder, and undoing it."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.chases import Choice
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.ladder import ReminderKind
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.mail_decision import MailDecision
from emnnet.services.mail_decisions import StepKey, decide, undo_decision
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.ladder.words import STEPS
from emnnet.web.messages import translated
from emnnet.web.planned_mail.blueprint import bp, the_calendar
from emnnet.web.planned_mail.forms import HoldForm


@bp.post("/decide")
@requires(coordinators)
def choose() -> ResponseReturnValue:
    """Leave one reminder out, or bring it forward."""
    known = {Choice.SKIP.value, Choice.FORWARD.value}
    word = request.form.get("choice", "")
    if word not in known:
        abort(404)
    choice = Choice(word)
    _decide(_key(), choice, None)
    flash(_said(choice), "done")
    return redirect(url_for(".index"), 303)


@bp.get("/hold")
@requires(coordinators)
def hold() -> ResponseReturnValue:
    """Until when is it to be held?"""
    return _hold_page(HoldForm(formdata=None))


@bp.post("/hold")
@requires(coordinators)
def keep_back() -> ResponseReturnValue:
    """Hold one reminder."""
    form = HoldForm()
    if not form.validate():
        return _hold_page(form), 422
    try:
        _decide(_key(), Choice.HOLD, form.until.data)
    except IllegalAction:
        raise
    except DomainError as error:
        form.until.errors = [translated(error)]
        return _hold_page(form), 422
    flash(_said(Choice.HOLD), "done")
    return redirect(url_for(".index"), 303)


@bp.post("/decisions/<int:decision_id>/undo")
@requires(coordinators)
def undo(decision_id: int) -> ResponseReturnValue:
    """The reminder comes as the ladder says."""
    with committing() as session:
        row = session.get(MailDecision, decision_id, with_for_update=True)
        if row is None:
            abort(404)
        undo_decision(session, row, by=acting(), now=clock.now())
    flash(_("Taken back: the reminder comes as the ladder says."), "done")
    return redirect(url_for(".index"), 303)


def _decide(key: StepKey, choice: Choice, until: date | None) -> None:
    with committing() as session:
        decide(
            session,
            key,
            choice,
            the_calendar(),
            until=until,
            by=acting(),
            now=clock.now(),
        )


def _said(choice: Choice) -> str:
    if choice is Choice.SKIP:
        return str(_("Left out. The next reminder comes after the usual distance."))
    if choice is Choice.FORWARD:
        return str(_("Brought forward: it goes out with the next run."))
    return str(_("Held. It stands under “Decided by hand”, where you can undo it."))


def _key() -> StepKey:
    """The step that was named; a made-up one is no page."""
    values = request.values
    kinds = {kind.value for kind in ReminderKind}
    assignment_id = values.get("assignment", 0, int)
    kind = values.get("kind", "")
    if not assignment_id or kind not in kinds:
        abort(404)
    part = values.get("part", 0, int) or None
    return StepKey(assignment_id, part, values.get("clock", 0, int), ReminderKind(kind))


def _hold_page(form: HoldForm) -> str:
    key = _key()
    assignment = db.session.get(Assignment, key.assignment_id) or abort(404)
    return render_template(
        "planned_mail/hold.html",
        form=form,
        key=key,
        assignment=assignment,
        step=str(STEPS[key.kind]),
    )
