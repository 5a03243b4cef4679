"""How mail leaves: over verified TLS with a time limit, or into the mailbox."""

import smtplib
import ssl
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from flask import current_app
from flask_mail import Connection, Mail, Message

from emnnet.mail.allowed import check_recipients


class SafeConnection(Connection):
    """Flask-Mail's own checks no certificate and waits for ever."""

    def __init__(self, mail: Mail, timeout: float | None = None) -> None:
        """`timeout` is in seconds, for connecting and for each command."""
        super().__init__(mail)
        self._timeout = timeout or current_app.config["MAIL_TIMEOUT"]

    def configure_host(self) -> smtplib.SMTP:
        """Connect, encrypt and sign in."""
        trusted = ssl.create_default_context(cafile=current_app.config["MAIL_CA_FILE"])
        host = self._connected(trusted)
        try:
            if self.mail.use_tls:
                host.starttls(context=trusted)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def send(
        self, message: Message, envelope_from: str | tuple[str, str] | None = None
    ) -> None:
        """Send it, unless this is a test system and the address not on its list."""
        check_recipients(message)
        super().send(message, envelope_from)

    def _connected(self, trusted: ssl.SSLContext) -> smtplib.SMTP:
        server, port, wait = self.mail.server, self.mail.port, self._timeout
        if self.mail.use_ssl:
            return smtplib.SMTP_SSL(
                server, port, _own_name(), timeout=wait, context=trusted
            )
        return smtplib.SMTP(server, port, _own_name(), timeout=wait)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Part politely; a failing QUIT neither unsends a mail nor hides an error."""
        if self.host is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.host.quit()


def _own_name() -> str | None:
    """Who we say we are: the site (RFC 5321, 4.1.1.1), not what name servers call us.

    Asking them may take a minute where they do not answer.
    """
    name: str | None = current_app.config["SERVER_NAME"]
    return name and name.partition(":")[0]


class MailboxConnection(Connection):
    """For trying out: each mail becomes a file, which /mailbox shows."""

    def __enter__(self) -> Self:
        """There is nothing to connect to."""
        return self

    def send(
        self, message: Message, envelope_from: str | tuple[str, str] | None = None
    ) -> None:
        """Check it as a real one, then write it down under a name of its own."""
        super().send(message, envelope_from)
        folder = mail_folder()
        folder.mkdir(parents=True, exist_ok=True)
        _write_anew(folder, f"{message.date or 0:017.6f}", message.as_bytes())


def _write_anew(folder: Path, stamp: str, content: bytes) -> None:
    """A file of its own, also for a mail of the same moment; names sort by time."""
    for number in count(1):
        with (
            suppress(FileExistsError),
            (folder / f"{stamp}-{number:04}.eml").open("xb") as file,
        ):
            file.write(content)
            return


class SafeMail(Mail):
    """Flask-Mail with the connections above."""

    def connect(self) -> Connection:
        """A connection for one `with`."""
        to_mailbox = current_app.config["MAIL_MODE"] == "mailbox"
        kind = MailboxConnection if to_mailbox else SafeConnection
        return kind(current_app.extensions["mail"])


def mail_folder() -> Path:
    """Where the mailbox keeps its mails."""
    return Path(current_app.instance_path, current_app.config["MAIL_FOLDER"])
