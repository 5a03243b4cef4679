"""What a form would change, and taking it over: drafts, never submitted answers."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.word_form import from_plain
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.word_return import WordReturn
from emnnet.selectors.word_forms import propose
from emnnet.services.drafts import DraftConflict
from emnnet.services.word_forms import TakenIn, take_in, throw_away
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.messages import spoken, translated
from emnnet.web.word_forms.blueprint import (
    assignment_at_hand,
    bp,
    for_office,
    may_fill,
    return_at_hand,
)
from emnnet.web.word_forms.present import Row, rows_of


@bp.get("/<int:assignment_id>/<int:return_id>")
@requires(may_fill)
def preview(assignment_id: int, return_id: int) -> ResponseReturnValue:
    """Question by question: what stands here, and what the form would make of it."""
    assignment = assignment_at_hand(assignment_id)
    return _page(assignment, return_at_hand(assignment, return_id))


@bp.post("/<int:assignment_id>/<int:return_id>")
@requires(may_fill)
def take(assignment_id: int, return_id: int) -> ResponseReturnValue:
    """Make drafts of what was ticked."""
    assignment_at_hand(assignment_id)
    chosen, both, by = _chosen(), _both(), guest.contributor()
    try:
        with committing() as session:
            assignment = session.get_one(Assignment, assignment_id)
            row = return_at_hand(assignment, return_id)
            taken = take_in(session, row, chosen, both=both, by=by, now=clock.now())
    except DraftConflict as conflict:
        message = _(
            "%(who)s has changed an answer meanwhile. Look at it once more.",
            who=conflict.saved_by,
        )
        return _again(assignment_id, return_id, message, HTTPStatus.CONFLICT)
    except DomainError as error:
        return _again(assignment_id, return_id, translated(error))
    _say(taken)
    endpoint = "word_forms.show" if for_office() else "contributions.show"
    target = url_for(endpoint, assignment_id=assignment_id)
    return redirect(target, HTTPStatus.SEE_OTHER)


@bp.post("/<int:assignment_id>/<int:return_id>/discarded")
@requires(may_fill)
def discard(assignment_id: int, return_id: int) -> ResponseReturnValue:
    """Take nothing over; the drafts stay as they are."""
    assignment_at_hand(assignment_id)
    by = guest.contributor()
    with committing() as session:
        assignment = session.get_one(Assignment, assignment_id)
        throw_away(return_at_hand(assignment, return_id), by=by, now=clock.now())
    flash(_("Nothing was taken over. The drafts are as they were."))
    target = url_for(".show", assignment_id=assignment_id)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _chosen() -> dict[int, int]:
    """Ids of the chosen questions, each with the draft number that was shown."""
    ticked = request.form.getlist("chosen", type=int)
    ids = {*ticked, *_ways("form"), *_ways("both")}
    return {id_: request.form.get(f"seen-{id_}", -1, type=int) for id_ in ids}


def _both() -> set[int]:
    """Ids of the questions where both texts are to stand under each other."""
    return _ways("both")


def _ways(wanted: str) -> set[int]:
    """Ids of the questions changed in both places for which `wanted` was chosen."""
    found = set()
    for name, value in request.form.items():
        number = name.removeprefix("way-")
        if name.startswith("way-") and value == wanted and number.isdecimal():
            found.add(int(number))
    return found


def _again(
    assignment_id: int,
    return_id: int,
    error: str,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> ResponseReturnValue:
    assignment = assignment_at_hand(assignment_id)
    return _page(assignment, return_at_hand(assignment, return_id), error), status


def _page(assignment: Assignment, row: WordReturn, error: str = "") -> str:
    rows: list[Row] = []
    form, proposal = None, None
    if row.settled_at is None:
        form = from_plain(row.content)
        proposal = propose(db.session, assignment, form)
        rows = rows_of(proposal)
    return render_template(
        "word_forms/preview.html",
        assignment=assignment,
        row=row,
        form=form,
        warnings=[spoken(one) for one in form.warnings] if form else [],
        proposal=proposal,
        rows=rows,
        ticked=set(_chosen()) if request.method == "POST" else None,
        error=error,
        for_office=for_office(),
    )


def _say(taken: TakenIn) -> None:
    if taken.drafts:
        count = len(taken.drafts)
        words = ngettext(
            "%(num)d answer was taken over as a draft. Nothing was sent.",
            "%(num)d answers were taken over as drafts. Nothing was sent.",
            count,
        )
        flash(words, "done")
    if taken.declined:
        words = ngettext(
            "For %(num)d question the office was told that no answer will come.",
            "For %(num)d questions the office was told that no answer will come.",
            len(taken.declined),
        )
        flash(words, "done")
