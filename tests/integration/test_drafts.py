"""Drafts: saved by hand or by the page, and never over somebody else's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Dissemination
from emnnet.domain.contributing import Draft
from emnnet.domain.roles import Actor, ActorKind
from emnnet.models.contribution import ContributionVersion
from emnnet.models.event import Event
from emnnet.models.task import Task
from emnnet.selectors.contributions import facts_of
from emnnet.services.drafts import DraftConflict, save_draft
from emnnet.web.contributions.marks import mark_of
from tests.builders import a_query, an_assignment
from tests.conftest import NOON
from tests.integration.partners import (
    FOCAL_POINT,
    a_draft,
    cells,
    fields,
    fresh,
    let_in,
)

COLLEAGUE = Actor(ActorKind.PERSON, "Colleague", "contact", 7)
TEN_PAST = NOON + timedelta(minutes=10)


@pytest.fixture
def assignment(session):
    return an_assignment(session, query=a_query(session, questions=3))


@pytest.fixture
def page(client, session, assignment):
    return let_in(client, session, assignment)


def _autosave(client, page, contribution, **given):
    path = f"{page}/questions/{contribution.id}/draft"
    return client.post(path, data=fields(contribution, **given))


def test_draft_grows_and_tells_who_saved_it(session, assignment):
    (first, *_) = cells(session, assignment)

    a_draft(session, first, "No", None)
    saved = save_draft(
        session,
        first,
        "No quota.",
        Dissemination.ASK,
        date(2026, 3, 1),
        seen=1,
        by=COLLEAGUE,
        now=TEN_PAST,
    )
    session.commit()

    assert (saved.number, saved.is_note) == (2, False)
    (first, *_) = cells(session, assignment)
    assert (first.draft, first.draft_saved_by) == ("No quota.", "Colleague")
    assert (first.draft_dissemination, first.draft_as_of) == (
        Dissemination.ASK,
        date(2026, 3, 1),
    )


def test_same_text_once_more_changes_nothing(session, assignment):
    (first, *_) = cells(session, assignment)
    a_draft(session, first)

    again = save_draft(
        session, first, first.draft, Dissemination.YES, seen=0, by=COLLEAGUE, now=NOON
    )

    assert (again.number, first.draft_saved_by) == (1, FOCAL_POINT.name)


def test_e06_second_of_two_colleagues_is_told_and_nothing_is_lost(session, assignment):
    (first, *_) = cells(session, assignment)
    a_draft(session, first, "Text of A", by=FOCAL_POINT, now=TEN_PAST)

    with pytest.raises(DraftConflict) as told:
        save_draft(session, first, "Text of B", seen=0, by=COLLEAGUE, now=TEN_PAST)

    conflict = told.value
    assert (conflict.draft.text, conflict.saved_by, conflict.saved_at) == (
        "Text of A",
        "focal.point@example.org",
        TEN_PAST,
    )
    session.rollback()
    assert cells(session, assignment)[0].draft == "Text of A"


def test_e06_page_shows_both_texts_and_saves_what_is_made_of_them(
    client, session, assignment, page
):
    (first, *_) = cells(session, assignment)
    opened = fields(first, text="Text of B")
    a_draft(session, first, "Text of A", now=TEN_PAST)

    reply = client.post(page, data=opened)

    assert reply.status_code == 409
    assert "Changed meanwhile by focal.point@example.org" in reply.text
    assert ">Text of A</pre>" in reply.text
    assert "Text of B</textarea>" in reply.text
    merged = opened | {f"q{first.id}-seen": "1", f"q{first.id}-text": "A and B"}
    assert client.post(page, data=merged).status_code == 303
    assert cells(session, assignment)[0].draft == "A and B"


def test_e06_card_nobody_touched_is_no_conflict(client, session, assignment, page):
    first, second, _ = cells(session, assignment)
    opened = fields(first) | fields(second, text="Mine")
    a_draft(session, first, "A colleague's, written meanwhile")

    reply = client.post(page, data=opened)

    assert reply.status_code == 303
    assert [cell.draft for cell in cells(session, assignment)] == [
        "A colleague's, written meanwhile",
        "Mine",
        "",
    ]


def test_e01_autosave_says_when_it_saved(client, session, assignment, page):
    (first, *_) = cells(session, assignment)

    reply = _autosave(client, page, first, text="Half a", dissemination="yes")

    (first, *_) = cells(session, assignment)
    assert reply.get_json() == {
        "number": 1,
        "mark": mark_of(Draft("Half a", Dissemination.YES)),
        "saved": "saved 12:00",
        "ready": "1 of 3 ready",
        "send": "Check and send 1 answer",
        "chip": "ready to send",
    }
    assert first.draft == "Half a"


def test_e01_invalid_autosave_leaves_the_old_draft_alone(
    client, session, assignment, page
):
    (first, *_) = cells(session, assignment)
    a_draft(session, first, "Old")

    reply = _autosave(client, page, first, text="New", as_of="31.02.2026")

    assert reply.status_code == 422
    assert reply.get_json() == {
        "errors": {
            f"q{first.id}-as_of": "There is no such day as 31.02.2026. "
            "Check the day and the month."
        }
    }
    assert cells(session, assignment)[0].draft == "Old"


def test_e01_autosave_without_rights_is_refused(app, session, assignment):
    (first, *_) = cells(session, assignment)

    reply = _autosave(app.test_client(), f"/contributions/{assignment.id}", first)

    assert reply.status_code == 403


def test_e02_session_over_gives_the_typed_text_back(app, session, assignment):
    (first, *_) = cells(session, assignment)
    stranger = app.test_client()

    reply = stranger.post(
        f"/contributions/{assignment.id}",
        data=fields(first, text="Forty-five minutes of typing"),
    )

    assert reply.status_code == 403
    assert "Forty-five minutes of typing" in reply.text
    back = let_in(stranger, session, assignment)
    stranger.post(back, data=fields(first, text="Forty-five minutes of typing"))
    stranger.post(back, data=fields(first, text="Forty-five minutes of typing"))
    assert cells(session, assignment)[0].draft_number == 1


def test_older_autosave_never_lands_on_a_newer_one(client, session, assignment, page):
    (first, *_) = cells(session, assignment)
    older = fields(first, text="No")
    _autosave(client, page, first, text="No quota.")

    late = client.post(f"{page}/questions/{first.id}/draft", data=older)

    assert late.status_code == 409
    assert late.get_json()["conflict"]["text"] == "No quota."
    assert cells(session, assignment)[0].draft == "No quota."


def test_c08_text_for_a_question_that_was_taken_away_is_kept_as_a_note(
    client, session, assignment, page
):
    (first, *_) = cells(session, assignment)
    typed = fields(first, text="Two hours of work", dissemination="yes")
    first.released_at, first.released_by = TEN_PAST, "Coordinator"
    session.commit()

    reply = client.post(page, data=typed | {"act": "check"}, follow_redirects=True)

    assert reply.status_code == 200
    assert "(Coordinator) took this question back on" in reply.text
    assert "Mon 16 Mar 2026, 12:10" in reply.text
    assert "What you wrote is kept as a note." in reply.text
    assert "Two hours of work" in reply.text
    assert cells(session, assignment)[0].draft == "Two hours of work"
    assert fresh(session).scalars(select(ContributionVersion)).all() == []
    (task,) = session.scalars(select(Task)).all()
    assert (task.kind, task.query_id) == ("late_answer", assignment.query_id)


def test_c08_autosave_sends_the_writer_to_the_page_that_explains(
    client, session, assignment, page
):
    (first, *_) = cells(session, assignment)
    assignment.query.withdrawn_at = TEN_PAST
    session.commit()

    reply = _autosave(client, page, first, text="Still writing")

    assert reply.get_json() == {"note": True, "url": page}
    shown = client.get(page).text
    assert "The country that asked withdrew it on" in shown
    assert "Still writing" in shown


def test_text_over_a_sent_answer_is_refused_and_given_back(
    client, session, assignment, page
):
    (first, *_) = cells(session, assignment)
    opened = fields(first, text="From the old tab")
    first.latest_number = 1
    session.add(
        ContributionVersion(
            contribution=first,
            number=1,
            text="Sent",
            dissemination=Dissemination.YES,
            submitted_at=NOON,
            submitted_by="A",
            due_on=assignment.due_on,
        )
    )
    session.commit()

    reply = client.post(page, data=opened)

    assert reply.status_code == 422
    assert "This answer was already submitted." in reply.text
    assert "From the old tab" in reply.text


def test_history_tells_who_wrote_but_not_each_pause(session, assignment):
    (first, *_) = cells(session, assignment)
    for text in ("N", "No", "No quota"):
        a_draft(session, first, text)
    a_draft(session, first, "No quota.", by=COLLEAGUE)

    events = session.scalars(select(Event).order_by(Event.id)).all()
    assert [(event.kind, event.actor_name) for event in events] == [
        ("draft_saved", FOCAL_POINT.name),
        ("draft_saved", "Colleague"),
    ]
    assert "quota" not in str([event.facts for event in events])


def test_e05_nothing_submits_itself(session, assignment, client, page, clock):
    (first, *_) = cells(session, assignment)
    a_draft(session, first, "Half an")
    clock.now = NOON + timedelta(days=60)

    client.get(page)

    (first, *_) = cells(session, assignment)
    assert (first.latest_number, facts_of(first, assignment.query).has_draft) == (
        0,
        True,
    )
