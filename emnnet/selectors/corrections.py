"""Whom the correction of a question concerns, and what each one has done so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.domain.lifecycle import contribution_status
from emnnet.domain.stand_of_answer import StandOfAnswer, stand_of_answer
from emnnet.domain.word_changes import Change, word_changes
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.question import FormerQuestion, Question
from emnnet.selectors.contributions import facts_of


@dataclass(frozen=True)
class Affected:
    """One institution that has a corrected question before it."""

    contribution: Contribution
    stands: StandOfAnswer

    @property
    def assignment(self) -> Assignment:
        """Its part of the query."""
        return self.contribution.assignment


@dataclass(frozen=True)
class PlannedCorrection:
    """A question that was asked, its two wordings, and whom the change concerns."""

    question: Question
    before: str
    after: str
    affected: tuple[Affected, ...]

    @property
    def changes(self) -> list[Change]:
        """The difference, word by word."""
        return word_changes(self.before, self.after)

    def of(self, stands: StandOfAnswer | str) -> list[Affected]:
        """Those that stand so."""
        return [one for one in self.affected if one.stands == stands]


def planned_corrections(
    session: Session, query: Query, texts: Iterable[tuple[int | None, str]]
) -> list[PlannedCorrection]:
    """The questions before institutions that would read differently. One statement."""
    known = {question.id: question for question in query.questions}
    changed = {
        id_: text.strip()
        for id_, text in texts
        if id_ in known and known[id_].text != text.strip()
    }
    if not changed:
        return []
    concerned = affected_by(session, [known[id_] for id_ in changed if id_])
    return [
        PlannedCorrection(known[id_], known[id_].text, text, tuple(concerned[id_]))
        for id_, text in changed.items()
        if id_ and concerned[id_]
    ]


def affected_by(
    session: Session, questions: Sequence[Question]
) -> dict[int, list[Affected]]:
    """Who has these questions, by question id and institution. One statement."""
    found: dict[int, list[Affected]] = {question.id: [] for question in questions}
    rows = session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .where(Contribution.question_id.in_(found), Contribution.released_at.is_(None))
        .options(
            contains_eager(Contribution.assignment).joinedload(Assignment.institution),
            contains_eager(Contribution.assignment).joinedload(Assignment.query),
            joinedload(Contribution.question),
        )
        .order_by(Assignment.id, Contribution.id)
    )
    for row in rows:
        found[row.question_id].append(Affected(row, stand_of(row)))
    return found


def stand_of(contribution: Contribution) -> StandOfAnswer:
    """What the institution has done with the question so far."""
    facts = facts_of(contribution, contribution.assignment.query)
    said = contribution_status(facts).is_done
    return stand_of_answer(said=said, has_draft=facts.has_draft)


def digest(planned: Sequence[PlannedCorrection]) -> str:
    """What a page that shows these corrections carries, to know them again."""
    seen = "\x1f".join(
        f"{one.question.id}\x1e{one.before}\x1e{one.after}" for one in planned
    )
    return sha256(seen.encode()).hexdigest()[:16] if planned else ""


def wordings_before(
    session: Session, assignment: Assignment
) -> dict[tuple[int, int], str]:
    """Former wordings of the questions before an institution: (question, number)."""
    rows = session.execute(
        select(FormerQuestion.question_id, FormerQuestion.number, FormerQuestion.text)
        .join(Contribution, Contribution.question_id == FormerQuestion.question_id)
        .where(Contribution.assignment_id == assignment.id)
    )
    return {(row.question_id, row.number): row.text for row in rows}
