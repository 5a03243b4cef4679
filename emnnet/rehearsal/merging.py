"""What the simulated coordinator and approver do with the answers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import CellRole, ContributionStatus, contribution_status
from emnnet.domain.markdown_text import paragraphs
from emnnet.models.assignment import Assignment
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.user import User
from emnnet.rehearsal.setting import Setting, get_query
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.responses import find_response, proposed_dissemination
from emnnet.services.clearance import (
    ask_clearance,
    decide_clearance,
    decide_dissemination,
)
from emnnet.services.publishing import publish
from emnnet.services.responses import add_paragraph
from emnnet.services.reviewing import accept
from emnnet.services.sending_out import close_query, record_sent

OWN_TEXT = (
    "No institution has answered this question; the office has nothing to report."
)
READY = {ContributionStatus.SUBMITTED, ContributionStatus.ACCEPTED}


def accept_all(setting: Setting, query_id: int) -> None:
    """Accept whatever was submitted."""
    me, now = setting.coordinator, setting.clock.now
    with setting.working() as session:
        submitted = [
            one
            for one in _contributions(session, query_id)
            if _status(one) is ContributionStatus.SUBMITTED
        ]
        for one in submitted:
            accept(session, one, seen=one.latest_number, by=me.actor, now=now)
    setting.note(me.name, f"accepted {len(submitted)} answers")


def consolidate(setting: Setting, query_id: int, closed: Sequence[int] = ()) -> None:
    """Write the national text of every question from the paragraphs of the answers.

    `closed` are the questions whose answer may stay closed; for another one, answers
    that must not travel further are left out.
    """
    with setting.looking() as session:
        ids = [question.id for question in get_query(session, query_id).questions]
    for question_id in ids:
        with setting.working() as session:
            question = session.get_one(Question, question_id)
            given = _given(session, query_id, question)
            used = _usable(given, question, closed)
            _write(setting, session, question, used)
            _tell_left_out(setting, question, [one for one in given if one not in used])
            _decide(setting, session, question)


def ask_for_clearance(setting: Setting, query_id: int) -> int:
    """Put the text before the approver. Returns the id of the clearance."""
    me, now = setting.coordinator, setting.clock.now
    with setting.working() as session:
        query, user = get_query(session, query_id), session.get_one(User, me.user_id)
        clearance = ask_clearance(session, query, user, by=me.actor, now=now)
        setting.note(me.name, "asked for clearance")
        return clearance.id


def clear(setting: Setting, clearance_id: int) -> None:
    """The approver has read it, and approves."""
    who, now = setting.approver, setting.clock.now
    with setting.working() as session:
        decide_clearance(
            session,
            _clearance(session, clearance_id),
            ClearanceOutcome.APPROVED,
            "",
            session.get_one(User, who.user_id),
            by=who.actor,
            now=now,
        )
    setting.note(who.name, "cleared the text as it stands")


def note_sent(setting: Setting, query_id: int) -> None:
    """Record that the national response left today."""
    me, now, today = setting.coordinator, setting.clock.now, setting.clock.today
    with setting.working() as session:
        record_sent(session, get_query(session, query_id), today, by=me.actor, now=now)
    setting.note(me.name, f"recorded as sent on {today}")


def close(setting: Setting, query_id: int) -> int:
    """Close the query; returns how many are told that they are not needed any more."""
    me, now = setting.coordinator, setting.clock.now
    with setting.working() as session:
        told = close_query(session, get_query(session, query_id), by=me.actor, now=now)
    setting.note(me.name, f"closed; told that it is over: {told}")
    return told


def publish_query(setting: Setting, query_id: int) -> None:
    """Show the query to visitors."""
    me, now = setting.coordinator, setting.clock.now
    with setting.working() as session:
        publish(session, get_query(session, query_id), by=me.actor, now=now)
    setting.note(me.name, "published")


def closed_texts(session: Session, query_id: int) -> list[str]:
    """Every text of a version that must not travel further."""
    return list(
        session.scalars(
            select(ContributionVersion.text)
            .join(Contribution, Contribution.id == ContributionVersion.contribution_id)
            .join(Assignment, Assignment.id == Contribution.assignment_id)
            .where(
                Assignment.query_id == query_id,
                ContributionVersion.dissemination != Dissemination.YES,
            )
        )
    )


def _contributions(session: Session, query_id: int) -> Sequence[Contribution]:
    return session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .join(Contribution.question)
        .where(Assignment.query_id == query_id)
        .order_by(Question.position, Contribution.id)
    ).all()


def _status(contribution: Contribution) -> ContributionStatus:
    query: Query = contribution.assignment.query
    return contribution_status(facts_of(contribution, query))


def _given(
    session: Session, query_id: int, question: Question
) -> list[ContributionVersion]:
    """The newest version of each answer, the lead's first."""
    given = [
        one
        for one in _contributions(session, query_id)
        if one.question_id == question.id and _status(one) in READY
    ]
    given.sort(key=lambda one: one.role is not CellRole.LEAD)
    return [one.versions[-1] for one in given]


def _usable(
    given: Sequence[ContributionVersion], question: Question, closed: Sequence[int]
) -> Sequence[ContributionVersion]:
    """All of them where the answer may stay closed, else those that may travel."""
    may_travel = [one for one in given if one.dissemination.is_open]
    return given if question.id in closed else may_travel or given


def _tell_left_out(
    setting: Setting, question: Question, versions: Sequence[ContributionVersion]
) -> None:
    for one in versions:
        name = one.contribution.assignment.institution.short
        what = f"question {question.label}: {name} left out, it must not travel further"
        setting.note(setting.coordinator.name, what)


def _write(
    setting: Setting,
    session: Session,
    question: Question,
    versions: Sequence[ContributionVersion],
) -> None:
    """Take the paragraphs over, each with its source; without any, an own text."""
    me, now = setting.coordinator, setting.clock.now
    count = 0
    for version in versions:
        for text in paragraphs(version.text):
            add_paragraph(session, question, text, by=me.actor, now=now, source=version)
            count += 1
    if not versions:
        add_paragraph(session, question, OWN_TEXT, by=me.actor, now=now)
    names = [one.contribution.assignment.institution.short for one in versions]
    whence = f"{count} paragraphs from {', '.join(names)}" if names else "an own text"
    setting.note(me.name, f"question {question.label}: {whence}", assumed=not names)


def _decide(setting: Setting, session: Session, question: Question) -> None:
    """Wider dissemination as it is proposed: the strictest used source."""
    me, now = setting.coordinator, setting.clock.now
    response = find_response(session, question.id)
    if response is not None:
        session.refresh(response)
        proposed = proposed_dissemination(response)
        decide_dissemination(
            session, question.query, response, proposed, "", by=me.actor, now=now
        )
        what = f"question {question.label}: wider dissemination {proposed}"
        setting.note(me.name, what)


def _clearance(session: Session, clearance_id: int) -> Clearance:
    return session.get_one(Clearance, clearance_id)
