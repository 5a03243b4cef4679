"""A partner who reads Lithuanian gets mails and pages in it, and no English."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from emnnet.domain.calendar import Calendar
from emnnet.domain.contributing import Refusal
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.mails import MailKind
from emnnet.jobs.outbox import deliver_outbox
from emnnet.services.contributions import decline, submit
from emnnet.services.reminders import queue_due_reminders
from tests.builders import a_query, an_institution
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked, mailbox
from tests.integration.partners import (
    FOCAL_POINT,
    a_draft,
    a_link,
    cells,
    fields,
    let_in,
)

PO = Path(__file__).parents[2] / "emnnet/translations/lt/LC_MESSAGES/messages.po"
SPOKEN = {"aria-label", "placeholder", "title", "alt"}
OWN_NAME = "English"  # of a language, in the choice of languages
GAP = re.compile(r"%\\\(\w+\\\)[.\d]*[sdf]")


class Visible(HTMLParser):
    """What is read or heard of a page, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in ("script", "style")
        self.pieces += [
            value
            for name, value in attrs
            if value and (name in SPOKEN or name.startswith("data-"))
        ]

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._silent:
            self.pieces.append(data)


def visible(html: str) -> set[str]:
    parser = Visible()
    parser.feed(html)
    return {" ".join(piece.split()) for piece in parser.pieces} - {""}


@pytest.fixture(scope="module")
def english() -> Callable[[str], list[str]]:
    """Finds the source texts in a page, their gaps filled or not."""
    with PO.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="lt") if entry.id]
    texts = {
        text
        for entry in entries
        for text in ([entry.id] if isinstance(entry.id, str) else entry.id)
        if text not in {entry.string, OWN_NAME}
    }
    patterns = [GAP.sub(".+", re.escape(" ".join(text.split()))) for text in texts]
    worded = [one for one in patterns if re.search("[A-Za-z]{2}", one)]
    known = re.compile("|".join(worded))
    return lambda html: sorted(filter(known.fullmatch, visible(html)))


@pytest.fixture
def assignment(session):
    institution = an_institution(
        session, language="lt", name_lt="Migracijos departamentas", duty="mandated"
    )
    query = a_query(session, questions=3)
    return an_asked(session, institution=institution, query=query)


@pytest.fixture
def page(client, session, assignment):
    return let_in(client, session, assignment)


def letter_of(app, folder: Path) -> tuple[str, str]:
    """The subject of the last mail, and its words in one line."""
    deliver_outbox(app)
    letter = mailbox(folder)[-1]
    words = " ".join(letter.get_body(("plain",)).get_content().split())
    html = letter.get_body(("html",)).get_content()
    assert '<html lang="lt">' in html
    return letter["Subject"], words


def test_the_check_knows_english_when_it_sees_it(client, session, english):
    in_english = let_in(client, session, an_asked(session))

    found = english(client.get(in_english).text)

    assert {"Your answer", "Please answer by", "in 15 days", "No data"} <= set(found)


def test_an_invitation_is_in_lithuanian(app, session, assignment, tmp_path):
    a_promise(session, MailKind.INVITATION, assignment)

    subject, words = letter_of(app, tmp_path)

    title = f"{assignment.query.reference} Family reunification"
    assert subject == f"Prašome atsakyti iki 2026-03-31 (an.): {title} [LT-2026-1/1]"
    for part in (
        "Institucijos kontaktiniam asmeniui: Migracijos departamentas",
        "EMN nacionalinis informacijos centras Lietuvoje rengia nacionalinį atsakymą",
        "ir prašo Jūsų institucijos prisidėti.",
        "Jūsų institucija rengia pagrindinius atsakymus į šiuos klausimus; jais",
        "Prašome atsakyti iki 2026-03-31 (an.) savo puslapyje; paskyros nereikia:",
        "Vyriausybė Jūsų institucijai pavedė dalyvauti tinklo veikloje",
        "Negavę atsakymo, priminsime prieš tą dieną ir vieną kartą po jos;",
        "Šį laišką gavote, nes šie klausimai pateikti Jūsų institucijai.",
        "Turite klausimų? Atsakykite į šį laišką:",
    ):
        assert part in words, part


