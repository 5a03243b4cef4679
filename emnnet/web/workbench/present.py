"""The page of the workbench as values: one question at hand, the others beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet.domain.lifecycle import CONTRIBUTION_ACTIONS, ContributionAction
from emnnet.domain.markdown_text import paragraphs
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QUERY_ACTIONS, QueryAction
from emnnet.domain.word_changes import Change, closest, word_changes
from emnnet.models.national_response import ParagraphSource
from emnnet.selectors.given_answers import Given
from emnnet.selectors.national_texts import NationalParagraph
from emnnet.selectors.workbench import BenchQuestion, Workbench
from emnnet.web.doors import door_to
from emnnet.web.query_words import (
    CELL_TONES,
    CELL_WORDS,
    DECLINE_WORDS,
    STATUS_TONES,
    STATUS_WORDS,
    Spoken,
    distance_words,
    hour_words,
    late_words,
)
from emnnet.web.workbench.forms import (
    DecisionForm,
    OwnParagraphForm,
    ParagraphForm,
    ReturnForm,
)
from emnnet.web.workbench.view import View
from emnnet.web.workbench.words import (
    NEXT_STEPS,
    STATE_ICONS,
    STATE_TONES,
    STATE_WORDS,
)

DAYS_TO_REVISE = 3  # working days


@dataclass(frozen=True)
class QuestionTab:
    """One question in the list at the left."""

    question: BenchQuestion
    url: str
    state: Spoken
    icon: str
    current: bool


@dataclass(frozen=True)
class Step:
    """A button that leads on."""

    text: str
    url: str


@dataclass(frozen=True)
class Correction:
    """A source that was corrected after it was used, and how it differs."""

    source: ParagraphSource
    newest: int
    piece: int | None  # the place of the new wording; none where it is gone
    changes: list[Change]
    is_same: bool  # these very words stand in the new version too


class BenchPage:
    """All the template shows; it asks, and decides nothing."""

    def __init__(
        self, bench: Workbench, view: View, now: datetime, *, writes: bool
    ) -> None:
        self.bench, self.view, self.now = bench, view, now
        self.today = office_day(now)
        self.query, self.status = bench.query, bench.status
        self.is_coordinator = writes
        self.writes = writes and self.permits(QueryAction.CONSOLIDATE)
        first = bench.questions[0] if bench.questions else None
        self.selected = bench.find(view.question_id) or first
        view.question_id = self.selected.question.id if self.selected else None

    def permits(self, action: QueryAction) -> bool:
        """Do the facts of the query allow it now?"""
        return action in QUERY_ACTIONS[self.status]

    @property
    def state(self) -> Spoken:
        """Where the query stands."""
        return Spoken(str(STATUS_WORDS[self.status]), STATUS_TONES[self.status])

    @property
    def summary(self) -> list[str]:
        """The line under the title: what is complete, what is open."""
        bench, total = self.bench, len(self.bench.questions)
        said = [
            ngettext(
                "%(done)d of %(num)d question complete",
                "%(done)d of %(num)d questions complete",
                total,
                done=bench.complete,
            )
        ]
        if bench.changed:
            said.append(
                ngettext(
                    "%(num)d source changed", "%(num)d sources changed", bench.changed
                )
            )
        if bench.unused:
            said.append(
                ngettext(
                    "%(num)d paragraph not yet used",
                    "%(num)d paragraphs not yet used",
                    bench.unused,
                )
            )
        return said

    @property
    def next(self) -> Step | None:
        """The one step that the query waits for, where it is not this page."""
        if self.status not in NEXT_STEPS:
            return None
        text, endpoint = NEXT_STEPS[self.status]
        url = door_to(endpoint, query_id=self.query.id)
        return Step(str(text), url) if url else None

    @property
    def tabs(self) -> list[QuestionTab]:
        """All questions with their state."""
        return [self._tab(question) for question in self.bench.questions]

    def neighbour(self, step: int) -> Step | None:
        """The question before (-1) or behind (+1) this one."""
        order = self.bench.questions
        if self.selected is None:
            return None
        there = order.index(self.selected) + step
        if not 0 <= there < len(order):
            return None
        label = order[there].question.label
        url = self.url(question=order[there].question.id, at=None)
        return Step(_("Question %(label)s", label=label), url)

    def url(self, **other: object) -> str:
        """This page, with some of the view other."""
        anchor = other.pop("anchor", None)
        return url_for(
            "workbench.show",
            query_id=self.query.id,
            _anchor=anchor if anchor is None else str(anchor),
            **self.view.address(**other),  # type: ignore[arg-type]
        )

    def post_url(self, endpoint: str, **values: object) -> str:
        """Where a form goes: it carries the view, to come back to it."""
        here = self.view.address(question=None)
        return url_for(
            f"workbench.{endpoint}",
            query_id=self.query.id,
            **(here | values),  # type: ignore[arg-type]
        )

    @property
    def answers(self) -> list[Given]:
        """The answers to show: all, or those with something unused."""
        found = self.selected.answers if self.selected else []
        return [one for one in found if one.unused or not self.view.only_unused]

    def may(self, given: Given, action: str) -> bool:
        """May the coordinator do that with the answer now?"""
        if not self.is_coordinator:
            return False
        wanted = ContributionAction(action)
        if wanted is ContributionAction.RETURN and not self.writes:
            return False
        return wanted in CONTRIBUTION_ACTIONS[given.status]

    def late_words(self, given: Given) -> str | None:
        """How late the version that counts came, or none if in time."""
        latest = given.latest
        if latest is None:
            return None
        return late_words(latest.due_on, latest.due_time, latest.submitted_at)

    def cell_state(self, given: Given) -> Spoken:
        """The state of one answer; late before all else."""
        if given.status.is_owed and given.due_on <= self.today:
            hour = hour_words(given.due_time, self.now)
            return distance_words(self.bench.calendar, given.due_on, self.today, hour)
        tone = CELL_TONES.get(given.status, "wait")
        return Spoken(str(CELL_WORDS[given.status]), tone)

    def decline_word(self, given: Given) -> str:
        """Why there is no text."""
        reason = given.contribution.decline_reason
        return str(DECLINE_WORDS[reason]) if reason else ""

    def distance(self, day: date) -> Spoken:
        """How far a day is."""
        return distance_words(self.bench.calendar, day, self.today)

    @property
    def numbers(self) -> Mapping[int, NationalParagraph]:
        """The paragraph that a source belongs to, by the source's id."""
        found = self.selected.paragraphs if self.selected else ()
        return {source.id: one for one in found for source in one.sources}

    def corrections(self, paragraph: NationalParagraph) -> list[Correction]:
        """The sources of a paragraph that were corrected, each with the difference."""
        return [self._correction(source) for source in paragraph.changed_sources]

    def typed_changes(self) -> list[Change]:
        """From what somebody else saved to what was typed here."""
        conflict = self.view.typed.conflict
        if conflict is None:
            return []
        return word_changes(conflict.paragraph.text, conflict.typed)

    def edit_form(self, paragraph: NationalParagraph) -> ParagraphForm | None:
        """The form of the paragraph that is being edited."""
        if not self.writes or self.view.editing != paragraph.row.id:
            return None
        if self.view.typed.paragraph is not None:
            return self.view.typed.paragraph
        return ParagraphForm(
            formdata=None, text=paragraph.row.text, seen=paragraph.mark
        )

    def own_form(self) -> OwnParagraphForm:
        """The form for a paragraph of our own."""
        return self.view.typed.own or OwnParagraphForm(formdata=None, prefix="own")

    def return_form(self, given: Given) -> ReturnForm:
        """The form that returns one answer."""
        typed = self.view.typed.returned.get(given.contribution.id)
        return typed or return_form(
            given.contribution.id,
            due_on=self.bench.calendar.add_working_days(self.today, DAYS_TO_REVISE),
            seen=given.contribution.latest_number,
        )

    def decision_form(self) -> DecisionForm:
        """The decision as it stands, or as it is proposed."""
        if self.view.typed.decision is not None:
            return self.view.typed.decision
        response = self.selected.text.response if self.selected else None
        return DecisionForm(
            formdata=None,
            dissemination=response.dissemination if response else None,
            reason=response.dissemination_reason if response else None,
        )

    def _tab(self, question: BenchQuestion) -> QuestionTab:
        state = question.state
        return QuestionTab(
            question=question,
            url=self.url(question=question.question.id),
            state=Spoken(str(STATE_WORDS[state]), STATE_TONES[state]),
            icon=STATE_ICONS[state],
            current=question is self.selected,
        )

    def _correction(self, source: ParagraphSource) -> Correction:
        versions = source.contribution_version.contribution.versions
        pieces = paragraphs(versions[-1].text)
        here = closest(source.quote, pieces)
        same = here is not None and pieces[here] == source.quote
        changes = [] if here is None else word_changes(source.quote, pieces[here])
        return Correction(source, versions[-1].number, here, changes, same)


def return_form(contribution_id: int, **values: object) -> ReturnForm:
    """An empty form for one answer; `values` fill it."""
    return ReturnForm(formdata=None, prefix=f"c{contribution_id}", **values)
