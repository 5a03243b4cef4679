"""Answers that come by mail: a draft on the right question, confirmed by a person."""

import pytest
from sqlalchemy import func, select

from emnnet.domain.arriving.kinds import ArrivedKind, DraftOrigin
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.services.mailed_drafts import (
    confirm_for_institution,
    discard,
    take_over,
)
from tests.builders import COORDINATOR, a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.arriving import (
    OURS,
    PARTNER,
    a_docx,
    a_mail,
    arrived,
    hand_over,
    our_mail,
    proposed,
    with_file,
)
from tests.integration.partners import FOCAL_POINT, a_draft, cells, fresh


@pytest.fixture
def assignment(session):
    institution = an_institution(session, email=PARTNER)
    query = a_query(session, questions=2)
    return an_assignment(session, query=query, institution=institution)


def events(session):
    rows = fresh(session).scalars(select(Event).order_by(Event.id))
    return [row.kind for row in rows]


def open_tasks(session):
    undone = select(Task).where(Task.done_at.is_(None))
    return [(task.kind, task.query_id) for task in fresh(session).scalars(undone)]


def test_e16_a_document_from_a_contact_becomes_one_unconfirmed_draft(
    app, session, assignment
):
    our_mail(session, assignment)
    answer = a_docx("1. We know of no quota.", "2. Three cases in 2025.")
    mail = with_file(
        a_mail("Dear colleagues, see the file.", In_Reply_To=OURS), answer, "a.docx"
    )

    assert hand_over(app, mail) == hand_over(app, mail)

    (kept,) = arrived(session)
    assert (kept.kind, kept.repeated) == (ArrivedKind.REPLY, 1)
    assert kept.assignment_id == assignment.id
    assert [(one.origin, one.text) for one in proposed(session)] == [
        (DraftOrigin.NUMBERED, "We know of no quota."),
        (DraftOrigin.NUMBERED, "Three cases in 2025."),
    ]
    assert [cell.draft for cell in cells(session, assignment)] == ["", ""]
    assert open_tasks(session) == [("arrived_mail", assignment.query_id)]


def test_e16_an_unknown_sender_goes_to_the_office_with_a_guess(
    app, session, assignment
):
    our_mail(session, assignment)
    hand_over(app, a_mail(From="colleague@example.org", In_Reply_To=OURS))

    (kept,) = arrived(session)
    assert kept.kind is ArrivedKind.OTHER
    assert (kept.query_id, kept.institution_id) == (
        assignment.query_id,
        assignment.institution_id,
    )
    assert kept.assignment_id is None
    assert [why[0] for why in kept.facts["why"]] == [
        "It answers our mail of %(day)s.",
        "The sender is no contact of an institution today.",
    ]
    assert proposed(session) == []
    assert events(session) == []


@pytest.mark.parametrize(
    "named",
    [
        {"In_Reply_To": OURS},
        {"References": f"<other@example.org> {OURS}"},
        {"Subject": "AW: [LT-2026-1] Family reunification"},
        {"To": "emn.office+lt-2026-1@example.org"},
        {"Subject": "Atsakymas"},  # it is the only one that is open
    ],
)
def test_a_reply_finds_its_query(app, session, assignment, named):
    our_mail(session, assignment)
    hand_over(app, a_mail(**named))
    (kept,) = arrived(session)
    assert (kept.kind, kept.assignment_id) == (ArrivedKind.REPLY, assignment.id)


def test_of_several_open_queries_none_is_chosen_blindly(app, session, assignment):
    an_assignment(session, institution=assignment.institution)
    hand_over(app, a_mail())
    (kept,) = arrived(session)
    assert (kept.kind, kept.assignment_id) == (ArrivedKind.OTHER, None)
    assert kept.institution_id == assignment.institution_id


def test_a_query_that_the_sender_was_not_asked_is_not_answered_by_mail(
    app, session, assignment
):
    stranger = an_institution(session, email="other@example.org")
    an_assignment(session, institution=stranger)
    our_mail(session, assignment)
    hand_over(app, a_mail(From="other@example.org", In_Reply_To=OURS))
    (kept,) = arrived(session)
    assert (kept.kind, kept.assignment_id) == (ArrivedKind.OTHER, None)
    assert proposed(session) == []


