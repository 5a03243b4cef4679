"""The page of an assignment: what is asked, and the form that is saved at any time."""

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.extensions import db
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions import present
from emnnet.web.contributions.attaching import keep_chosen_files
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.saving import save_all
from emnnet.web.contributions.sheet import (
    Sheet,
    add_experience,
    add_material,
    read_sheet,
)

SEE_OTHER = HTTPStatus.SEE_OTHER


@bp.get("/<int:assignment_id>")
@requires(guest.may_contribute)
def show(assignment_id: int) -> ResponseReturnValue:
    """What is asked, with a card for each question; what was sent, read only."""
    sheet = read_sheet(db.session, guest.assignment_at_hand())
    card = sheet.card(request.args.get("preview", 0, int))
    if card is not None:
        card.shows_preview = True
    return page(sheet)


@bp.post("/<int:assignment_id>")
@requires(guest.may_contribute)
def save(assignment_id: int) -> ResponseReturnValue:
    """Save what was written; then show it, preview a card, or go on to sending."""
    sheet = posted_sheet()
    wanted = request.form.get("act", "save")
    if wanted == "check":
        sheet.demand_dissemination()
    if not settled(sheet):
        return refusal(sheet)
    if wanted == "check":
        return redirect(url_for(".check", assignment_id=assignment_id), SEE_OTHER)
    return back_to(assignment_id, wanted)


def posted_sheet() -> Sheet:
    """The posted cards; whatever was changed or chosen is kept as far as it can be."""
    sheet = read_sheet(db.session, guest.assignment_at_hand(), request.form)
    save_all(sheet)
    keep_chosen_files(sheet)
    return sheet


def settled(sheet: Sheet) -> bool:
    """Is everything saved and nothing wrong?"""
    return not sheet.errors and not any(card.conflict for card in sheet.cards)


def back_to(assignment_id: int, wanted: str = "") -> ResponseReturnValue:
    """The page again, at the card that was worked on."""
    act, _colon, number = wanted.partition(":")
    preview = number if act == "preview" else None
    anchor = f"question-{number}" if number.isdigit() else None
    target = url_for(
        ".show", assignment_id=assignment_id, preview=preview, _anchor=anchor
    )
    return redirect(target, SEE_OTHER)


def refusal(sheet: Sheet) -> ResponseReturnValue:
    """The page with what is wrong on it, and all that was typed."""
    conflicts = any(card.conflict for card in sheet.cards)
    status = HTTPStatus.CONFLICT if conflicts else HTTPStatus.UNPROCESSABLE_ENTITY
    return page(sheet), status


def page(sheet: Sheet) -> str:
    """The whole page."""
    add_experience(db.session, sheet)
    add_material(db.session, sheet)
    sheet.unfold()
    return render_template(
        "contributions/show.html",
        sheet=sheet,
        head=present.head_of(sheet, clock.now()),
        bar=present.bar_of(sheet),
        states={card.id: present.state_of(card.cell) for card in sheet.cards},
        differences=present.differences_of(sheet),
    )
