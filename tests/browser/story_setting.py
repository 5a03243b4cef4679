"""The setting of the story: who takes part, their browsers, the clock and the post."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO

import docx
from flask import Flask
from flask_babel import force_locale, gettext, ngettext
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from emnnet.domain.moments import at_hour
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from tests.browser.smtp import Letter, PostOffice
from tests.conftest import Clock

TITLE = "Counselling before voluntary return"
QUESTIONS = (
    "Which authority counsels rejected asylum seekers about return, and when?",
    "Are persons counselled at the state border or in detention before removal?",
    "How many persons returned voluntarily after counselling in 2024 and 2025?",
)
BACKGROUND = (
    "The Estonian Ministry of the Interior writes a guideline for officials who counsel"
    " rejected asylum seekers before their voluntary return. Answers by 17th April 2026"
    " at the latest would be most welcome."
)
FORM = (
    "Requested by EE EMN NCP on 9th March 2026",
    "Return",
    "Responses from Austria, Belgium, Estonia, Latvia (4 in total)",
    "Background information:",
    BACKGROUND,
    "Questions",
    *(f"{number}. {text}" for number, text in enumerate(QUESTIONS, 1)),
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass
class Stage:
    """What all scenes need."""

    app: Flask
    clock: Clock
    session: Session
    post: PostOffice
    new_page: Callable[..., Page]
    axe: Callable[..., list[str]] | None

    def look(self, page: Page, *ways: str) -> None:
        """Nothing on the page keeps anybody out; `ways`: also "narrow", also "dark"."""
        page.wait_for_load_state()
        if self.axe is None:
            return
        self._check(page, "as it is")
        if "narrow" in ways:
            page.set_viewport_size({"width": 390, "height": 844})
            self._check(page, "narrow")
            page.set_viewport_size({"width": 1280, "height": 900})
        if "dark" in ways:
            self._check(page, "dark")

    def _check(self, page: Page, way: str) -> None:
        found = self.axe(page, dark=way == "dark") if self.axe else []
        sideways = page.evaluate(
            "document.documentElement.scrollWidth > window.innerWidth"
        )
        assert (page.url, way, found, sideways) == (page.url, way, [], False)

    def deliver(self) -> list[Letter]:
        """Let the scheduler's job send what waits; a minute later it has arrived."""
        deliver_outbox(self.app)
        self.clock.now += timedelta(minutes=1)
        return self.post.arrived()

    def morning(self, day: date) -> list[Letter]:
        """Go on to the morning of that day, and let the scheduler's jobs run."""
        self.clock.now = at_hour(day, time(7, 5))
        queue_reminders(self.app)
        return self.deliver()

    def lithuanian(self, text: str, **gaps: object) -> str:
        """A text of a page as a Lithuanian reads it."""
        with self.app.app_context(), force_locale("lt"):
            return str(gettext(text, **gaps))

    def lithuanian_count(self, one: str, many: str, count: int) -> str:
        """The same of a text with a number in it."""
        with self.app.app_context(), force_locale("lt"):
            return str(ngettext(one, many, count))


def the_document() -> dict[str, object]:
    """The query as it arrives: a Word file in the form of 2016 to 2019."""
    document, content = docx.Document(), BytesIO()
    document.add_heading(f"EMN Ad-Hoc Query on AHQ on {TITLE}", 1)
    for line in FORM:
        document.add_paragraph(line)
    document.save(content)
    name = "EMN_AHQ_return_counselling.docx"
    return {"name": name, "mimeType": WORD, "buffer": content.getvalue()}


def heading(page: Page) -> Locator:
    """What the page is called."""
    return page.get_by_role("heading", level=1)


def press(page: Page, name: str, *, within: Locator | None = None) -> None:
    """Press a button by its words; afterwards the next page is there."""
    (within or page).get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def arrive_at(page: Page, title: str) -> None:
    """The page with that heading is there."""
    expect(heading(page)).to_have_text(title)
    page.wait_for_load_state()
