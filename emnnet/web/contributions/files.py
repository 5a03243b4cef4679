"""Attaching files to an answer, and taking them back."""

from http import HTTPStatus

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from emnnet import clock
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.extensions import db
from emnnet.files.names import safe_name, unlike
from emnnet.files.store import store
from emnnet.files.types import CheckedFile, checked
from emnnet.selectors.contributions import find_attachment
from emnnet.services.attachments import attach, remove, taken_names
from emnnet.services.stored_files import keep_file
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.routes import back_to, posted_sheet, refusal, settled
from emnnet.web.contributions.sheet import Card
from emnnet.web.file_room import files_folder
from emnnet.web.messages import translated


@bp.post("/<int:assignment_id>/questions/<int:contribution_id>/attachments")
@requires(guest.may_contribute)
def attach_file(assignment_id: int, contribution_id: int) -> ResponseReturnValue:
    """Keep the chosen file beside the answer; what was typed is saved first."""
    sheet = posted_sheet()
    card = sheet.card(contribution_id) or abort(HTTPStatus.NOT_FOUND)
    upload = request.files.get(card.upload.file.name)
    card.upload.file.errors = _attach(card, upload)
    if not settled(sheet):
        return refusal(sheet)
    return back_to(assignment_id, f"question:{contribution_id}")


@bp.post(
    "/<int:assignment_id>/questions/<int:contribution_id>"
    "/attachments/<int:attachment_id>/remove"
)
@requires(guest.may_contribute)
def remove_file(
    assignment_id: int, contribution_id: int, attachment_id: int
) -> ResponseReturnValue:
    """Take a file back; what was typed is saved first."""
    sheet = posted_sheet()
    attachment = find_attachment(db.session, attachment_id)
    if attachment is not None:
        if attachment.contribution.assignment_id != assignment_id:
            abort(HTTPStatus.NOT_FOUND)
        by, now = guest.contributor(), clock.now()
        with committing() as session:
            remove(session, attachment, by=by, now=now)
    if not settled(sheet):
        return refusal(sheet)
    return back_to(assignment_id, f"question:{contribution_id}")


def _attach(card: Card, upload: FileStorage | None) -> list[str]:
    """Check, store and record a file; returns what is wrong with it."""
    if upload is None or not upload.filename:
        return [_("Choose a file first.")]
    try:
        _keep(card, checked(upload.read(), upload.filename))
    except IllegalAction:
        raise
    except DomainError as error:
        return [translated(error)]
    return []


def _keep(card: Card, file: CheckedFile) -> None:
    by, now = guest.contributor(), clock.now()
    sha256 = store(files_folder(), file.data)
    with committing() as session:
        row = keep_file(
            session,
            sha256,
            size=len(file.data),
            media_type=file.kind.media_type,
            now=now,
        )
        contribution = card.cell.contribution
        attach(
            session,
            contribution,
            row,
            original_name=file.name,
            safe_name=unlike(safe_name(file.name), taken_names(session, contribution)),
            by=by,
            now=now,
        )
