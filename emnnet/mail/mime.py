"""How a mail is written for the wire: headers that every program reads the same.

The library folds long headers that mix languages so that blanks get lost on the way.
Here a header is either plain ASCII, folded at blanks, or encoded as a whole.
"""

from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, parseaddr

from flask_mail import Message

AS_WRITTEN = policy.SMTP.clone(refold_source="none")
LINE = 76
SPECIAL = set('()<>@,:;".[]\\')
UTF_8 = Charset("utf-8")
UTF_8.body_encoding = QP


class Mail(Message):
    """A mail in two twins, plain text and HTML."""

    def _message(self) -> MIMEMultipart:
        made = MIMEMultipart("alternative")
        made.attach(MIMEText(self.body or "", "plain", UTF_8))  # type: ignore[arg-type]
        if self.html:
            made.attach(MIMEText(self.html, "html", UTF_8))  # type: ignore[arg-type]
        made["Subject"] = phrase("Subject", str(self.subject or ""))
        made["From"] = mailbox("From", self.sender or "")
        made["To"] = ", ".join(mailbox("To", one) for one in self.recipients)
        made["Date"] = formatdate(self.date, localtime=True)
        made["Message-ID"] = self.msgId
        if self.reply_to:
            made["Reply-To"] = mailbox("Reply-To", self.reply_to)
        for name, value in (self.extra_headers or {}).items():
            made[name] = phrase(name, value)
        made.policy = AS_WRITTEN
        return made


def phrase(name: str, text: str) -> str:
    """A text as the value of a header, folded."""
    text = " ".join(text.split())
    if text.isascii() and "=?" not in text:
        return _folded(text, len(name) + 2)
    return Header(text, "utf-8", LINE, name).encode(linesep="\r\n")


def mailbox(header: str, given: str | tuple[str, str]) -> str:
    """A name and an address; the name is quoted or encoded where it must be."""
    name, address = given if isinstance(given, tuple) else parseaddr(given)
    name = " ".join(name.split())
    if not name:
        return address
    shown = phrase(header, name)
    if shown == name and SPECIAL & set(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'"{escaped}"'
    last = len(shown.rpartition("\n")[2]) + len(header) + 2
    fits = last + len(address) + 3 <= LINE
    return f"{shown} <{address}>" if fits else f"{shown}\r\n <{address}>"


def _folded(text: str, used: int) -> str:
    """Lines broken at blanks; a word that is too long keeps its line to itself."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        room = LINE - (used if not lines else 1)
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\r\n ".join([*lines, line])
