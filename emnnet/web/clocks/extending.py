"""More time for one institution: asked for, looked at, given, taken back."""

from collections.abc import Sequence

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from emnnet import clock
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.extension import MoreTime
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.contributions import due_on
from emnnet.selectors.extensions import (
    find_asked_assignment,
    find_extension,
    owed_contributions,
    planned_extension,
)
from emnnet.services.extensions import NOTHING_OWED, extend, take_back
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.clocks.blueprint import back, bp, the_query, there
from emnnet.web.clocks.forms import ExtendForm
from emnnet.web.filters import day
from emnnet.web.identity import acting
from emnnet.web.messages import spoken, translated


@bp.get("/<int:assignment_id>/extend")
@requires(coordinators)
def extension(query_id: int, assignment_id: int) -> ResponseReturnValue:
    """How much more time, for what, and why."""
    assignment = _assignment(db.session, query_id, assignment_id)
    return _page(assignment, ExtendForm(formdata=None))


@bp.post("/<int:assignment_id>/extend")
@requires(coordinators)
def give_extension(query_id: int, assignment_id: int) -> ResponseReturnValue:
    """First what the new date would be, day by day; the second time it is given."""
    assignment = _assignment(db.session, query_id, assignment_id)
    form = ExtendForm()
    _offer(form, owed_contributions(db.session, assignment))
    if not form.validate():
        return _page(assignment, form), 422
    try:
        planned = _planned(assignment, form)
    except DomainError as error:
        form.working_days.errors = [translated(error)]
        return _page(assignment, form), 422
    key = f"{planned.deadline.due_on}:{form.questions.data}"
    if form.seen.data != key:
        form.seen.data = key
        return _page(assignment, form, planned)
    with committing() as session:
        given = extend(
            session,
            _assignment(session, query_id, assignment_id),
            form.working_days.data or 0,
            form.reason.data or "",
            contribution_ids=form.questions.data or (),
            by=acting(),
            now=clock.now(),
        )
        until = given.new_on
    flash(_("There is more time, until %(day)s.", day=day(until)), "done")
    return back(query_id)


@bp.post("/extensions/<int:extension_id>/take-back")
@requires(coordinators)
def take_back_extension(query_id: int, extension_id: int) -> ResponseReturnValue:
    """The date as it was before."""
    with committing() as session:
        the_query(session, query_id)
        given = there(find_extension(session, extension_id))
        there(given if given.assignment.query_id == query_id else None)
        take_back(session, given, by=acting(), now=clock.now())
    flash(_("The extension is taken back."), "done")
    return back(query_id)


def _assignment(session: Session, query_id: int, assignment_id: int) -> Assignment:
    the_query(session, query_id)
    return there(find_asked_assignment(session, query_id, assignment_id))


def _planned(assignment: Assignment, form: ExtendForm) -> MoreTime:
    owed = owed_contributions(db.session, assignment, form.questions.data or ())
    if not owed:
        raise IllegalAction(NOTHING_OWED)
    calendar, days = office_calendar(db.session), form.working_days.data or 0
    return planned_extension(assignment, owed, days, calendar, clock.today())


def _offer(form: ExtendForm, owed: Sequence[Contribution]) -> None:
    form.questions.choices = [
        SelectChoice(
            str(one.id),
            _(
                "Question %(label)s, due %(day)s",
                label=one.question.label,
                day=day(due_on(one)),
            ),
        )
        for one in owed
    ]


def _page(
    assignment: Assignment, form: ExtendForm, planned: MoreTime | None = None
) -> str:
    owed = owed_contributions(db.session, assignment)
    _offer(form, owed)
    return render_template(
        "clocks/extend.html",
        query=assignment.query,
        assignment=assignment,
        owed=owed,
        form=form,
        planned=planned,
        warnings=[spoken(one) for one in planned.warnings] if planned else [],
    )
