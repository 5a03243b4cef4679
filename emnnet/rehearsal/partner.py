"""A simulated partner: reads the mail, follows the link, fills in the form."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from emnnet.domain.audience import Dissemination
from emnnet.domain.moments import VILNIUS
from emnnet.models.contribution import Contribution
from emnnet.models.question import Question
from emnnet.rehearsal.answers import answer_text
from emnnet.rehearsal.cast import Body
from emnnet.rehearsal.log import WayBlocked
from emnnet.rehearsal.pages import Browser, Page
from emnnet.rehearsal.setting import Setting

CARD = re.compile(r"q(\d+)-text")


@dataclass(frozen=True)
class Visit:
    """A partner in front of the page of an assignment."""

    setting: Setting
    body: Body
    browser: Browser
    page: Page

    @property
    def path(self) -> str:
        """The address of the page."""
        return self.page.path.partition("?")[0].rstrip("?")

    @property
    def cards(self) -> list[int]:
        """Ids of the contributions that can be written in."""
        names = self.page.form(self.path).names
        return [int(found[1]) for name in names if (found := CARD.fullmatch(name))]


def visit(setting: Setting, body: Body, reference: str) -> Visit:
    """Open the newest mail that has a link to this query, and walk through the door."""
    browser = Browser(setting.app)
    for link in setting.mailbox.links(body.email, reference):
        door = browser.open(link)
        if reference in door.text:
            page = browser.press(door, door.path.rstrip("?"))
            return Visit(setting, body, browser, page)
    raise WayBlocked(f"no mail with a link for {reference} has reached {body.short}")


def write(
    there: Visit,
    closed: Collection[int] = (),
    *,
    only: Iterable[int] | None = None,
    texts: dict[int, str] | None = None,
) -> Visit:
    """Type an answer into each open card and save; `closed` may not travel further.

    `only` are the contributions to write, `texts` what to type instead of practice
    texts, by question id; `closed` are question ids.
    """
    filled = _typed(there, set(only) if only is not None else None, closed, texts or {})
    page = there.browser.press(there.page, there.path, filled, button=("act", "save"))
    return _moved(there, page)


def send(there: Visit) -> Page:
    """Look over what is ready, then send it. Returns the receipt."""
    check = there.browser.press(there.page, there.path, button=("act", "check"))
    receipt = there.browser.press(check, "/send")
    if not receipt.path.rstrip("?").endswith("/receipt"):
        raise WayBlocked(f"{there.body.short} sent, but no receipt came")
    return receipt


def accept(there: Visit) -> Visit:
    """Say that the query has arrived in the right place."""
    return _moved(there, there.browser.press(there.page, "/accept"))


def decline(there: Visit, contribution_id: int, note: str, instead: str) -> Visit:
    """Say that one question is not theirs, why, and whom to ask."""
    prefix = f"q{contribution_id}-not_competent"
    filled = {f"{prefix}-note": note, f"{prefix}-whom": instead}
    target = f"/questions/{contribution_id}/decline/not_competent"
    return _moved(there, there.browser.press(there.page, target, filled))


def promise(there: Visit, contribution_id: int, day: str) -> Visit:
    """Say by which day one answer will come."""
    target = f"/questions/{contribution_id}/promise"
    filled = {f"q{contribution_id}-promised_on": day}
    return _moved(there, there.browser.press(there.page, target, filled))


def questions_of(there: Visit) -> dict[int, Question]:
    """What the open cards ask, by the id of the contribution."""
    with there.setting.looking() as session:
        rows = session.execute(
            select(Contribution.id, Question)
            .join(Question, Question.id == Contribution.question_id)
            .where(Contribution.id.in_(there.cards))
            .order_by(Question.position)
        ).all()
        session.expunge_all()
        return {row[0]: row[1] for row in rows}


def _typed(
    there: Visit,
    only: set[int] | None,
    closed: Collection[int],
    texts: dict[int, str],
) -> dict[str, str]:
    filled: dict[str, str] = {}
    day = there.setting.clock.now.astimezone(VILNIUS).date()
    for id_, question in questions_of(there).items():
        if only is None or id_ in only:
            travels = Dissemination.NO if question.id in closed else Dissemination.YES
            text = texts.get(question.id) or answer_text(there.body, question)
            filled |= {
                f"q{id_}-text": text,
                f"q{id_}-dissemination": travels.value,
                f"q{id_}-as_of": day.isoformat(),
            }
    return filled


def _moved(there: Visit, page: Page) -> Visit:
    return Visit(there.setting, there.body, there.browser, page)
