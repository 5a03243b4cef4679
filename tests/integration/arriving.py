"""Writing messages as partners, machines and mail servers do, and handing them over."""

from email.message import EmailMessage
from io import BytesIO
from itertools import count

from docx import Document
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.arriving.kinds import CameBy
from emnnet.domain.mails import MailKind
from emnnet.jobs.arrivals import receive
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.mailed_draft import MailedDraft
from emnnet.models.outbox import OutboxMessage
from tests.conftest import NOON
from tests.integration.partners import fresh

PARTNER = "focal.point@example.org"
OURS = "<lt-2026-1-1.0123456789abcdef@example.org>"
_serial = count(1)

REPORT = """\
From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-{}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {}
Action: {}
Status: {}
Diagnostic-Code: smtp; 550 no such user here

"""
RETURNED = """\
--b
Content-Type: text/rfc822-headers

From: emn.office@example.org
Message-ID: {}

"""


def a_mail(text: str = "No quota applies.", **given: str) -> EmailMessage:
    """A message of a partner; `given` are headers, underscores for hyphens."""
    mail = EmailMessage()
    headers = {
        "From": f"Focal point <{PARTNER}>",
        "To": "emn.office@example.org",
        "Subject": "Re: Family reunification",
        "Date": "Mon, 16 Mar 2026 11:00:00 +0200",
        "Message-ID": f"<answer-{next(_serial)}@partner.example.org>",
    }
    named = {name.replace("_", "-"): value for name, value in given.items()}
    for name, value in (headers | named).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail


def with_file(mail: EmailMessage, data: bytes, name: str) -> EmailMessage:
    mail.add_attachment(data, maintype="application", subtype="x-any", filename=name)
    return mail


def a_docx(*paragraphs: str) -> bytes:
    document, written = Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(written)
    return written.getvalue()


def a_report(
    address: str = PARTNER,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = OURS,
) -> bytes:
    """A report as RFC 3464 wants it; without `original` nothing is given back."""
    returned = RETURNED.format(original) if original else ""
    number, told = next(_serial), returned + "--b--\n"
    return (REPORT.format(number, address, action, status) + told).encode()


def hand_over(app: Flask, mail: EmailMessage | bytes) -> int:
    """As the pipe of a mail server does; returns the id of what was kept."""
    data = mail if isinstance(mail, bytes) else mail.as_bytes()
    with app.app_context():
        return receive(data, CameBy.PIPE).mail_id


def arrived(session: Session) -> list[ArrivedMail]:
    wanted = select(ArrivedMail).order_by(ArrivedMail.id)
    return list(fresh(session).scalars(wanted))


def proposed(session: Session) -> list[MailedDraft]:
    wanted = select(MailedDraft).order_by(MailedDraft.id)
    return list(fresh(session).scalars(wanted))


def our_mail(
    session: Session, assignment: Assignment, message_id: str = OURS
) -> OutboxMessage:
    """An invitation as it left."""
    mail = OutboxMessage(
        key=f"invitation:{assignment.id}",
        kind=MailKind.INVITATION,
        recipient=PARTNER,
        language="en",
        contact_id=assignment.contact_id,
        institution_id=assignment.institution_id,
        query_id=assignment.query_id,
        assignment_id=assignment.id,
        facts={},
        queued_at=NOON,
        next_try_at=NOON,
        sent_at=NOON,
        message_id=message_id,
    )
    session.add(mail)
    session.commit()
    return mail
