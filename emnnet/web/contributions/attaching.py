"""The files that come with a posted form: each is kept beside its answer."""

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.files.names import safe_name, unlike
from emnnet.files.store import store
from emnnet.files.types import CheckedFile, checked
from emnnet.services.attachments import attach, taken_names
from emnnet.services.stored_files import keep_file
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.contributions.sheet import Card, Sheet
from emnnet.web.file_room import files_folder
from emnnet.web.messages import translated


def keep_chosen_files(sheet: Sheet) -> None:
    """Keep every file that was chosen, whichever button was pressed."""
    for card in sheet.cards:
        upload = chosen_file(card)
        if upload is not None:
            card.upload.file.errors = _attach(card, upload)


def demand_file(card: Card) -> None:
    """Who presses the button of a card must have chosen a file there."""
    if chosen_file(card) is None:
        card.upload.file.errors = [_("Choose a file first.")]


def chosen_file(card: Card) -> FileStorage | None:
    """The file chosen on a card; None if none was."""
    upload = request.files.get(card.upload.file.name)
    return upload if upload is not None and upload.filename else None


def _attach(card: Card, upload: FileStorage) -> list[str]:
    """Check, store and record a file; returns what is wrong with it."""
    try:
        _keep(card, checked(upload.read(), upload.filename or ""))
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
        kept = attach(
            session,
            contribution,
            row,
            original_name=file.name,
            safe_name=unlike(safe_name(file.name), taken_names(session, contribution)),
            by=by,
            now=now,
        )
    card.cell.files.append(kept)