def test_a_reminder_is_in_lithuanian(app, session, clock, assignment, tmp_path):
    assignment.due_on = date(2026, 3, 13)
    assignment.asked_at = assignment.invited_at = NOON.replace(day=2)
    session.flush()
    clock.now = datetime(2026, 3, 16, 5, 5, tzinfo=UTC)
    calendar = Calendar("LT", {}, frozenset({2026}), "test")
    queue_due_reminders(session, calendar, today=date(2026, 3, 16), now=clock.now)
    session.commit()

    subject, words = letter_of(app, tmp_path)

    title = f"{assignment.query.reference} Family reunification"
    assert subject == f"Vėluojama nuo 2026-03-13 (pn.): {title} [LT-2026-1/1]"
    for part in (
        "Dar neatsakyti 1, 2, 3 klausimai. Atsakyti reikėjo iki 2026-03-13 (pn.),",
        "prieš 1 darbo dieną. Atsakykite savo puslapyje; paskyros nereikia:",
        "Tai irgi atsakymas, ir priminimų nebesiųsime.",
        "Jei nieko nebus padaryta, po kelių dienų parašysime dar kartą;",
    ):
        assert part in words, part


def test_a_receipt_is_in_lithuanian(app, session, assignment, tmp_path):
    (first, *_) = cells(session, assignment)
    a_draft(session, first, "Kvota netaikoma: ąčęėįšųūž.")
    submit(session, assignment, [first], by=FOCAL_POINT, now=NOON)
    session.commit()

    subject, words = letter_of(app, tmp_path)

    assert subject == "Gauta: 2026.1 Family reunification [LT-2026-1/1]"
    for part in (
        "gavo šį Jūsų institucijos indėlį į atsakymą į ad-hoc užklausą",
        "> Kvota netaikoma: ąčęėįšųūž.",
        "Atsakymą galima skelbti.",
        "Išsiuntė focal.point@example.org, 2026-03-16 (pr.), 12:00, 1 versija.",
    ):
        assert part in words, part


def test_the_door_speaks_the_language_of_the_browser(
    client, session, assignment, english
):
    path = a_link(session, assignment)

    shown = client.get(path, headers={"Accept-Language": "lt-LT, en;q=0.5"}).text

    assert '<html lang="lt">' in shown
    assert "Eiti prie klausimų" in visible(shown)
    assert english(shown) == []


def test_the_page_behind_the_link_speaks_the_language_of_the_contact(
    client, session, assignment, page, english
):
    reply = client.get(page, headers={"Accept-Language": "en"})

    assert '<html lang="lt">' in reply.text
    words = visible(reply.text)
    assert {"Jūsų atsakymas", "1 klausimas", "liko 15 dienų", "nepradėta"} <= words
    assert english(reply.text) == []


def test_no_english_is_left_once_something_was_written_and_said(
    client, session, assignment, page, english
):
    first, second, third = cells(session, assignment)
    a_draft(session, first)
    submit(session, assignment, [first], by=FOCAL_POINT, now=NOON)
    refusal = Refusal(DeclineReason.NOT_COMPETENT, "Ne mums.")
    decline(session, second, refusal, by=FOCAL_POINT, now=NOON)
    a_draft(session, third)
    session.commit()

    for path in (page, f"{page}/check", f"{page}/receipt", "/contributions"):
        shown = client.get(path)
        assert shown.status_code == 200, path
        assert english(shown.text) == [], path


def test_what_is_wrong_is_said_in_lithuanian(
    client, session, assignment, page, english
):
    (first, *_) = cells(session, assignment)
    typed = fields(first, text="Taip.", as_of="31.13.2026", dissemination="")

    shown = client.post(page, data=typed | {"act": "save"}, follow_redirects=True).text

    assert "„31.13.2026“: 13 mėnesio nėra. Pirmiausia rašykite dieną" in shown
    assert english(shown) == []


@pytest.mark.parametrize(
    "path", ["/", "/about", "/institutions", "/network", "/organogram", "/sign-in"]
)
def test_public_pages_are_in_lithuanian(client, path, english):
    shown = client.get(path, headers={"Accept-Language": "lt"}, follow_redirects=True)

    assert shown.status_code == 200
    assert '<html lang="lt">' in shown.text
    assert english(shown.text) == []
