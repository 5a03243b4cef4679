"""A wording of the office, and the mail that is sent with it."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from emnnet.domain.mail_wordings import BY_SLUG
from emnnet.domain.mails import MailKind
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.assignment import Assignment
from emnnet.models.mail_wording import MailWording
from emnnet.services.mail_wordings import Place, save_wording
from tests.builders import COORDINATOR
from tests.conftest import NOON
from tests.integration.letters import a_promise, mailbox

PAGE = "/settings/wordings/invitation?language=en&duty=all"
SUBJECT = "Could you help by [due date]? [reference] [title]"
BODY = """Dear colleagues at [institution],

a question from abroad:

[questions]

[link]

Please answer by [due date].

- With kind regards
- [office]"""


def wording(
    session: Session,
    slug: str = "invitation",
    language: str = "en",
    duty: str = "all",
    **given: Any,
) -> MailWording:
    """A wording of the office, saved."""
    place = Place(BY_SLUG[slug], language, duty)
    row = save_wording(
        session,
        place,
        given.get("subject", SUBJECT),
        given.get("body", BODY),
        seen=given.get("seen", 0),
        by=COORDINATOR,
        now=NOON,
    )
    session.commit()
    return row


def sent(
    app: Flask,
    session: Session,
    folder: Path,
    assignment: Assignment | None = None,
    kind: MailKind = MailKind.INVITATION,
    **facts: Any,
) -> tuple[EmailMessage, str]:
    """The mail that leaves, and its text."""
    session.rollback()
    a_promise(session, kind, assignment, **facts)
    deliver_outbox(app)
    mail = mailbox(folder)[-1]
    body = mail.get_body(("plain",))
    assert body is not None
    return mail, body.get_content()


def posted(client: FlaskClient, url: str = PAGE, **given: str) -> TestResponse:
    """What follows when the form is sent."""
    data = {"seen": "0", "subject": SUBJECT, "body": BODY} | given
    return client.post(url, data=data)


def previewed(client: FlaskClient, **given: str) -> str:
    """What is fetched into the page while one types."""
    data = {"seen": "0", "subject": SUBJECT, "body": BODY} | given
    reply = client.post(
        PAGE.replace("?", "/preview?"), data=data, headers={"HX-Request": "true"}
    )
    assert reply.status_code == 200
    return reply.text
