"""Editions of the organogram: everybody reads them, coordinators freeze them."""

from http import HTTPStatus
from io import BytesIO

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.files.store import FileMissing, read
from emnnet.models.edition import Edition, EditionFileKind
from emnnet.selectors.editions import editions, find_edition, find_edition_file
from emnnet.selectors.organogram import organogram
from emnnet.services.editions import (
    EditionDraft,
    check_edition,
    make_edition,
    withdraw_edition,
)
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, public, requires
from emnnet.web.file_room import files_folder
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.organogram.edition_forms import EditionForm, WithdrawForm
from emnnet.web.organogram.freezing import drawn, kept, original

bp = Blueprint("editions", __name__, url_prefix="/organogram/editions")
FILE_WORDS = {
    EditionFileKind.PDF.value: _l("PDF"),
    EditionFileKind.SVG.value: _l("Drawing (SVG)"),
    EditionFileKind.FACTS.value: _l("Facts (JSON)"),
    EditionFileKind.ORIGINAL.value: _l("Original (PDF)"),
}


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """The list of editions; coordinators find the form for the next one."""
    form = EditionForm(formdata=None)
    form.as_of.data = clock.today()
    return _page(form)


@bp.post("")
@requires(coordinators)
def make() -> ResponseReturnValue:
    """Freeze a day: draw it, keep the files, give it the next number."""
    form = EditionForm()
    if not form.validate_on_submit() or form.as_of.data is None:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        number = _frozen(form)
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        return _page(form), HTTPStatus.CONFLICT
    flash(_("Edition %(number)s is frozen.", number=number), "done")
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/<int:number>")
@public
def show(number: int) -> ResponseReturnValue:
    """One edition with its files, its digest and, if so, why it was withdrawn."""
    return _one(number, WithdrawForm(formdata=None))


@bp.get("/<int:number>/files/<int:file_id>")
@public
def file(number: int, file_id: int) -> ResponseReturnValue:
    """A file as it was frozen; of a withdrawn edition only the office gets it."""
    edition, found = _get(number), find_edition_file(db.session, number, file_id)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    if edition.withdrawn_at is not None and not office():
        abort(HTTPStatus.NOT_FOUND)
    try:
        data = read(files_folder(), found.stored_file.sha256)
    except FileMissing:
        abort(HTTPStatus.NOT_FOUND)
    return send_file(
        BytesIO(data),
        mimetype=found.stored_file.media_type,
        as_attachment=True,
        download_name=found.safe_name,
        etag=found.stored_file.sha256,
    )


@bp.post("/<int:number>/withdraw")
@requires(coordinators)
def withdraw(number: int) -> ResponseReturnValue:
    """Take an edition out of use; number, files and reason are kept."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _one(number, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with committing() as session:
        edition = find_edition(session, number) or abort(HTTPStatus.NOT_FOUND)
        withdraw_edition(
            session, edition, form.reason.data or "", by=acting(), now=clock.now()
        )
    flash(_("Edition %(number)s is withdrawn.", number=number), "done")
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


def _frozen(form: EditionForm) -> int:
    """Draw first, then write: no transaction waits for a drawing."""
    day = form.as_of.data or clock.today()
    files = original(request.files.get(form.original.name))
    picture = organogram(db.session, day)
    draft = EditionDraft(
        form.name.data or "", form.note.data or "", day, len(picture.bodies)
    )
    check_edition(draft, clock.today())
    files = [*drawn(draft, picture), *files]
    by, now = acting(), clock.now()
    with committing() as session:
        edition = make_edition(
            session, draft, kept(session, files, now), by=by, now=now
        )
        return edition.number


def _get(number: int) -> Edition:
    return find_edition(db.session, number) or abort(HTTPStatus.NOT_FOUND)


def _page(form: EditionForm) -> str:
    rows = editions(db.session)
    return render_template(
        "editions/index.html", form=form, rows=rows, words=FILE_WORDS
    )


def _one(number: int, form: WithdrawForm) -> str:
    return render_template(
        "editions/show.html", form=form, edition=_get(number), words=FILE_WORDS
    )
