"""The national response as Word or PDF; the history keeps each file that was made."""

from http import HTTPStatus
from io import BytesIO

from flask import (
    Blueprint,
    abort,
    current_app,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.child import ChildFailed
from emnnet.documents.national_response import national_document
from emnnet.documents.response import ResponseDocument
from emnnet.documents.response_docx import response_docx
from emnnet.documents.response_pdf import response_pdf
from emnnet.domain.audience import Audience
from emnnet.extensions import db
from emnnet.files.names import safe_name
from emnnet.models.query import Query
from emnnet.selectors.annexes import late_annexes
from emnnet.selectors.national_texts import question_texts
from emnnet.services.exporting import record_export
from emnnet.transaction import committing
from emnnet.web.access import office, requires
from emnnet.web.exports.forms import ExportForm, Format
from emnnet.web.identity import acting
from emnnet.web.query_tabs import query_tabs

bp = Blueprint("exports", __name__, url_prefix="/desk/queries/<int:query_id>/export")
MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument"
    ".wordprocessingml.document",
    Format.PDF: "application/pdf",
}


@bp.get("")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """What kind of file, for whom."""
    form = ExportForm(formdata=None, format=request.args.get("format", Format.DOCX))
    return _page(_query(query_id), form)


@bp.post("")
@requires(office)
def make(query_id: int) -> ResponseReturnValue:
    """The file; the history keeps who made it, and its digest."""
    query, form = _query(query_id), ExportForm()
    if not form.validate_on_submit():
        return _page(query, form), HTTPStatus.UNPROCESSABLE_ENTITY
    kind, audience = Format(form.format.data), Audience(form.audience.data)
    document = _document(query, audience, form)
    name = _name(query, kind)
    db.session.rollback()  # drawing takes its time: nobody has to wait for it
    try:
        content = _written(document, kind)
    except ChildFailed:
        form.format.errors = [_("The PDF could not be drawn. Make a Word file.")]
        return _page(_query(query_id), form), HTTPStatus.UNPROCESSABLE_ENTITY
    with committing() as session:
        query, now = _query(query_id), clock.now()
        record_export(session, query, content, kind, audience, by=acting(), now=now)
    return send_file(
        BytesIO(content),
        mimetype=MEDIA_TYPES[kind],
        as_attachment=True,
        download_name=name,
    )


def _name(query: Query, kind: Format) -> str:
    """Reference and title; a stroke in a title is no folder."""
    title = query.title.replace("/", "-").replace("\\", "-")
    return safe_name(f"{query.reference} {title}.{kind}")


def _document(query: Query, audience: Audience, form: ExportForm) -> ResponseDocument:
    annexes = late_annexes(db.session, query.id) if form.annexes.data else ()
    return national_document(
        query,
        question_texts(db.session, query.id),
        country=current_app.config["OFFICE_COUNTRY"],
        audience=audience,
        generated_at=clock.now(),
        show_sources=bool(form.sources.data),
        annexes=annexes,
    )


def _written(document: ResponseDocument, kind: Format) -> bytes:
    if kind is Format.PDF:
        return response_pdf(document)
    return response_docx(document)


def _page(query: Query, form: ExportForm) -> str:
    return render_template(
        "exports/show.html",
        query=query,
        form=form,
        texts=question_texts(db.session, query.id),
        annexes=late_annexes(db.session, query.id),
        tabs=query_tabs(query.id, "exports.show"),
    )


def _query(query_id: int) -> Query:
    query = db.session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    return query
