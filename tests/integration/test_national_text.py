"""Writing the national text by the forms of the workbench."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.response_text import text_mark
from emnnet.domain.roles import Role
from emnnet.models.national_response import Paragraph
from emnnet.services.responses import change_paragraph
from tests.builders import a_query, a_user
from tests.conftest import NOON
from tests.integration.bench_setup import (
    ASK,
    CONTRIBUTES,
    NO,
    YES,
    a_whole_text,
    an_answer,
    as_actor,
    asked,
    cleared,
    decided,
    kinds,
    own,
    returned,
    taken,
    the_response,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def query(session):
    return a_query(session)


def base(query):
    question_id = query.questions[0].id
    return f"/desk/queries/{query.id}/workbench/questions/{question_id}"


def texts(session):
    """The national text to the only question there is, in order."""
    session.rollback()
    rows = select(Paragraph.text).order_by(Paragraph.position)
    return list(session.scalars(rows))


def test_a_paragraph_is_inserted_with_its_source(session, coordinator, query):
    version = an_answer(session, asked(session, "MD", query), "One.\n\nTwo.\n\nThree.")
    data = {"version": version.id, "piece": 1}
    reply = coordinator.post(f"{base(query)}/taken", data=data)
    assert reply.status_code == 303
    source = the_response(session, query).paragraphs[0].sources[0]
    assert texts(session) == ["Two."]
    assert (source.contribution_version_id, source.quote) == (version.id, "Two.")
    assert kinds(session, query)[-1] == "response_changed"


def test_all_that_is_not_yet_used_is_inserted_at_once(session, coordinator, query):
    version = an_answer(session, asked(session, "MD", query), "One.\n\nTwo.\n\nThree.")
    taken(session, version, 1)
    coordinator.post(f"{base(query)}/taken", data={"version": version.id})
    assert texts(session) == ["Two.", "One.", "Three."]


def test_the_same_paragraph_is_not_inserted_twice(session, coordinator, query):
    version = an_answer(session, asked(session, "MD", query), "One.")
    taken(session, version, 0)
    data = {"version": version.id, "piece": 0}
    reply = coordinator.post(f"{base(query)}/taken", data=data)
    assert reply.status_code == 409
    assert "stands in the national text already" in reply.text
    assert texts(session) == ["One."]


def test_an_answer_that_went_back_gives_no_paragraph(session, coordinator, query):
    assignment = asked(session, "MD", query)
    version = an_answer(session, assignment, "One.")
    returned(session, assignment)
    data = {"version": version.id, "piece": 0}
    reply = coordinator.post(f"{base(query)}/taken", data=data)
    assert (reply.status_code, texts(session)) == (409, [])


def test_an_answer_to_another_query_is_not_found(session, coordinator, query):
    other = a_query(session)
    version = an_answer(session, asked(session, "MD", other))
    reply = coordinator.post(f"{base(query)}/taken", data={"version": version.id})
    assert (reply.status_code, texts(session)) == (404, [])


def test_a_paragraph_of_our_own(session, coordinator, query):
    reply = coordinator.post(f"{base(query)}/paragraphs", data={"own-text": " Ours. "})
    assert (reply.status_code, texts(session)) == (303, ["Ours."])


def test_a_preview_saves_nothing(session, coordinator, query):
    data = {"own-text": "**Ours.**", "act": "preview"}
    reply = coordinator.post(f"{base(query)}/paragraphs", data=data)
    assert (reply.status_code, texts(session)) == (200, [])
    assert "<strong>Ours.</strong>" in reply.text


def test_an_empty_paragraph_says_what_to_do(session, coordinator, query):
    reply = coordinator.post(f"{base(query)}/paragraphs", data={"own-text": "  "})
    assert (reply.status_code, "Write a text." in reply.text) == (422, True)


def test_a_changed_wording_keeps_its_source(session, coordinator, query):
    row = taken(session, an_answer(session, asked(session, "MD", query), "One."))[0]
    data = {"text": "The one.", "seen": text_mark("One.")}
    coordinator.post(f"{base(query)}/paragraphs/{row.id}", data=data)
    assert texts(session) == ["The one."]
    assert len(the_response(session, query).paragraphs[0].sources) == 1


def test_two_editors_never_overwrite_each_other(session, coordinator, query):
    row = own(session, query, "As it was.")
    seen = text_mark("As it was.")
    about = {"seen": seen, "by": as_actor(a_user(session)), "now": NOON}
    change_paragraph(session, row, "What the first wrote.", **about)
    session.commit()

    url = f"{base(query)}/paragraphs/{row.id}"
    reply = coordinator.post(url, data={"text": "What I wrote.", "seen": seen})

    assert reply.status_code == 409
    assert "What the first wrote." in reply.text
    assert "What I wrote." in reply.text
    assert texts(session) == ["What the first wrote."]
    now_seen = text_mark("What the first wrote.")
    assert f'value="{now_seen}"' in reply.text
    data = {"text": "What I wrote.", "seen": now_seen, "act": "both"}
    assert coordinator.post(url, data=data).status_code == 303
    assert texts(session) == ["What the first wrote.\n\nWhat I wrote."]


def test_moving_a_paragraph_disturbs_nobody_who_edits_it(session, coordinator, query):
    first, _second = own(session, query, "First."), own(session, query, "Second.")
    url = f"{base(query)}/paragraphs/{first.id}"
    assert coordinator.post(f"{url}/place", data={"step": "down"}).status_code == 303
    assert texts(session) == ["Second.", "First."]
    data = {"text": "The first.", "seen": text_mark("First.")}
    assert coordinator.post(url, data=data).status_code == 303
    assert texts(session) == ["Second.", "The first."]


def test_a_deleted_paragraph_is_not_yet_used_again(session, coordinator, query):
    row = taken(session, an_answer(session, asked(session, "MD", query), "One."))[0]
    url = f"{base(query)}/paragraphs/{row.id}/deletion"
    assert coordinator.post(url, data={"seen": "something else"}).status_code == 409
    assert texts(session) == ["One."]
    assert coordinator.post(url, data={"seen": text_mark("One.")}).status_code == 303
    assert texts(session) == []
    page = coordinator.get(f"/desk/queries/{query.id}/workbench?show=unused")
    assert "Not yet used 1" in page.text


def test_what_was_typed_into_a_deleted_paragraph_is_given_back(
    session, coordinator, query
):
    row = own(session, query, "One.")
    url = f"{base(query)}/paragraphs/{row.id}"
    coordinator.post(f"{url}/deletion", data={"seen": text_mark("One.")})
    data = {"text": "Typed for an hour.", "seen": text_mark("One.")}
    reply = coordinator.post(url, data=data)
    assert (reply.status_code, "Typed for an hour." in reply.text) == (409, True)


@pytest.mark.parametrize(
    ("choice", "expected", "number"),
    [("take", "Nine months.", 2), ("keep", "Six months.", 1)],
)
def test_f11_somebody_decides_about_a_corrected_source(
    session, coordinator, query, choice, expected, number
):
    assignment = asked(session, "MD", query)
    row = taken(session, an_answer(session, assignment, "Six months."))[0]
    returned(session, assignment)
    an_answer(session, assignment, "Nine months.", now=NOON + MINUTE)
    source_id = row.sources[0].id
    data = {
        "choice": choice,
        "newest": 2,
        "piece": 0,
        "seen": text_mark("Six months."),
    }
    url = f"{base(query)}/paragraphs/{row.id}/sources/{source_id}"
    assert coordinator.post(url, data=data).status_code == 303
    source = the_response(session, query).paragraphs[0].sources[0]
    assert texts(session) == [expected]
    assert (source.contribution_version.number, source.seen_number) == (number, 2)
    page = coordinator.get(f"/desk/queries/{query.id}/workbench").text
    assert "Source changed" not in page
    assert ("our wording kept in 1" in page) == (choice == "keep")


def test_a_choice_about_an_older_version_is_refused(session, coordinator, query):
    assignment = asked(session, "MD", query)
    row = taken(session, an_answer(session, assignment, "Six months."))[0]
    for minute in (1, 2):
        returned(session, assignment)
        text = f"{minute + 6} months."
        an_answer(session, assignment, text, now=NOON + minute * MINUTE)
    url = f"{base(query)}/paragraphs/{row.id}/sources/{row.sources[0].id}"
    reply = coordinator.post(url, data={"choice": "keep", "newest": 2})
    assert reply.status_code == 409
    assert "Version 3 has arrived. Look at the difference." in reply.text


def decide(client, query, dissemination, reason=""):
    data = {"dissemination": dissemination, "reason": reason}
    return client.post(f"{base(query)}/dissemination", data=data)


def test_the_strictest_source_is_proposed(session, coordinator, query):
    for short, says in (("MD", YES), ("VDI", NO), ("UT", ASK)):
        role = {} if short == "MD" else {"role": CONTRIBUTES}
        assignment = asked(session, short, query, **role)
        taken(session, an_answer(session, assignment, f"{short} says.", says))
    page = coordinator.get(f"/desk/queries/{query.id}/workbench").text
    assert "Proposed: no. The strictest source decides: VDI." in page


def test_stricter_needs_no_reason_and_looser_needs_one(session, coordinator, query):
    taken(session, an_answer(session, asked(session, "MD", query), "One.", NO))
    refused = decide(coordinator, query, "yes")
    assert refused.status_code == 422
    assert "Say why it may be disseminated more widely." in refused.text
    assert decide(coordinator, query, "no").status_code == 303
    assert decide(coordinator, query, "yes", "They agreed by phone.").status_code == 303
    response = the_response(session, query)
    assert response.dissemination is YES
    assert response.dissemination_reason == "They agreed by phone."


def test_a_decision_falls_when_a_stricter_source_is_inserted(session, query):
    assignment = asked(session, "MD", query)
    taken(session, an_answer(session, assignment, "Open.", YES))
    decided(session, query, YES)
    other = asked(session, "VDI", query, CONTRIBUTES)
    taken(session, an_answer(session, other, "Closed.", NO))
    assert the_response(session, query).dissemination is None


def test_a_decision_with_a_reason_falls_too_when_its_own_text_gets_a_closed_source(
    session, query
):
    own(session, query, "Ours.")
    decided(session, query, YES, "Our own words.")
    taken(session, an_answer(session, asked(session, "MD", query), "Closed.", NO))
    assert the_response(session, query).dissemination is None


def test_a_decision_with_a_reason_stays_with_another_source_as_strict(session, query):
    taken(session, an_answer(session, asked(session, "MD", query), "A.", NO))
    decided(session, query, YES, "They agreed.")
    other = asked(session, "VDI", query, CONTRIBUTES)
    taken(session, an_answer(session, other, "B.", NO))
    assert the_response(session, query).dissemination is YES


def test_a_text_that_was_sent_is_not_changed(session, coordinator):
    query = a_whole_text(session)
    cleared(session, query)
    query.sent_on = NOON.date()
    session.commit()
    reply = coordinator.post(f"{base(query)}/paragraphs", data={"own-text": "More."})
    assert reply.status_code == 409
    assert "The national response is fixed: it was sent." in reply.text
    assert texts(session) == ["Answer to question 1."]
