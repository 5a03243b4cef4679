"""The page of a query as values: state, next step, questions, plan."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import (
    QUERY_ACTIONS,
    QueryAction,
    QueryFacts,
    QueryStatus,
    query_status,
)
from emnnet.selectors.queries import Overview, Related
from emnnet.selectors.query_cells import AskedQuestion, Cell
from emnnet.web.doors import door_to
from emnnet.web.queries.plan import Timeline, timeline
from emnnet.web.query_words import (
    CELL_TONES,
    CELL_WORDS,
    DECLINE_WORDS,
    RELATION_WORDS,
    RELATION_WORDS_BACK,
    STATUS_TONES,
    STATUS_WORDS,
    Spoken,
    hour_words,
    late_words,
)

NEXT: dict[QueryStatus, tuple[LazyString, str]] = {
    QueryStatus.REGISTERED: (_l("Route the questions"), "routing.show"),
    QueryStatus.ALL_REFUSED: (_l("Ask somebody else"), "routing.show"),
    QueryStatus.WAITING: (_l("Read the answers"), "workbench.show"),
    QueryStatus.TO_CONSOLIDATE: (_l("Write the response"), "workbench.show"),
    QueryStatus.TO_CLEAR: (_l("Ask for clearance"), "clearance.show"),
    QueryStatus.IN_CLEARANCE: (_l("Read the response"), "clearance.show"),
    QueryStatus.CLEARED: (_l("Send the response"), "sending_out.show"),
}


@dataclass(frozen=True)
class NextStep:
    """The one button of the page."""

    text: str
    url: str


@dataclass(frozen=True)
class CellView:
    """One institution under a question."""

    cell: Cell
    state: Spoken
    late: str | None = None


@dataclass(frozen=True)
class QuestionView:
    """One question with its institutions."""

    question: AskedQuestion
    cells: list[CellView]


@dataclass(frozen=True)
class QueryPage:
    """All the page of a query shows."""

    overview: Overview
    facts: QueryFacts
    status: QueryStatus
    state: Spoken
    next: NextStep | None
    questions: list[QuestionView]
    timeline: Timeline
    theme: str | None
    actions: frozenset[QueryAction]

    def may(self, action: str) -> bool:
        """Do the facts permit the action now?"""
        return QueryAction(action) in self.actions

    def relation_word(self, related: Related) -> str:
        """What this query is to the other one."""
        words = RELATION_WORDS_BACK if related.later else RELATION_WORDS
        return str(words[related.kind])


def query_page(
    overview: Overview, questions: list[AskedQuestion], facts: QueryFacts, now: datetime
) -> QueryPage:
    """Put the page together."""
    today = office_day(now)
    query = overview.query
    status = query_status(facts)
    lithuanian = str(get_locale()) == "lt"
    return QueryPage(
        overview=overview,
        facts=facts,
        status=status,
        state=Spoken(str(STATUS_WORDS[status]), STATUS_TONES[status]),
        next=_next(status, query.id),
        questions=[_question(question, now) for question in questions],
        timeline=timeline(query, questions, overview.calendar, status, today),
        theme=overview.theme_lt if lithuanian else overview.theme_en,
        actions=QUERY_ACTIONS[status],
    )


def _next(status: QueryStatus, query_id: int) -> NextStep | None:
    if status not in NEXT:
        return None
    text, endpoint = NEXT[status]
    url = door_to(endpoint, query_id=query_id)
    return NextStep(str(text), url) if url else None


def _question(question: AskedQuestion, now: datetime) -> QuestionView:
    cells = [
        CellView(cell, _cell_state(cell, now), _late(cell)) for cell in question.cells
    ]
    return QuestionView(question, cells)


def _late(cell: Cell) -> str | None:
    """How late the answer came that counts: a notice, nothing more."""
    if cell.submitted_at is None or cell.was_due is None or not cell.status.is_done:
        return None
    return late_words(*cell.was_due, cell.submitted_at)


def _cell_state(cell: Cell, now: datetime) -> Spoken:
    """Late before all else, then why it was declined, then the plain state."""
    today = office_day(now)
    if cell.is_unconfirmed:
        return Spoken(_("asked to confirm"), "due")
    if cell.status.is_owed and cell.due_on < today:
        days = (today - cell.due_on).days
        text = ngettext("%(num)d day late", "%(num)d days late", days)
        return Spoken(text, "late")
    if cell.decline_reason is not None:
        return Spoken(str(DECLINE_WORDS[cell.decline_reason]), "due")
    if cell.status.is_owed and cell.due_on == today:
        return hour_words(cell.due_time, now) or Spoken(_("due today"), "due")
    tone = CELL_TONES.get(cell.status, "wait")
    return Spoken(str(CELL_WORDS[cell.status]), tone)
