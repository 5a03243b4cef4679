"""Saving without leaving the page: the same rules, answered in JSON."""

from http import HTTPStatus

from flask import abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.services.drafts import DraftConflict, SavedDraft
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.marks import mark_of
from emnnet.web.contributions.present import bar_of, saved_at, state_of
from emnnet.web.contributions.saving import save_card
from emnnet.web.contributions.sheet import Card, read_sheet
from emnnet.web.messages import translated


@bp.post("/<int:assignment_id>/questions/<int:contribution_id>/draft")
@requires(guest.may_contribute)
def autosave(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """Save one card. A conflict answers with the other text, an error with words."""
    card = posted_card(contribution_id)
    if not card.answer.validate():
        errors = {
            field.id: str(field.errors[0]) for field in card.answer if field.errors
        }
        return jsonify(errors=errors), HTTPStatus.UNPROCESSABLE_ENTITY
    mark = mark_of(card.answer.draft())
    try:
        saved = save_card(card)
    except DraftConflict as conflict:
        return jsonify(conflict=_other(conflict)), HTTPStatus.CONFLICT
    except DomainError as error:
        return jsonify(message=translated(error)), HTTPStatus.CONFLICT
    return jsonify(_saved(contribution_id, saved, mark))


@bp.post("/<int:assignment_id>/questions/<int:contribution_id>/preview")
@requires(guest.may_contribute)
def preview(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """The text as readers will see it. Saves nothing."""
    text = posted_card(contribution_id).answer.text.data
    return render_template("contributions/_preview.html", text=text)


def posted_card(contribution_id: int) -> Card:
    """The posted card, or 404 where the assignment has no such question."""
    sheet = read_sheet(db.session, guest.assignment_at_hand(), request.form)
    return sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)


def _saved(contribution_id: int, saved: SavedDraft, mark: str) -> dict[str, object]:
    sheet = read_sheet(db.session, guest.assignment_at_hand())
    bar, card = bar_of(sheet), sheet.card(contribution_id)
    if saved.is_note or card is None:
        target = url_for(".show", assignment_id=sheet.assignment.id)
        return {"note": True, "url": target}
    chip = state_of(card.cell)
    return {
        "number": saved.number,
        "mark": mark,
        "saved": saved_at(saved.saved_at),
        "ready": bar.ready,
        "send": bar.send,
        "chip": chip.word,
    }


def _other(conflict: DraftConflict) -> dict[str, object]:
    return {
        "number": conflict.number,
        "text": conflict.draft.text,
        "mark": mark_of(conflict.draft),
        "message": _(
            "Changed meanwhile by %(who)s, %(saved)s.",
            who=conflict.saved_by,
            saved=saved_at(conflict.saved_at),
        ),
    }
