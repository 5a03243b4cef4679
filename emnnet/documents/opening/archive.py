"""Zip archives: what is inside, and whether it may be unpacked at all."""

import io
import zipfile

from emnnet.documents.opening.values import MEGABYTE, Kind, UnreadableDocument
from emnnet.domain.messages import _n

MOST_MEMBERS = 2000
LARGEST_UNPACKED = 120 * MEGABYTE
LARGEST_PART = 30 * MEGABYTE  # of XML that is read
HIGHEST_RATIO = 150  # unpacked to packed, from SUSPICIOUS bytes on
SUSPICIOUS = 5 * MEGABYTE

TRUNCATED = _n(
    "The document is not complete: it breaks off or is damaged. Ask the sender to send "
    "it again."
)
BOMB = _n(
    "The document would unpack to far more than a query can hold, so it was not "
    "opened. "
    "Paste its text instead."
)
SPREADSHEET = _n("This is a spreadsheet. Save the query as .docx, or paste its text.")
SLIDES = _n("These are slides. Save the query as .docx, or paste its text.")
OPEN_DOCUMENT = _n("This is an OpenDocument text. Save it as .docx, or paste its text.")
OTHER_ARCHIVE = _n("This is an archive of files. Unpack it and choose the document.")
LOCKED = _n("The document is protected with a password. Save it without one.")
FOREIGN_ENTITIES = _n(
    "The document holds instructions to fetch other files (a DTD), as no word "
    "processor "
    "writes them. It was not opened."
)
DOCTYPE = ("<!DOCTYPE", "<!ENTITY")


def archive_kind(data: bytes) -> Kind:
    """DOCX, if it is that; raises `UnreadableDocument` for any other archive."""
    with checked_archive(data) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return Kind.DOCX
    if any(name.startswith("xl/") for name in names):
        raise UnreadableDocument(SPREADSHEET)
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableDocument(SLIDES)
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableDocument(OPEN_DOCUMENT)
    raise UnreadableDocument(OTHER_ARCHIVE)


def checked_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, opened after its sizes were looked at; nothing is unpacked yet."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument(TRUNCATED) from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > LARGEST_UNPACKED:
        raise UnreadableDocument(BOMB)
    if any(_is_suspicious(member) for member in members):
        raise UnreadableDocument(BOMB)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocument(LOCKED)
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One XML part; raises `UnreadableDocument` if it is damaged, huge or has a DTD."""
    try:
        with archive.open(name) as part:
            data = part.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableDocument(TRUNCATED) from error
    except Exception as error:  # zlib.error is no OSError
        raise UnreadableDocument(TRUNCATED) from error
    if len(data) > LARGEST_PART:
        raise UnreadableDocument(BOMB)
    for word in DOCTYPE:
        if any(
            word.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")
        ):
            raise UnreadableDocument(FOREIGN_ENTITIES)
    return data


def _is_suspicious(member: zipfile.ZipInfo) -> bool:
    ratio = member.file_size / max(member.compress_size, 1)
    return member.file_size > SUSPICIOUS and ratio > HIGHEST_RATIO
