"""Taking paragraphs out of the national text, and putting them back."""

from http import HTTPStatus

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.removed_paragraphs import find_removed, removed_paragraphs
from emnnet.services.removed_paragraphs import delete_paragraph, restore_paragraph
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.query_tabs import query_tabs
from emnnet.web.workbench.blueprint import bp
from emnnet.web.workbench.finding import paragraph_of
from emnnet.web.workbench.routes import back, posted_view, refused
from emnnet.web.workbench.view import Side, View


@bp.post("/questions/<int:question_id>/paragraphs/<int:paragraph_id>/deletion")
@requires(coordinators)
def delete(query_id: int, question_id: int, paragraph_id: int) -> ResponseReturnValue:
    """Take a paragraph out, as it was read; the page offers to put it back."""
    view, seen = posted_view(question_id), request.form.get("seen", "")
    try:
        with committing() as session:
            paragraph = paragraph_of(session, query_id, paragraph_id)
            by, now = acting(), clock.now()
            removed = delete_paragraph(session, paragraph, seen=seen, by=by, now=now)
            view.removed = removed.id
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, "national")


@bp.get("/removed")
@requires(office)
def removed(query_id: int) -> ResponseReturnValue:
    """What was taken out in the last days."""
    query = db.session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(
        "workbench/removed.html",
        query=query,
        rows=removed_paragraphs(db.session, query_id, clock.now()),
        tabs=query_tabs(query_id, "workbench.show"),
    )


@bp.post("/removed/<int:removed_id>/restored")
@requires(coordinators)
def restore(query_id: int, removed_id: int) -> ResponseReturnValue:
    """Put a paragraph back where it stood."""
    view = View(side=Side.NATIONAL)
    try:
        with committing() as session:
            row = find_removed(session, query_id, removed_id)
            if row is None:
                abort(HTTPStatus.NOT_FOUND)
            view.question_id = row.response.question_id
            paragraph = restore_paragraph(session, row, by=acting(), now=clock.now())
            new = paragraph.id
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, f"paragraph-{new}", new)
