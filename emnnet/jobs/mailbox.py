"""Every minute: fetch what lies in the office's mailbox (IMAP over TLS), and judge it.

A message is kept and committed before the server hears that it was read. A crash in
between fetches it once more, and its Message-ID is known then.
"""

import imaplib
import logging
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app

from emnnet import clock
from emnnet.domain.arriving.kinds import CameBy
from emnnet.jobs.arrivals import judge_waiting, receive
from emnnet.services.intake_failures import intake_failed, intake_works
from emnnet.transaction import committing

if TYPE_CHECKING:
    from imap_tools import MailBox

log = logging.getLogger(__name__)

TIMEOUT = 30.0  # seconds, for connecting and for each answer of the server
BATCH = 100  # messages of one run; the next run takes the rest
SEEN = r"(\Seen)"


class MailboxTrouble(Exception):
    """The mailbox cannot be read, or not wholly; the text says why."""


@dataclass(frozen=True)
class Fetched:
    """What one run did."""

    is_set_up: bool = False
    kept: int = 0
    repeated: int = 0
    judged: int = 0  # of those that waited from before
    error: str = ""


def fetch_mail(app: Flask) -> Fetched:
    """Read the mailbox, if one is set up, and judge what waits."""
    judged = judge_waiting(app)
    with app.app_context():
        if not current_app.config["IMAP_SERVER"]:
            return Fetched(judged=judged)
        kept, repeated, error = _fetched()
        with committing() as session:
            if error:
                log.warning("the mailbox cannot be read: %s", error)
                intake_failed(session, error, now=clock.now())
            else:
                intake_works(session, now=clock.now())
    if kept:
        log.info("mailbox: %d kept, %d known already", kept, repeated)
    return Fetched(True, kept, repeated, judged, error)


def _fetched() -> tuple[int, int, str]:
    """How many unseen messages were new, how many were known, and what went wrong."""
    news: list[bool] = []
    try:
        with _mailbox() as mailbox:
            wrong = _take_in_all(mailbox, news)
    except Exception as error:  # a mailbox fails in any way; the office is told
        wrong = _words(error)
    return sum(news), len(news) - sum(news), wrong


def _mailbox() -> "MailBox":
    """The mailbox, signed in to; its certificate is checked."""
    from imap_tools import MailBox  # noqa: PLC0415 -- slow import: for mailboxes only

    settings = current_app.config
    trusted = ssl.create_default_context(cafile=settings["IMAP_CA_FILE"])
    mailbox = MailBox(
        settings["IMAP_SERVER"],
        settings["IMAP_PORT"],
        timeout=TIMEOUT,
        ssl_context=trusted,
    )
    try:
        return mailbox.login(
            settings["IMAP_USER"], settings["IMAP_PASSWORD"], settings["IMAP_FOLDER"]
        )
    except BaseException:
        mailbox.client.shutdown()  # a server that let nobody in is not kept open
        raise


def _take_in_all(mailbox: "MailBox", news: list[bool]) -> str:
    """Each unseen message for itself; returns what was wrong with the first bad one."""
    wrong, folder = "", _folder_of_read(mailbox)
    for uid in mailbox.uids("UNSEEN")[:BATCH]:
        try:
            is_new = _take_in(mailbox, uid, folder)
        except (imaplib.IMAP4.abort, OSError):
            raise  # the connection is lost, or there is no room: later
        except Exception as error:
            log.exception("message %s of the mailbox cannot be taken in", uid)
            wrong = wrong or f"message {uid}: {_words(error)}"
        else:
            news += [] if is_new is None else [is_new]
    return wrong


def _take_in(mailbox: "MailBox", uid: str, folder: str) -> bool | None:
    """Was it new? None if somebody else has taken it away meanwhile."""
    state, answer = mailbox.client.uid("FETCH", uid, "(BODY.PEEK[])")
    data = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if state != "OK":
        raise MailboxTrouble(f"the server answers {state}")
    if not data:
        return None
    kept = receive(data, CameBy.IMAP)  # committed, before the server hears of it
    _mark_read(mailbox, uid, folder)
    return kept.is_new


def _folder_of_read(mailbox: "MailBox") -> str:
    """Where messages go that were read; none where the server cannot move (RFC 6851).

    They are never copied and expunged: that would also remove what others deleted.
    """
    _state, answer = mailbox.client.capability()
    can_move = b"MOVE" in b" ".join(answer).split()
    return str(current_app.config["IMAP_PROCESSED"] or "") if can_move else ""


def _mark_read(mailbox: "MailBox", uid: str, folder: str) -> None:
    """It is not fetched again; and out of the way, where that can be."""
    mailbox.client.uid("STORE", uid, "+FLAGS", SEEN)
    if not folder:
        return
    try:
        state, _answer = mailbox.client.uid("MOVE", uid, _quoted(folder))
        if state != "OK":
            mailbox.client.create(_quoted(folder))
            mailbox.client.uid("MOVE", uid, _quoted(folder))
    except imaplib.IMAP4.error as error:
        log.warning("message %s stays where it is: %s", uid, error)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
