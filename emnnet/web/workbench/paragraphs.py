"""Writing the national text: taken over, written, changed, moved, compared."""

from flask import request
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.domain.errors import DomainError, NotFound
from emnnet.domain.markdown_text import paragraphs
from emnnet.domain.response_text import text_mark
from emnnet.models.national_response import Paragraph
from emnnet.services.responses import (
    ParagraphConflict,
    add_paragraph,
    change_paragraph,
    check_source,
    move_paragraph,
)
from emnnet.services.taking_over import NO_SUCH_PIECE, take_over
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.workbench.blueprint import bp
from emnnet.web.workbench.finding import paragraph_of, question_of, version_of
from emnnet.web.workbench.forms import OwnParagraphForm, ParagraphForm
from emnnet.web.workbench.routes import (
    back,
    posted_view,
    refused,
    rendered,
    wrong,
)


@bp.post("/questions/<int:question_id>/taken")
@requires(coordinators)
def take(query_id: int, question_id: int) -> ResponseReturnValue:
    """Take a paragraph of an answer over, or all that is not yet used."""
    view, piece = posted_view(question_id), request.form.get("piece", None, int)
    try:
        with committing() as session:
            question = question_of(session, query_id, question_id)
            given = request.form.get("version", None, int)
            version = version_of(session, query_id, given)
            about = question, version, piece
            rows = take_over(session, *about, by=acting(), now=clock.now())
            contribution_id, new = version.contribution_id, rows[0].id
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, f"piece-{contribution_id}-{piece or 0}", new)


@bp.post("/questions/<int:question_id>/paragraphs")
@requires(coordinators)
def add(query_id: int, question_id: int) -> ResponseReturnValue:
    """Add a paragraph of our own, or preview it."""
    view, form = posted_view(question_id), OwnParagraphForm(prefix="own")
    view.typed.own = form
    if not form.validate_on_submit():
        return wrong(query_id, view)
    if request.form.get("act") == "preview":
        view.typed.own_preview = form.text.data
        return rendered(query_id, view)
    try:
        with committing() as session:
            question = question_of(session, query_id, question_id)
            paragraph = add_paragraph(
                session, question, form.text.data, by=acting(), now=clock.now()
            )
            at = f"paragraph-{paragraph.id}"
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, at)


@bp.post("/questions/<int:question_id>/paragraphs/<int:paragraph_id>")
@requires(coordinators)
def change(query_id: int, question_id: int, paragraph_id: int) -> ResponseReturnValue:
    """Save another wording, or preview it; two who save at once both keep theirs."""
    view, form = posted_view(question_id), ParagraphForm()
    view.editing, view.typed.paragraph = paragraph_id, form
    if not form.validate_on_submit():
        return wrong(query_id, view)
    if request.form.get("act") == "preview":
        view.typed.preview = form.text.data
        return rendered(query_id, view)
    try:
        with committing() as session:
            paragraph = paragraph_of(session, query_id, paragraph_id)
            text = _chosen(form.text.data, paragraph)
            seen, now = form.seen.data or "", clock.now()
            change_paragraph(session, paragraph, text, seen=seen, by=acting(), now=now)
    except ParagraphConflict as conflict:
        form.seen.data = text_mark(conflict.paragraph.text)
        view.typed.conflict = conflict
        return refused(query_id, view, conflict)
    except NotFound as error:
        view.typed.own = OwnParagraphForm(None, prefix="own", text=form.text.data)
        return refused(query_id, view, error)
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, f"paragraph-{paragraph_id}")


@bp.post("/questions/<int:question_id>/paragraphs/<int:paragraph_id>/place")
@requires(coordinators)
def move(query_id: int, question_id: int, paragraph_id: int) -> ResponseReturnValue:
    """One place up or down."""
    view = posted_view(question_id)
    step = -1 if request.form.get("step") == "up" else 1
    try:
        with committing() as session:
            paragraph = paragraph_of(session, query_id, paragraph_id)
            move_paragraph(session, paragraph, step, by=acting(), now=clock.now())
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, f"paragraph-{paragraph_id}")


@bp.post(
    "/questions/<int:question_id>/paragraphs/<int:paragraph_id>/sources/<int:source_id>"
)
@requires(coordinators)
def check(
    query_id: int, question_id: int, paragraph_id: int, source_id: int
) -> ResponseReturnValue:
    """Keep our wording, or take the corrected one of the source."""
    view = posted_view(question_id)
    try:
        with committing() as session:
            paragraph = paragraph_of(session, query_id, paragraph_id)
            newest = request.form.get("newest", 0, int)
            check_source(
                session,
                paragraph,
                source_id,
                newest=newest,
                by=acting(),
                now=clock.now(),
                text=_corrected(paragraph, source_id, newest),
                seen=request.form.get("seen", ""),
            )
    except DomainError as error:
        return refused(query_id, view, error)
    return back(query_id, view, f"paragraph-{paragraph_id}")


def _chosen(typed: str, paragraph: Paragraph) -> str:
    """What was typed; after a conflict perhaps behind what the other one wrote."""
    if request.form.get("act") == "both":
        return f"{paragraph.text}\n\n{typed}"
    return typed


def _corrected(paragraph: Paragraph, source_id: int, newest: int) -> str | None:
    """The new wording, where it is to be taken."""
    if request.form.get("choice") != "take":
        return None
    place = request.form.get("piece", -1, int)
    for source in paragraph.sources:
        if source.id == source_id:
            versions = source.contribution_version.contribution.versions
            texts = [one.text for one in versions if one.number == newest]
            pieces = paragraphs(texts[0]) if texts else []
            if 0 <= place < len(pieces):
                return pieces[place]
    raise NotFound(NO_SUCH_PIECE)
