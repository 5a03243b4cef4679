"""A document or a text arrives and is read; nothing is kept of what cannot be."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from emnnet import clock
from emnnet.documents.opening import Kind, UnreadableDocument, open_limited
from emnnet.domain.reading.reader import read_query
from emnnet.extensions import db
from emnnet.files.store import store
from emnnet.selectors.intakes import unfinished_intakes
from emnnet.services.intakes import begin_empty, discard, take_in
from emnnet.services.stored_files import keep_file
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.file_room import files_folder
from emnnet.web.identity import acting
from emnnet.web.intakes.blueprint import bp, the_intake
from emnnet.web.intakes.forms import ArrivalForm
from emnnet.web.messages import spoken, translated

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    Kind.DOCX: WORD,
    Kind.PDF: "application/pdf",
    Kind.MAIL: "message/rfc822",
    Kind.HTML: "text/html",
    Kind.TEXT: "text/plain",
}


@dataclass(frozen=True)
class Arrived:
    """The text to read, and the file it came in, if it came in one."""

    text: str
    file_name: str | None = None
    data: bytes | None = None
    media_type: str = ""


@bp.get("")
@requires(coordinators)
def index() -> ResponseReturnValue:
    """Three ways in: a document, its text, an empty form."""
    return _page(ArrivalForm(formdata=None))


@bp.post("")
@requires(coordinators)
def read_in() -> ResponseReturnValue:
    """Read what arrived, and go on to the form beside it."""
    form = ArrivalForm()
    if not (form.validate_on_submit() and form.check()):
        return _page(form), 422
    db.session.rollback()  # reading may take seconds: nobody waits for us meanwhile
    try:
        arrived = _opened(form)
    except UnreadableDocument as error:
        form.file.errors = [translated(error)]
        return _page(form), 422
    return redirect(url_for("intakes.show", intake_id=_kept(arrived)), 303)


@bp.post("/empty")
@requires(coordinators)
def begin() -> ResponseReturnValue:
    """Begin with an empty form."""
    with committing() as session:
        intake = begin_empty(session, by=acting(), now=clock.now())
        intake_id = intake.id
    return redirect(url_for("intakes.show", intake_id=intake_id), 303)


@bp.post("/<int:intake_id>/discard")
@requires(coordinators)
def throw_away(intake_id: int) -> ResponseReturnValue:
    """Take it off the list of what is not registered yet."""
    with committing() as session:
        discard(the_intake(session, intake_id), now=clock.now())
    flash(_("It is off the list."), "done")
    return redirect(url_for("intakes.index"), 303)


def _opened(form: ArrivalForm) -> Arrived:
    file: FileStorage | None = form.file.data or None
    if file is None:
        return Arrived(form.text.data or "")
    data = file.read()
    name = (file.filename or _("document"))[-200:]
    opened = open_limited(data, name)
    for warning in opened.warnings:
        flash(spoken(warning), "warning")
    return Arrived(opened.text, name, data, MEDIA_TYPES[opened.kind])


def _kept(arrived: Arrived) -> int:
    """The id of the intake: the text, what was read, and the very file."""
    read = read_query(arrived.text)
    digest = store(files_folder(), arrived.data) if arrived.data else None
    with committing() as session:
        now = clock.now()
        row = None
        if digest and arrived.data:
            size, kind = len(arrived.data), arrived.media_type
            row = keep_file(session, digest, size=size, media_type=kind, now=now)
        intake = take_in(
            session,
            arrived.text,
            read,
            by=acting(),
            now=now,
            file_name=arrived.file_name,
            stored_file=row,
        )
        return intake.id


def _page(form: ArrivalForm) -> str:
    lost_file = request.method == "POST" and bool(form.errors)
    return render_template(
        "intakes/index.html",
        form=form,
        lost_file=lost_file,
        unfinished=unfinished_intakes(db.session),
    )