def test_a_plain_answer_is_kept_apart_from_signature_and_quotation(
    app, session, assignment
):
    hand_over(
        app,
        a_mail(
            "No quota applies in Lithuania.\n\nPagarbiai\nSkyriaus vedėja\n\n"
            "2026-03-16 12:00, EMN rašė:\n> Please answer by 31 March.\n"
        ),
    )
    (kept,) = arrived(session)
    assert kept.text == "No quota applies in Lithuania."
    assert kept.signature == "Pagarbiai\nSkyriaus vedėja"
    assert kept.quoted.startswith("2026-03-16 12:00, EMN rašė:")
    (one,) = proposed(session)
    assert (one.origin, one.text) == (DraftOrigin.WHOLE, kept.text)


def test_partner_takes_it_over_and_nothing_is_submitted(app, session, assignment):
    hand_over(app, with_file(a_mail(), b"%PDF-1.4 law", "law.pdf"))
    (one,) = proposed(session)
    take_over(session, one, by=FOCAL_POINT, now=NOON)
    session.commit()

    first, second = cells(session, assignment)
    assert (first.draft, first.draft_saved_by) == ("No quota applies.", PARTNER)
    assert (second.draft, first.latest_number) == ("", 0)
    (kept,) = arrived(session)
    assert (kept.taken_by, open_tasks(session)) == (PARTNER, [])
    assert events(session) == [
        "mail_arrived",
        "attached",
        "draft_saved",
        "mailed_draft_taken",
    ]
    with pytest.raises(IllegalAction):
        take_over(session, one, by=FOCAL_POINT, now=NOON)


def test_a_draft_that_stands_there_is_never_overwritten(app, session, assignment):
    a_draft(session, cells(session, assignment)[0], "Written in the form.")
    hand_over(app, a_mail())
    (one,) = proposed(session)
    take_over(session, one, by=FOCAL_POINT, now=NOON)
    session.commit()
    first = cells(session, assignment)[0]
    assert first.draft == "Written in the form.\n\nNo quota applies."


def test_coordinator_confirms_for_the_institution_with_a_note(app, session, assignment):
    hand_over(app, a_mail())
    (one,) = proposed(session)
    with pytest.raises(DomainError):
        confirm_for_institution(session, one, " ", by=COORDINATOR, now=NOON)
    confirm_for_institution(
        session, one, "Agreed by telephone.", by=COORDINATOR, now=NOON
    )
    session.commit()
    last = fresh(session).scalars(select(Event).order_by(Event.id.desc())).first()
    assert (last.kind, last.actor_name) == ("mailed_draft_taken", "Coordinator")
    assert last.facts["reason"] == "Agreed by telephone."
    assert last.facts["arrived_mail"] == arrived(session)[0].id


def test_discarded_answers_leave_no_draft(app, session, assignment):
    hand_over(app, a_mail())
    (one,) = proposed(session)
    discard(session, one, by=FOCAL_POINT, now=NOON)
    session.commit()
    assert cells(session, assignment)[0].draft == ""
    (kept,) = arrived(session)
    assert kept.filing_reason == "Every answer in it was discarded."
    assert open_tasks(session) == []


@pytest.mark.parametrize("end", ["withdrawn_at", "closed_at"])
def test_g02_after_the_end_it_is_filed_and_the_office_told(
    app, session, assignment, end
):
    our_mail(session, assignment)
    setattr(assignment.query, end, NOON)
    session.commit()
    hand_over(app, a_mail(In_Reply_To=OURS))

    (kept,) = arrived(session)
    assert kept.filing_reason == "It came after its query had been withdrawn or closed."
    assert kept.filed_by == "scheduler"
    assert open_tasks(session) == [("arrived_late", assignment.query_id)]
    assert proposed(session) == []
    assert getattr(fresh(session).get(type(assignment.query), 1), end) == NOON
    assert fresh(session).scalar(select(func.count(OutboxMessage.id))) == 1
