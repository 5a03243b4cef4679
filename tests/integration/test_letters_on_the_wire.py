"""I06: what a real mail server gets, read by two parsers that share no code."""

from email import message_from_bytes, policy
from email.header import decode_header
from email.utils import parseaddr

import pytest

from emnnet.app import create_app
from emnnet.domain.mails import MailKind
from emnnet.extensions import db
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.contact import Contact
from tests.browser.smtp import Letter, post_office
from tests.builders import a_query, an_institution
from tests.integration.letters import a_promise, an_asked

TITLE = "Užklausa „Grąžinimas“ & šeima"
NAME = "Šiaulių skyrius ąčęėįšųūž"


@pytest.fixture
def letter(settings, session, clock, tmp_path) -> Letter:
    """A mail in English to a contact with a Lithuanian name, through a server."""
    institution = an_institution(session, language="en", email="siauliai@example.org")
    session.query(Contact).update({"role_title": NAME})
    session.commit()
    query = a_query(session, title=TITLE)
    assignment = an_asked(session, institution=institution, query=query)
    a_promise(session, MailKind.INVITATION, assignment)
    with post_office() as office:
        smtp = {
            "MAIL_MODE": "smtp",
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": office.port,
            "MAIL_ALLOWED": "@example.org",
            "TESTING": False,
        }
        app = create_app(settings | smtp, now=clock, instance=str(tmp_path))
        assert deliver_outbox(app) == 1
        with app.app_context():
            db.engine.dispose()
    return office.letters[0]


def _decoded(raw: bytes, name: str) -> str:
    """A header by the older parser: unfolded and decoded word by word."""
    folded = message_from_bytes(raw, policy=policy.compat32)[name]
    parts = decode_header(folded.replace("\r\n", ""))
    return "".join(
        part.decode(charset or "ascii") if isinstance(part, bytes) else part
        for part, charset in parts
    )


def test_i06_subject_and_names_arrive_letter_by_letter(letter):
    expected = f"Please contribute by Tue 31 Mar 2026: 2026.1 {TITLE} [LT-2026-1/1]"
    mail = message_from_bytes(letter.raw, policy=policy.default)
    assert mail["Subject"] == letter.subject == expected
    assert _decoded(letter.raw, "Subject") == expected
    assert "&amp;" not in letter.subject
    (to,) = mail["To"].addresses
    assert (to.display_name, to.addr_spec) == (NAME, "siauliai@example.org")
    assert parseaddr(_decoded(letter.raw, "To")) == (NAME, "siauliai@example.org")


def test_i06_both_parts_are_there_in_the_language_of_the_reader(letter):
    mail = message_from_bytes(letter.raw, policy=policy.default)
    assert mail.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert mail["Content-Language"] == "en"
    assert f"“{TITLE}”" in letter.words
    assert "&amp; šeima" in letter.html
    assert '<html lang="en">' in letter.html


def test_i06_only_ascii_travels_and_no_line_is_long(letter):
    assert letter.raw.isascii()
    assert max(len(line) for line in letter.raw.split(b"\r\n")) <= 78
