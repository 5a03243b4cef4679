"""What mails say, in both twins and both languages, and the marks they carry."""

import re
from datetime import date
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from emnnet.domain.mails import MailKind
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.mail.wrapping import ParagraphKind, paragraphs
from emnnet.models.contact import Contact
from tests.builders import a_query, an_institution
from tests.conftest import NOON
from tests.integration.letters import (
    ABOUT_NO_QUERY,
    TO_OFFICE,
    a_promise,
    an_asked,
    mailbox,
)
from tests.integration.written_mails import CANARY, EARLIER, written_mail

pytestmark = pytest.mark.any_database

LANGUAGES = ["en", "lt"]


class Words(HTMLParser):
    """The words of a page, and the addresses of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._silent = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._silent = tag in {"title", "head"} or (self._silent and tag != "body")
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.words += [] if self._silent else data.split()


def _text(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MailKind)
def test_every_kind_of_mail_has_both_twins_with_the_same_words(
    app, session, kind, language
):
    mail, _ = written_mail(app, session, kind, language)
    text, twin = _text(mail), Words(_text(mail, "html"))

    said = "".join(twin.words)
    spoken = [part for part in paragraphs(text) if part.kind is not ParagraphKind.LINK]
    missing = [
        line
        for part in spoken
        for line in ["".join(" ".join(part.lines).split())]
        if line not in said
    ]
    links = [part.lines[0] for part in paragraphs(text) if part.kind == "link"]
    links += [line for line in text.partition("-- \n")[2].split() if "://" in line]
    assert missing == []
    assert [link for link in twin.links if link.startswith("http")] == links
    assert str(mail["Subject"])


@pytest.mark.parametrize("kind", MailKind)
def test_every_mail_is_72_characters_wide_and_says_whom_to_call(app, session, kind):
    mail, _ = written_mail(app, session, kind, "en")
    lines = _text(mail).splitlines()
    assert [line for line in lines if len(line) > 72 and "://" not in line] == []
    assert "EMN National Contact Point Lithuania" in lines
    assert "Questions? Reply to this mail: emn.office@example.org" in lines


@pytest.mark.parametrize("kind", sorted(set(MailKind) - ABOUT_NO_QUERY))
def test_i07_the_subject_carries_reference_and_title(app, session, kind):
    mail, _ = written_mail(app, session, kind, "en")
    assert "2026.1 Family reunification" in str(mail["Subject"])


@pytest.mark.parametrize("kind", sorted(set(MailKind) - {MailKind.RECEIPT}))
def test_m11_no_mail_but_the_receipt_holds_text_of_an_answer(app, session, kind):
    mail, kept = written_mail(app, session, kind, "en")
    assert CANARY not in mail.as_string() + _text(mail) + _text(mail, "html") + kept


@pytest.mark.parametrize("kind", sorted(set(MailKind) - TO_OFFICE))
def test_partners_never_read_when_the_asking_country_awaits_the_answer(
    app, session, kind
):
    mail, _ = written_mail(app, session, kind, "en")
    assert "10 Apr 2026" not in _text(mail)  # reply_by


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind.carries_link])
def test_a_mail_to_act_on_has_one_link_on_a_line_of_its_own(app, session, kind):
    mail, kept = written_mail(app, session, kind, "en")
    lines = [line for line in _text(mail).splitlines() if "/link/" in line]
    assert len(lines) == 1
    assert re.fullmatch(r"http://localhost/link/[\w-]{40,}", lines[0])
    assert lines[0] not in kept


@pytest.mark.parametrize("kind", sorted(TO_OFFICE))
def test_mail_to_the_office_leads_to_a_page_that_asks_for_a_sign_in(
    app, client, session, kind
):
    mail, _ = written_mail(app, session, kind, "en")
    (link,) = [line for line in _text(mail).splitlines() if "://" in line]
    assert "/sign-in" in client.get(link).headers["Location"]


def test_i06_names_and_subjects_in_the_national_language(app, session, tmp_path):
    institution = an_institution(session, language="en")
    contact = session.scalars(
        select(Contact).where(Contact.institution_id == institution.id)
    ).one()
    contact.role_title = "Šiaulių skyrius ąčęėįšųūž"
    query = a_query(session, title="Užklausa „Grąžinimas“ & šeima")
    a_promise(
        session,
        MailKind.INVITATION,
        an_asked(session, institution=institution, query=query),
    )
    deliver_outbox(app)

    (mail,) = mailbox(tmp_path)
    assert mail["Subject"] == (
        "Please contribute by Tue 31 Mar 2026: 2026.1 Užklausa „Grąžinimas“ & šeima"
        " [LT-2026-1/1]"
    )
    assert str(mail["To"]) == f'"{contact.role_title}" <{contact.email}>'.replace(
        '"', ""
    )
    assert "“Užklausa „Grąžinimas“ & šeima”" in " ".join(_text(mail).split())
    assert "&amp; šeima" in _text(mail, "html")


def test_i06_dates_stand_in_the_language_of_the_reader(app, session, tmp_path):
    institution = an_institution(session, language="lt")
    a_promise(session, MailKind.INVITATION, an_asked(session, institution=institution))
    deliver_outbox(app)
    (mail,) = mailbox(tmp_path)
    assert "2026-03-31 (an.)" in str(mail["Subject"])
    assert '<html lang="lt">' in _text(mail, "html")
    assert "Įstaiga" in _text(mail)


def test_i07_a_reminder_is_marked_as_automatic_and_can_be_replied_to(
    app, session, tmp_path
):
    an_asked(session, asked_at=EARLIER, due_on=date(2026, 3, 13))
    queue_reminders(app)
    deliver_outbox(app)

    (mail,) = mailbox(tmp_path)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == (
        "EMN National Contact Point Lithuania <emn.office@example.org>"
    )
    assert mail["From"] == (
        "EMN National Contact Point Lithuania <emn.office@example.org>"
    )
    assert mail["X-Emnnet-Reference"] == "LT-2026-1/1"
    assert str(mail["Subject"]).endswith("[LT-2026-1/1]")
    assert mail["Content-Language"] == "en"
    assert mail["X-Emnnet-Query"] == "2026.1"
    assert mail["X-Emnnet-Key"] == "reminders:1:2026-03-16"
    assert mail["Date"].datetime == NOON


def test_m08_a_title_with_line_breaks_makes_no_header(app, session, tmp_path):
    query = a_query(session, title="Return\r\nBcc: everybody@example.org")
    a_promise(session, MailKind.INVITATION, an_asked(session, query=query))
    deliver_outbox(app)
    (mail,) = mailbox(tmp_path)
    assert mail["Bcc"] is None
    assert str(mail["Subject"]).endswith("2026.1 Return [LT-2026-1/1]")
