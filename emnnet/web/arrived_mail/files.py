"""Handing out what came with mail: to be saved, never opened in the page."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from emnnet.extensions import db
from emnnet.files.names import safe_name
from emnnet.files.store import FileMissing, read
from emnnet.models.stored_file import StoredFile
from emnnet.web.access import office, requires
from emnnet.web.arrived_mail.blueprint import bp, the_mail
from emnnet.web.file_room import files_folder


@bp.get("/<int:mail_id>/message")
@requires(office)
def message(mail_id: int) -> ResponseReturnValue:
    """The whole message as it arrived."""
    mail = the_mail(db.session, mail_id)
    name = safe_name(f"{mail.subject[:80] or 'message'}.eml")
    return _handed_out(mail.stored_file, name)


@bp.get("/<int:mail_id>/files/<int:file_id>")
@requires(office)
def file(mail_id: int, file_id: int) -> ResponseReturnValue:
    """A file that was attached."""
    mail = the_mail(db.session, mail_id)
    found = next((one for one in mail.files if one.id == file_id), None)
    if found is None or found.stored_file is None:
        abort(404)
    return _handed_out(found.stored_file, found.safe_name)


@bp.get("/<int:mail_id>/copies/<int:copy_id>")
@requires(office)
def copy(mail_id: int, copy_id: int) -> ResponseReturnValue:
    """A message that came later under the same number, with other words."""
    mail = the_mail(db.session, mail_id)
    found = next((one for one in mail.copies if one.id == copy_id), None)
    if found is None:
        abort(404)
    return _handed_out(found.stored_file, f"copy-{copy_id}.eml")


def _handed_out(stored: StoredFile, name: str) -> Response:
    try:
        content = read(files_folder(), stored.sha256)
    except FileMissing:
        abort(404)
    reply = Response(content, content_type="application/octet-stream")
    reply.headers.set("Content-Disposition", "attachment", filename=name)
    return reply
