"""`emnnet mail`: taking in what the mail server hands over, and looking for more."""

import logging
import os
import sys

import click
from flask import current_app
from flask.cli import AppGroup

from emnnet.domain.arriving.kinds import CameBy
from emnnet.jobs.arrivals import receive
from emnnet.jobs.mailbox import fetch_mail

log = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE  # more is no mail; the server that hands it over says so
mail = AppGroup("mail", help="Mail that comes in.")


@mail.command("receive")
def receive_command() -> None:
    """Take in one message from standard input, for a pipe of the mail server.

    \b
    Ends as sysexits.h says:
      0   it is kept (or was already)
      65  nothing came, or more than 100 MB: the sender is told by the mail server
      75  not now (no room, data base busy): the mail server tries again
    """
    data = sys.stdin.buffer.read(LARGEST + 1)
    if not data.strip():
        _end(os.EX_DATAERR, "No message came on standard input.")
    if len(data) > LARGEST:
        _end(os.EX_DATAERR, f"The message is larger than {LARGEST // MEGABYTE} MB.")
    try:
        kept = receive(data, CameBy.PIPE)
    except Exception as error:  # whatever it is: the mail server keeps the message
        log.debug("a message could not be kept", exc_info=error)
        first = str(error).partition("\n")[0][:200]  # a mail server quotes what we say
        words = f"Not kept, try again later: {type(error).__name__}: {first}"
        _end(os.EX_TEMPFAIL, words)
    told = "kept" if kept.is_new else "it had come before"
    click.echo(f"Mail {kept.mail_id}: {told}.")


@mail.command("fetch")
def fetch_command() -> None:
    """Look into the mailbox (IMAP) once, as the scheduler does each minute."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    fetched = fetch_mail(app)
    if not fetched.is_set_up:
        raise click.ClickException("No mailbox is set up: IMAP_SERVER is empty.")
    if fetched.error:
        raise click.ClickException(f"The mailbox could not be read: {fetched.error}")
    click.echo(f"{fetched.kept} new, {fetched.repeated} known already.")


def _end(code: int, words: str) -> None:
    click.echo(words, err=True)
    sys.exit(code)
