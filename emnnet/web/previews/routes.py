"""The page behind a preview link; making one and revoking it."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.audience import CLOSED_SENTENCE, Audience
from emnnet.domain.disclaimer import DISCLAIMER
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.published import as_published
from emnnet.services.previews import find_preview, revoke_preview, share_preview
from emnnet.transaction import committing
from emnnet.web.access import office, public, requires
from emnnet.web.identity import acting

bp = Blueprint("previews", __name__)


@bp.get("/preview/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """The query as visitors will read it; once published, its public page."""
    query = find_preview(db.session, token, now=clock.now()) or abort(404)
    if query.is_public:
        target = url_for("public.show", reference=query.reference)
        return redirect(target, HTTPStatus.SEE_OTHER)
    found = as_published(db.session, query, Audience.PUBLIC)
    return render_template(
        "previews/show.html",
        query=replace(found, annexes=(), closed_annexes=0),
        annexes=len(found.annexes),
        closed_sentence=CLOSED_SENTENCE,
        disclaimer=DISCLAIMER.text,
    )


@bp.post("/desk/queries/<int:query_id>/preview-link")
@requires(office)
def share(query_id: int) -> ResponseReturnValue:
    """Make a link, and show its address this one time."""
    with committing() as session:
        query = _query(session, query_id)
        token = share_preview(session, query, by=acting(), now=clock.now())
    address = url_for(".show", token=token, _external=True)
    query = _query(db.session, query_id)
    return render_template("previews/made.html", query=query, address=address)


@bp.post("/desk/queries/<int:query_id>/preview-link/revoke")
@requires(office)
def revoke(query_id: int) -> ResponseReturnValue:
    """From now on the link opens nothing."""
    with committing() as session:
        query = _query(session, query_id)
        revoke_preview(session, query, by=acting(), now=clock.now())
    flash(_("The preview link is revoked: it opens nothing any more."), "done")
    target = url_for("publishing.show", query_id=query_id)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _query(session: Session, query_id: int) -> Query:
    query = session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(404)
    return query
