"""The form leaves as a Word file and comes back as one."""

from http import HTTPStatus
from io import BytesIO

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.documents.word_form import read_word_form, word_form
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.files.names import safe_name
from emnnet.models.assignment import Assignment
from emnnet.selectors.contributions import cells_of
from emnnet.selectors.word_forms import unsettled_returns
from emnnet.services.word_forms import keep_return
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.messages import translated
from emnnet.web.word_forms.blueprint import (
    assignment_at_hand,
    bp,
    for_office,
    may_fill,
)
from emnnet.web.word_forms.forms import ReturnForm
from emnnet.web.word_forms.making import form_document, language_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NAME = 200


@bp.get("/<int:assignment_id>")
@requires(may_fill)
def show(assignment_id: int) -> ResponseReturnValue:
    """How it works, the file to download, and the place to give it back."""
    return _page(assignment_at_hand(assignment_id), ReturnForm(formdata=None))


@bp.get("/<int:assignment_id>/form.docx")
@requires(may_fill)
def download(assignment_id: int) -> ResponseReturnValue:
    """The form, with what was written so far."""
    assignment, now = assignment_at_hand(assignment_id), clock.now()
    document = form_document(assignment, now)
    name = f"{document.reference} {document.title} {assignment.institution.short}.docx"
    name = safe_name(name.replace("/", "-").replace("\\", "-"))
    content = BytesIO(word_form(document))
    return send_file(content, mimetype=DOCX, as_attachment=True, download_name=name)


@bp.post("/<int:assignment_id>")
@requires(may_fill)
def upload(assignment_id: int) -> ResponseReturnValue:
    """Read the filled form, and go on to what it would change. Refused: all stays."""
    assignment, form = assignment_at_hand(assignment_id), ReturnForm()
    if not form.validate_on_submit():
        return _page(assignment, form), HTTPStatus.UNPROCESSABLE_ENTITY
    file = form.file.data
    data, name = file.read(), (file.filename or _("form"))[-LONGEST_NAME:]
    by = guest.contributor()
    db.session.rollback()  # reading may take seconds: nobody waits for us meanwhile
    try:
        filled = read_word_form(data, name)
        with committing() as session:
            at_hand = session.get_one(Assignment, assignment_id)
            row = keep_return(
                session, at_hand, filled, file_name=name, by=by, now=clock.now()
            )
            return_id = row.id
    except DomainError as error:
        form.file.errors = [translated(error)]
        page = _page(assignment_at_hand(assignment_id), form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    target = url_for(".preview", assignment_id=assignment_id, return_id=return_id)
    return redirect(target, HTTPStatus.SEE_OTHER)


def _page(assignment: Assignment, form: ReturnForm) -> str:
    open_ones = [one for one in cells_of(db.session, assignment) if one.takes_answer]
    return render_template(
        "word_forms/show.html",
        assignment=assignment,
        form=form,
        lost_file=request.method == "POST",
        open_questions=len(open_ones),
        form_language=language_of(assignment),
        returns=unsettled_returns(db.session, assignment),
        for_office=for_office(),
    )
