"""All that the workbench of a query shows: six statements for any number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.audience import Dissemination, is_looser, strictest
from emnnet.domain.calendar import Calendar
from emnnet.domain.consolidation import (
    QuestionFacts,
    QuestionState,
    question_state,
)
from emnnet.domain.lifecycle import ContributionStatus
from emnnet.domain.query_lifecycle import QueryFacts, QueryStatus, query_status
from emnnet.models.clearance import Clearance
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.calendar_columns import calendar_columns, calendar_from
from emnnet.selectors.clearances import clearances_of
from emnnet.selectors.given_answers import Given, given_answers
from emnnet.selectors.national_texts import (
    NationalParagraph,
    QuestionText,
    digest_of,
    question_texts,
)
from emnnet.selectors.query_facts import COVERING
from emnnet.selectors.responses import allowed_by

AROUND = timedelta(days=200)  # how far distances are counted in working days


@dataclass(frozen=True)
class Proposal:
    """What the strictest source allows, and whose it is; nobody's: our own text."""

    dissemination: Dissemination
    institutions: tuple[Institution, ...]


@dataclass(frozen=True)
class BenchQuestion:
    """One question: what was given on the one side, what we say on the other."""

    text: QuestionText
    given: tuple[Given, ...]

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.text.question

    @property
    def paragraphs(self) -> tuple[NationalParagraph, ...]:
        """The national text."""
        return self.text.paragraphs

    @property
    def answers(self) -> list[Given]:
        """Those that gave a text, also where it went back for revision."""
        return [one for one in self.given if one.versions and not _is_gone(one)]

    @property
    def declined(self) -> list[Given]:
        """Those that said they have no text, and never gave one."""
        return [
            one
            for one in self.given
            if one.status is ContributionStatus.DECLINED and not one.versions
        ]

    @property
    def missing(self) -> list[Given]:
        """Those from which an answer is awaited, or never came."""
        return [one for one in self.given if one.is_missing]

    @property
    def released(self) -> list[Given]:
        """Those from whom the question was taken back."""
        return [one for one in self.given if _is_gone(one)]

    @property
    def unused(self) -> int:
        """Paragraphs that are not yet in the national text."""
        return sum(one.unused for one in self.given)

    @property
    def state(self) -> QuestionState:
        """Where the question stands."""
        live = _live(self.given)
        return question_state(
            QuestionFacts(
                is_written=bool(self.paragraphs),
                is_decided=self.text.is_decided and not self.is_too_loose,
                changed_sources=self.text.changed,
                asked=len(live),
                given=sum(one.is_usable for one in live),
                declined=_declined(live),
            )
        )

    @property
    def is_too_loose(self) -> bool:
        """Was it opened further than its sources allow now, without a word why?"""
        response = self.text.response
        if response is None or not response.dissemination:
            return False
        if response.dissemination_reason:
            return False
        return is_looser(response.dissemination, self.proposal.dissemination)

    @property
    def proposal(self) -> Proposal:
        """How far the text may travel by what its sources allow."""
        allowed = [(allowed_by(source), source) for source in self.text.sources]
        word = strictest(one for one, _ in allowed)
        bodies = [
            source.contribution_version.contribution.assignment.institution
            for one, source in allowed
            if one is word
        ]
        return Proposal(word, tuple(dict.fromkeys(bodies)))


@dataclass(frozen=True)
class Workbench:
    """A query on the workbench."""

    query: Query
    calendar: Calendar
    questions: tuple[BenchQuestion, ...]
    clearances: tuple[Clearance, ...]
    facts: QueryFacts

    @property
    def status(self) -> QueryStatus:
        """Where the query stands."""
        return query_status(self.facts)

    @property
    def complete(self) -> int:
        """How many questions have a text that is whole and decided."""
        states = [one.state for one in self.questions]
        return states.count(QuestionState.COMPLETE)

    @property
    def changed(self) -> int:
        """How many sources were corrected since they were compared."""
        return sum(one.text.changed for one in self.questions)

    @property
    def unused(self) -> int:
        """How many paragraphs of answers are not yet used."""
        return sum(one.unused for one in self.questions)

    def find(self, question_id: int | None) -> BenchQuestion | None:
        """The question of that id."""
        return next(
            (one for one in self.questions if one.question.id == question_id), None
        )


def find_workbench(
    session: Session, query_id: int, today: date, calendar: str = "LT"
) -> Workbench | None:
    """The workbench of a query that was not deleted; five statements."""
    bound = {"calendar": calendar, "first": today - AROUND, "last": today + AROUND}
    row = session.execute(
        select(Query, *calendar_columns())
        .where(Query.id == query_id, Query.deleted_at.is_(None))
        .options(joinedload(Query.coordinator)),
        bound,
    ).one_or_none()
    if row is None:
        return None
    texts = question_texts(session, query_id)
    sources = [source for text in texts for source in text.sources]
    given = given_answers(session, row.Query, sources)
    questions = tuple(
        BenchQuestion(text, tuple(given.get(text.question.id, ()))) for text in texts
    )
    clearances = clearances_of(session, query_id)
    return Workbench(
        query=row.Query,
        calendar=calendar_from(calendar, row.days_off, row.known_years),
        questions=questions,
        clearances=tuple(clearances),
        facts=_facts(row.Query, questions, clearances),
    )


def _facts(
    query: Query, questions: Sequence[BenchQuestion], clearances: Sequence[Clearance]
) -> QueryFacts:
    live = [one for question in questions for one in _live(question.given)]
    last = clearances[-1] if clearances else None
    digest = digest_of(question.text for question in questions)
    covers = last is not None and last.digest == digest
    outcome = last.outcome if last and covers else None
    return QueryFacts(
        asked=len(live),
        owed=sum(not one.status.is_done for one in live),
        refused_questions=sum(_is_refused(question) for question in questions),
        questions=len(questions),
        answered_questions=sum(bool(question.paragraphs) for question in questions),
        clearance_asked=covers and outcome is None,
        cleared=outcome in COVERING,
        sent_on=query.sent_on,
        closed_at=query.closed_at,
        withdrawn_at=query.withdrawn_at,
        deleted_at=query.deleted_at,
    )


def _is_refused(question: BenchQuestion) -> bool:
    live = _live(question.given)
    return bool(live) and _declined(live) == len(live) and not question.paragraphs


def _declined(live: Sequence[Given]) -> int:
    return sum(one.status is ContributionStatus.DECLINED for one in live)


def _live(given: Sequence[Given]) -> list[Given]:
    """Those from which an answer is, or was, awaited."""
    return [one for one in given if one.contribution.role.owes and not _is_gone(one)]


def _is_gone(one: Given) -> bool:
    return one.status is ContributionStatus.RELEASED
