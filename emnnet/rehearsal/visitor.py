"""What a visitor finds afterwards: open answers, and never a closed text."""

from html import unescape
from urllib.parse import quote

from sqlalchemy import select

from emnnet.domain.audience import CLOSED_SENTENCE
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.question import Question
from emnnet.rehearsal.log import WayBlocked
from emnnet.rehearsal.merging import closed_texts
from emnnet.rehearsal.pages import Browser
from emnnet.rehearsal.setting import Setting, get_query

VISITOR = "visitor"
MARK = "Practice sentence"  # of the simulated partners, in every answer


def check_public_pages(setting: Setting, query_id: int) -> None:
    """Look at all public addresses of the query. Raises `WayBlocked` at a leak."""
    with setting.looking() as session:
        query = get_query(session, query_id)
        reference, title = query.reference, query.title
        hidden = [sentence for text in closed_texts(session, query_id)
                  if (sentence := _sentence(text))]  # fmt: skip
    shown, closed_rows = _answers(setting, query_id)
    browser = Browser(setting.app)
    page = unescape(browser.open(f"/queries/{reference}").text)
    missing = [sentence for sentence in shown if sentence not in page]
    if missing:
        raise WayBlocked(f"the public page lacks an open answer: {missing[0]}")
    if page.count(CLOSED_SENTENCE) < closed_rows:
        raise WayBlocked("the public page lacks the sentence of a closed answer")
    places = [f"/queries/{reference}", f"/queries/{reference}.json", "/queries"]
    places += ["/queries.json", "/queries/feed.atom", f"/search?q={quote(title)}"]
    places += [f"/search?q={quote(sentence)}" for sentence in hidden]
    for place in places:
        _check(browser, place, hidden)
    what = (
        f"reads /queries/{reference}: open answers {len(shown)}, closed {closed_rows}"
    )
    setting.note(VISITOR, what)
    what = f"closed texts looked for in {len(places)} places: {len(hidden)}, found: 0"
    setting.note(VISITOR, what)


def _check(browser: Browser, place: str, hidden: list[str]) -> None:
    """No closed sentence stands there, but as what was searched for."""
    asked = place.partition("?q=")[2]
    text = unescape(browser.open(place).text)
    for sentence in hidden:
        allowed = quote(sentence) == asked
        if sentence in text and not allowed:
            raise WayBlocked(f"{place} shows a closed text: {sentence}")
        if allowed and text.count(sentence) > text.count(f'value="{sentence}"') + 2:
            raise WayBlocked(f"{place} finds a closed text: {sentence}")


def _answers(setting: Setting, query_id: int) -> tuple[list[str], int]:
    """The sentences that visitors must find, and how many answers are closed."""
    with setting.looking() as session:
        rows = session.execute(
            select(NationalResponse.id, NationalResponse.dissemination, Paragraph.text)
            .join(Question, Question.id == NationalResponse.question_id)
            .join(Paragraph, Paragraph.response_id == NationalResponse.id)
            .where(Question.query_id == query_id)
        ).all()
    closed = {row.id for row in rows if not _is_open(row.dissemination)}
    shown = [_sentence(row.text) for row in rows if row.id not in closed]
    return [sentence for sentence in shown if sentence], len(closed)


def _is_open(dissemination: object) -> bool:
    return bool(dissemination is not None and getattr(dissemination, "is_open", False))


def _sentence(text: str) -> str:
    """The sentence by which a text is known, or none."""
    start = text.find(MARK)
    end = text.find(".", start)
    return text[start : end + 1] if start >= 0 else ""
