"""Publishing: first seen as visitors will see it, then published or taken back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.audience import CLOSED_SENTENCE
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.attachment import Attachment
from emnnet.models.query import Query
from emnnet.selectors.publication import find_publication
from emnnet.services.publishing import publish as publish_query
from emnnet.services.publishing import set_annex, unpublish
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.query_tabs import query_tabs

bp = Blueprint("publishing", __name__, url_prefix="/desk/queries/<int:query_id>")


@bp.get("/publication")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """What visitors read, or will read."""
    return _page(query_id)


@bp.post("/publication")
@requires(coordinators)
def publish(query_id: int) -> ResponseReturnValue:
    """Show it to visitors."""
    query = _query(query_id)
    with committing() as session:
        publish_query(session, query, by=acting(), now=clock.now())
    flash(_("Published. Visitors find it in the list and by searching."), "done")
    return redirect(url_for(".show", query_id=query_id), 303)


@bp.post("/publication/back")
@requires(coordinators)
def take_back(query_id: int) -> ResponseReturnValue:
    """Take it back from page, search, feed and files."""
    query, reason = _query(query_id), request.form.get("reason", "")
    try:
        with committing() as session:
            unpublish(session, query, reason, by=acting(), now=clock.now())
    except DomainError as error:
        return _page(query_id, translated(error)), 422
    flash(_("Taken back. Page, search and files are clear of it."), "done")
    return redirect(url_for(".show", query_id=query_id), 303)


@bp.post("/publication/annexes/<int:attachment_id>")
@requires(coordinators)
def annex(query_id: int, attachment_id: int) -> ResponseReturnValue:
    """Publish one file with the answer, or keep it inside."""
    attachment = db.session.get(Attachment, attachment_id)
    if attachment is None or _owner(attachment) != query_id:
        abort(404)
    published = request.form.get("published") == "yes"
    with committing() as session:
        set_annex(session, attachment, published, by=acting(), now=clock.now())
    return redirect(url_for(".show", query_id=query_id), 303)


def _page(query_id: int, error: str | None = None) -> str:
    publication = find_publication(db.session, query_id) or abort(404)
    return render_template(
        "publishing/show.html",
        query=publication.query,
        publication=publication,
        error=error,
        closed_sentence=CLOSED_SENTENCE,
        preview=publication.preview,
        tabs=query_tabs(query_id, "publishing.show"),
    )


def _query(query_id: int) -> Query:
    query = db.session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(404)
    return query


def _owner(attachment: Attachment) -> int:
    return attachment.contribution.assignment.query_id
