"""Changes of the network: the list, one act, and undoing it."""

from http import HTTPStatus

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.network_change import NetworkAct
from emnnet.selectors.network_history import (
    ACTS_A_PAGE,
    find_act_line,
    name_book,
    network_history,
)
from emnnet.services.network_undo import check_undo, undo_act
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.keeping.blueprint import bp, the_body
from emnnet.web.keeping.flashes import flash_done
from emnnet.web.keeping.present import act_view, act_views
from emnnet.web.messages import translated

LOOKED_INTO = 2_000  # rows: whether more can be undone is told when it is tried


@bp.get("/history")
@requires(office)
def history() -> ResponseReturnValue:
    """All acts, or those of one body (`?body=vsat`), newest first."""
    slug = request.args.get("body", "")
    body = the_body(db.session, slug) if slug else None
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    found = network_history(
        db.session,
        institution_id=body.id if body else None,
        page=page,
        language=str(get_locale()),
    )
    return render_template(
        "keeping/history.html",
        acts=act_views(found),
        total=found.total,
        body=body,
        page=page,
        pages=max(1, -(-found.total // ACTS_A_PAGE)),
    )


@bp.get("/history/<int:act_id>")
@requires(office)
def act(act_id: int) -> ResponseReturnValue:
    """One act with all its changes, and whether it can be undone."""
    return _act_page(act_id)


@bp.post("/history/<int:act_id>/undo")
@requires(coordinators)
def undo(act_id: int) -> ResponseReturnValue:
    """Bring everything back to what it was before the act."""
    try:
        with committing() as session:
            found = session.get(NetworkAct, act_id) or abort(404)
            why = request.form.get("why", "")[:500]
            undoing = undo_act(session, found, by=acting(), now=clock.now(), why=why)
            undoing_id = undoing.id
    except DomainError as error:
        db.session.rollback()
        return _act_page(act_id, translated(error)), HTTPStatus.CONFLICT
    flash_done(_("It is undone."), undoing_id)
    return redirect(url_for(".history"), HTTPStatus.SEE_OTHER)


def _act_page(act_id: int, refused: str = "") -> str:
    line = find_act_line(db.session, act_id) or abort(404)
    view = act_view(line, name_book(db.session, str(get_locale())))
    is_asked = view.can_be_undone and line.total <= LOOKED_INTO
    reason = refused or (_why_not(line.act) if is_asked else "")
    return render_template("keeping/act.html", view=view, reason=reason)


def _why_not(found: NetworkAct) -> str:
    try:
        check_undo(db.session, found)
    except DomainError as error:
        return translated(error)
    return ""
