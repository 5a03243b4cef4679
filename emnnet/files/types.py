"""Which files are taken: told by their content, never by what they call themselves."""

from dataclasses import dataclass
from enum import StrEnum

import filetype

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n
from emnnet.files.names import extension
from emnnet.files.office_packages import package_kind

MB = 1024 * 1024
LARGEST = 20 * MB
WORDS_LOOKED_AT = 64 * 1024  # bytes of a text file


class FileKind(StrEnum):
    """A kind of file the office takes; the value is its extension."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    PNG = "png"
    JPG = "jpg"

    @property
    def media_type(self) -> str:
        """As it is served."""
        return _MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.CSV: "text/csv",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
}
_EXTENSIONS = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPG}
_PLAIN_SIGNATURES = {
    "application/pdf": FileKind.PDF,
    "image/png": FileKind.PNG,
    "image/jpeg": FileKind.JPG,
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<svg", b"<script", b"#!", b"{\\rtf")

EMPTY = _n("“%(name)s” is empty. Choose the file again.")
TOO_LARGE = _n("“%(name)s” is larger than %(most)d MB. Send a smaller file, or a part.")
UNKNOWN = _n(
    "“%(name)s” is none of the files the office takes. "
    "Save it as DOCX, PDF, XLSX, CSV, PNG or JPG and attach it again."
)
OLD = _n(
    "“%(name)s” is in an old Office format or closed by a password. "
    "Save it as DOCX or XLSX without a password and attach it again."
)
DISGUISED = _n(
    "“%(name)s” is not what its name says: inside it is %(kind)s. "
    "Give it its right ending and attach it again."
)


@dataclass(frozen=True)
class CheckedFile:
    """Bytes that the office takes, and what they are."""

    data: bytes
    name: str  # as its owner calls it
    kind: FileKind


def checked(data: bytes, name: str) -> CheckedFile:
    """The file, if it may be kept. Raises `DomainError` that says what to do."""
    if not data:
        raise DomainError(EMPTY, name=name)
    if len(data) > LARGEST:
        raise DomainError(TOO_LARGE, name=name, most=LARGEST // MB)
    kind = _kind(data, name)
    if _EXTENSIONS.get(extension(name)) is not kind:
        raise DomainError(DISGUISED, name=name, kind=kind.value.upper())
    return CheckedFile(data, name, kind)


def _kind(data: bytes, name: str) -> FileKind:
    if data.startswith(_OLD_OFFICE):
        raise DomainError(OLD, name=name)
    if data.startswith(b"PK"):
        return FileKind(package_kind(data, name))
    known = filetype.guess(data)
    if known is not None and known.mime in _PLAIN_SIGNATURES:
        return _PLAIN_SIGNATURES[known.mime]
    if known is None and extension(name) == FileKind.CSV and _is_text(data):
        return FileKind.CSV
    raise DomainError(UNKNOWN, name=name)


def _is_text(data: bytes) -> bool:
    """Readable, and no page, program or drawing in disguise."""
    head = data[:WORDS_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    start = head.lstrip()[:32].lower()
    if b"\0" in head or start.startswith(_MARKUP):
        return False
    return not any(byte < 9 or 13 < byte < 32 for byte in head)
