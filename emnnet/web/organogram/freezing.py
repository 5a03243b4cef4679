"""Making the files of an edition: both languages, the facts, and the original."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from emnnet.child import ChildFailed
from emnnet.documents.organogram_paper import PaperSize
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n
from emnnet.files.names import safe_name
from emnnet.files.store import store
from emnnet.files.types import FileKind as TakenKind
from emnnet.files.types import checked
from emnnet.models.edition import EditionFileKind
from emnnet.selectors.editions import frozen_facts
from emnnet.selectors.organogram import Organogram
from emnnet.services.editions import EditionDraft, FrozenFile
from emnnet.services.stored_files import keep_file
from emnnet.web.file_room import files_folder
from emnnet.web.organogram.sheets import FileKind, everything, made

LANGUAGES = ("en", "lt")
NOT_A_PDF = _n("“%(name)s” is no PDF. Choose the original as a PDF.")
ACTIVE = _n(
    "“%(name)s” runs a program or carries other files inside. "
    "Print it into a new PDF and choose that one."
)
NOT_DRAWN = _n(
    "The files of the edition could not be made: drawing took too long or failed. "
    "Nothing was frozen. Try again in a few minutes."
)
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFiles", b"/Encrypt")


@dataclass(frozen=True)
class MadeFile:
    """Bytes of an edition that are not stored yet."""

    kind: EditionFileKind
    language: str
    data: bytes
    media_type: str
    name: str


def original(upload: FileStorage | None) -> list[MadeFile]:
    """The uploaded PDF, or nothing. Raises `DomainError` for any other file."""
    if upload is None or not upload.filename:
        return []
    file = checked(upload.read(), upload.filename)
    if file.kind is not TakenKind.PDF:
        raise DomainError(NOT_A_PDF, name=file.name)
    if any(sign in file.data for sign in _ACTIVE):
        raise DomainError(ACTIVE, name=file.name)
    kind = EditionFileKind.ORIGINAL
    return [MadeFile(kind, "", file.data, file.kind.media_type, file.name)]


def drawn(draft: EditionDraft, picture: Organogram) -> list[MadeFile]:
    """Drawing and paper in both languages, and the facts. Raises `DomainError`."""
    try:
        files = [file for lang in LANGUAGES for file in _of(draft, picture, lang)]
    except ChildFailed:
        raise DomainError(NOT_DRAWN) from None
    facts = frozen_facts(picture)
    name = f"{_titled(draft, '')}.json"
    kind = EditionFileKind.FACTS
    return [*files, MadeFile(kind, "", facts, "application/json", name)]


def kept(
    session: Session, files: Iterable[MadeFile], now: datetime
) -> list[FrozenFile]:
    """The files in the file room, each with its row."""
    return [
        FrozenFile(
            file.kind,
            file.language,
            keep_file(
                session,
                store(files_folder(), file.data),
                size=len(file.data),
                media_type=file.media_type,
                now=now,
            ),
            safe_name(file.name),
        )
        for file in files
    ]


def _of(draft: EditionDraft, picture: Organogram, language: str) -> Iterable[MadeFile]:
    printed = everything(picture, language, title=draft.name)
    if printed is None:
        raise DomainError(NOT_DRAWN)
    for kind, edition_kind in (
        (FileKind.PDF, EditionFileKind.PDF),
        (FileKind.SVG, EditionFileKind.SVG),
    ):
        data = made(printed, kind, PaperSize.A3)
        name = f"{_titled(draft, language)}.{kind.value}"
        yield MadeFile(edition_kind, language, data, kind.media_type, name)


def _titled(draft: EditionDraft, language: str) -> str:
    """The name of a file: the edition, its day, its language."""
    day = draft.as_of.isoformat()
    return ", ".join(part for part in (draft.name, day, language.upper()) if part)
