"""Handing out files that were given with answers: to the office and to their owners."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, abort, g, send_file
from flask.typing import ResponseReturnValue

from emnnet.extensions import db
from emnnet.files.store import FileMissing, read
from emnnet.models.attachment import Attachment
from emnnet.selectors.contributions import find_attachment
from emnnet.web import guest
from emnnet.web.access import office, requires
from emnnet.web.file_room import files_folder

bp = Blueprint("attachments", __name__, url_prefix="/attachments")


def may_read_file(attachment_id: int, **_: object) -> bool:
    """Guard: the office, or whoever may open the form the file belongs to."""
    g.attachment = find_attachment(db.session, attachment_id)
    if g.attachment is None:
        return office()
    assignment_id = g.attachment.contribution.assignment_id
    return office() or guest.may_contribute(assignment_id)


@bp.get("/<int:attachment_id>")
@requires(may_read_file)
def show(attachment_id: int) -> ResponseReturnValue:
    """The file, to be saved and never opened in the page."""
    attachment: Attachment | None = g.attachment
    if attachment is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        data = read(files_folder(), attachment.stored_file.sha256)
    except FileMissing:
        abort(HTTPStatus.NOT_FOUND)
    return send_file(
        BytesIO(data),
        mimetype=attachment.stored_file.media_type,
        as_attachment=True,
        download_name=attachment.safe_name,
        etag=attachment.stored_file.sha256,
    )
