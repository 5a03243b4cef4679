"""Reviewing what was given: accepted, returned for revision, late ones settled."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.routing_grid import NeedsConfirmation
from emnnet.models.contribution import LateChoice
from emnnet.services.missing_calendars import check_known_years
from emnnet.services.reviewing import accept as accept_answer
from emnnet.services.reviewing import choose_for_late, return_contribution, take_note
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.workbench.blueprint import bp
from emnnet.web.workbench.finding import contribution_of, version_of
from emnnet.web.workbench.forms import ReturnForm
from emnnet.web.workbench.routes import back, posted_view, refused, wrong


@bp.post("/questions/<int:question_id>/answers/<int:contribution_id>/acceptance")
@requires(coordinators)
def accept(
    query_id: int, question_id: int, contribution_id: int
) -> ResponseReturnValue:
    """Accept the version that was read."""
    view, seen = posted_view(question_id), request.form.get("seen", -1, int)
    try:
        with committing() as session:
            contribution = contribution_of(session, query_id, contribution_id)
            accept_answer(
                session, contribution, seen=seen, by=acting(), now=clock.now()
            )
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, f"answer-{contribution_id}")


@bp.post("/questions/<int:question_id>/answers/<int:contribution_id>/return")
@requires(coordinators)
def give_back(
    query_id: int, question_id: int, contribution_id: int
) -> ResponseReturnValue:
    """Return an answer with a comment and a new date; its institution gets a mail."""
    view, form = posted_view(question_id), ReturnForm(prefix=f"c{contribution_id}")
    view.typed.returned[contribution_id] = form
    if not form.validate_on_submit():
        return wrong(query_id, view)
    try:
        with committing() as session:
            contribution = contribution_of(session, query_id, contribution_id)
            name = contribution.assignment.institution.short
            day, now = form.due_on.data or clock.today(), clock.now()
            sure = form.confirmed.data
            check_known_years(session, [day], confirmed=sure, now=now)
            return_contribution(
                session,
                contribution,
                form.comment.data,
                day,
                seen=int(form.seen.data or -1),
                by=acting(),
                now=now,
            )
    except NeedsConfirmation as warning:
        form.ask_for_year(warning)
        return wrong(query_id, view)
    except DomainError as error:
        return refused(query_id, view, error)
    flash(_("Returned to %(name)s. A mail with a link goes out.", name=name), "done")
    return back(query_id, view, f"missing-{contribution_id}")


@bp.post("/questions/<int:question_id>/answers/<int:contribution_id>/note")
@requires(coordinators)
def note(query_id: int, question_id: int, contribution_id: int) -> ResponseReturnValue:
    """A text lies with a question that was taken back: somebody knows of it now."""
    view = posted_view(question_id)
    with committing() as session:
        contribution = contribution_of(session, query_id, contribution_id)
        take_note(session, contribution, by=acting(), now=clock.now())
    return back(query_id, view, "answers")


@bp.post("/questions/<int:question_id>/versions/<int:version_id>/late")
@requires(coordinators)
def settle(query_id: int, question_id: int, version_id: int) -> ResponseReturnValue:
    """Say what becomes of an answer that came after the text was fixed."""
    view = posted_view(question_id)
    try:
        with committing() as session:
            version = version_of(session, query_id, version_id)
            choice = LateChoice(request.form.get("choice", ""))
            choose_for_late(session, version, choice, by=acting(), now=clock.now())
            contribution_id = version.contribution_id
    except DomainError as error:
        return refused(query_id, view, error)
    except ValueError:
        return wrong(query_id, view)
    return back(query_id, view, f"answer-{contribution_id}")
