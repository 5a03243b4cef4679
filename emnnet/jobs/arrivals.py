"""Taking a message in: first it is kept, whole and for good; then it is judged."""

import logging
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from emnnet import clock
from emnnet.documents.letters import read_limited
from emnnet.documents.opening import UnreadableDocument, open_limited
from emnnet.documents.word_form import read_word_form
from emnnet.domain.arriving.keys import arrival_key, body_digest
from emnnet.domain.arriving.kinds import CameBy
from emnnet.domain.arriving.letters import AttachedFile
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message
from emnnet.domain.word_form import as_plain
from emnnet.files.names import safe_name, unlike
from emnnet.files.store import read, store
from emnnet.files.types import CheckedFile, FileKind, checked
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.services.arrived_judging import KeptFile, Opened, give_up, judge
from emnnet.services.arrived_mail import Bytes, Kept, count_try, keep_mail
from emnnet.services.stored_files import keep_file
from emnnet.transaction import committing

log = logging.getLogger(__name__)

BATCH = 50  # messages judged in one run
TRIES = 3  # to keep a message that another process keeps at the same moment


def receive(data: bytes, came_by: CameBy) -> Kept:
    """Keep a message, then judge it. Once this returns it cannot be lost any more.

    Judging may fail: the message stands there, and the scheduler judges it later.
    """
    kept = keep(data, came_by)
    if kept.is_new:
        judge_one(kept.mail_id)
    return kept


def keep(data: bytes, came_by: CameBy) -> Kept:
    """Store the bytes and their row; the same Message-ID is kept once."""
    sha256 = store(_files_folder(), data)
    given = Bytes(arrival_key(data), body_digest(data), sha256, len(data))
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            with committing() as session:
                return keep_mail(session, given, came_by, now=clock.now())
        except IntegrityError:  # somebody else was quicker: now it is known
            if last:
                raise
    raise AssertionError("the last try returns or raises")


def judge_waiting(app: Flask) -> int:
    """Judge what was kept and not judged, as after a crash; returns how many."""
    with app.app_context():
        with committing() as session:
            waiting = select(ArrivedMail.id).where(ArrivedMail.judged_at.is_(None))
            ids = session.scalars(waiting.order_by(ArrivedMail.id).limit(BATCH)).all()
        return sum(judge_one(mail_id) for mail_id in ids)


def judge_one(mail_id: int) -> bool:
    """Judge one message; its failure is logged with its id and stops nothing else."""
    try:
        return _judged(mail_id)
    except Exception as error:  # kept it is, whatever happens here
        log.exception("arrived mail %d cannot be judged", mail_id)
        _failed(mail_id, f"{type(error).__name__}: {error}")
        return False


def _judged(mail_id: int) -> bool:
    with committing() as session:
        mail = session.get_one(ArrivedMail, mail_id)
        sha256 = mail.stored_file.sha256
    opened = _opened(read(_files_folder(), sha256))  # no transaction is open meanwhile
    with committing() as session:
        mail = session.get_one(ArrivedMail, mail_id)
        trusted = current_app.config["MAIL_TRUSTED_AUTHSERV"]
        judge(session, mail, opened, trusted=trusted, now=clock.now())
    return True


def _failed(mail_id: int, error: str) -> None:
    """After some tries a person sees it as it came."""
    with committing() as session:
        mail = session.get_one(ArrivedMail, mail_id)
        if not count_try(session, mail):
            give_up(session, mail, error, now=clock.now())


def _opened(data: bytes) -> Opened:
    """Take a message apart, look at its files, and read those that may be answers."""
    letter = read_limited(data)
    names: set[str] = set()
    looked = []
    for attached in letter.files:
        one = _look_at(attached, names)
        names.add(one.safe_name)
        looked.append(one)
    return Opened(letter, tuple(looked))


def _look_at(attached: AttachedFile, taken: set[str]) -> KeptFile:
    """Keep a file whose content the office takes; else say why not."""
    name = unlike(safe_name(attached.name), taken)
    size = len(attached.data)
    try:
        file = checked(attached.data, attached.name)
    except DomainError as error:
        refusal = Message(error.message, error.params)
        return KeptFile(attached.name, name, size, refusal=refusal)
    return KeptFile(
        attached.name,
        name,
        size,
        stored_file_id=_stored(file),
        text=_text(file),
        answers=_answers(file),
    )


def _stored(file: CheckedFile) -> int:
    sha256 = store(_files_folder(), file.data)
    with committing() as session:
        row = keep_file(
            session,
            sha256,
            size=len(file.data),
            media_type=file.kind.media_type,
            now=clock.now(),
        )
        return row.id


def _text(file: CheckedFile) -> str:
    """The words of a document; "" where it holds none or cannot be opened."""
    if file.kind is not FileKind.DOCX:
        return ""
    try:
        return open_limited(file.data, file.name).text
    except UnreadableDocument:
        return ""


def _answers(file: CheckedFile) -> dict[str, Any]:
    """The fields of our own Word form; {} for any other document."""
    if file.kind is not FileKind.DOCX:
        return {}
    try:
        form = read_word_form(file.data, file.name)
    except UnreadableDocument:
        return {}
    return as_plain(form) if form.fields else {}


def _files_folder() -> Path:
    """Where the file room is, as for the pages."""
    return Path(current_app.instance_path, current_app.config["FILES_FOLDER"])
