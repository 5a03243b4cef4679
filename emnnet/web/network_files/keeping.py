"""Uploaded files wait in the file room between the preview and the agreement."""

import json

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from emnnet import clock
from emnnet.documents.network_upload import read_upload
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n
from emnnet.domain.network import NetworkDescription
from emnnet.files.store import FileMissing, read, store
from emnnet.selectors.network_description import describe_network
from emnnet.services.stored_files import keep_file
from emnnet.web.file_room import files_folder

LOST = _n("The uploaded files are not there any more: choose them once again.")
MEDIA_TYPE = "application/vnd.emnnet.network-upload"

Files = list[tuple[str, bytes]]


def keep_upload(session: Session, chosen: list[FileStorage]) -> tuple[str, Files]:
    """Put the files into the file room; their digest, and what they are."""
    files = [(file.filename or "", file.read()) for file in chosen]
    heads = [(name, len(data)) for name, data in files]
    packed = json.dumps(heads).encode() + b"\n" + b"".join(data for _, data in files)
    digest = store(files_folder(), packed)
    now = clock.now()
    keep_file(session, digest, size=len(packed), media_type=MEDIA_TYPE, now=now)
    return digest, files


def kept_upload(digest: str) -> Files:
    """The files of an upload. Raises `DomainError` where there is none."""
    try:
        heads, _, rest = read(files_folder(), digest).partition(b"\n")
        files: Files = []
        for name, size in json.loads(heads):
            files.append((str(name), rest[: int(size)]))
            rest = rest[int(size) :]
    except (FileMissing, ValueError, TypeError) as error:
        raise DomainError(LOST) from error
    return files


def said_by(session: Session, files: Files) -> NetworkDescription:
    """What the files say. Raises `NetworkProblems`."""
    return read_upload(files, describe_network(session))
