"""The workbench as it is shown: answers, what is missing, what changed."""

from datetime import timedelta

import pytest

from emnnet.domain.contributing import Refusal
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.roles import Role
from emnnet.models.contribution import LateChoice
from emnnet.services.contributions import decline
from emnnet.services.drafts import save_draft
from tests.builders import a_query
from tests.conftest import NOON
from tests.integration.bench_setup import (
    CONTRIBUTES,
    FOCAL_POINT,
    NO,
    a_whole_text,
    an_answer,
    asked,
    cell,
    cleared,
    decided,
    own,
    returned,
    taken,
    the_response,
)

SECRET = "half a sentence that nobody has sent"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


def bench(query, **view):
    view = "&".join(f"{name}={value}" for name, value in view.items())
    return f"/desk/queries/{query.id}/workbench?{view}"


def text_of(reply):
    """The words of a page, blanks as one."""
    return " ".join(reply.text.split())


@pytest.mark.parametrize(("bodies", "questions"), [(1, 1), (5, 10)])
def test_six_statements_for_one_cell_and_for_fifty(
    session, coordinator, statements, bodies, questions
):
    query = a_query(session, questions=questions)
    for n in range(bodies):
        role = {} if n == 0 else {"role": CONTRIBUTES}
        assignment = asked(session, f"B{n}", query, **role)
        version = an_answer(session, assignment, f"One of {n}.\n\nTwo of {n}.")
        taken(session, version, 0)
    page = bench(query)
    with statements("SELECT") as seen:
        reply = coordinator.get(page)
    assert (reply.status_code, len(seen)) == (200, 6)


def test_a_query_without_questions_says_what_to_do(session, coordinator):
    reply = coordinator.get(bench(a_query(session, questions=0)))
    assert (reply.status_code, "No questions yet" in reply.text) == (200, True)


def test_a_deleted_query_has_no_workbench(session, coordinator):
    query = a_query(session, deleted_at=NOON)
    assert coordinator.get(bench(query)).status_code == 404


def test_e05_the_office_sees_that_a_draft_exists_and_how_far_it_is_not_its_text(
    session, coordinator
):
    query = a_query(session, questions=5)
    assignment = asked(session, "SADM", query)
    for label in ("1", "2", "3"):
        one = cell(session, assignment, label)
        save_draft(session, one, SECRET, seen=0, by=FOCAL_POINT, now=NOON)
    session.commit()

    page = coordinator.get(bench(query))

    assert "draft exists, 60 % (3 of 5 questions)" in text_of(page)
    assert SECRET not in page.text


def test_f10_consolidation_begins_before_all_are_in(session, coordinator):
    query = a_query(session)
    first = asked(session, "MD", query)
    late = asked(session, "VDI", query, CONTRIBUTES)
    asked(session, "UT", query, CONTRIBUTES)
    taken(session, an_answer(session, first, "The first."))

    page = text_of(coordinator.get(bench(query)))
    assert "The first." in page
    assert "0 of 1 question complete" in page
    missing = page[page.index("Missing") :].split("</section>")[0]
    assert [name in missing for name in ("VDI", "UT", "MD")] == [True, True, False]

    an_answer(session, late, "Came later.")
    unused = text_of(coordinator.get(bench(query, show="unused")))
    assert "Not yet used 1" in unused
    assert "Came later." in unused


def test_a_refusal_stands_with_its_reason_and_whom_to_ask(session, coordinator):
    query = a_query(session)
    assignment = asked(session, "VU", query)
    refusal = Refusal(
        DeclineReason.NOT_COMPETENT, "We teach.", suggested_other="Ministry of X"
    )
    about = {"by": FOCAL_POINT, "now": NOON}
    decline(session, cell(session, assignment), refusal, **about)
    session.commit()
    page = text_of(coordinator.get(bench(query)))
    for words in ("not their competence", "We teach.", "suggests: Ministry of X"):
        assert words in page


def test_an_answer_shows_its_version_and_how_far_it_may_travel(session, coordinator):
    query = a_query(session)
    assignment = asked(session, "MD", query)
    an_answer(session, assignment, "Text.", NO, now=NOON + timedelta(days=30))
    page = text_of(coordinator.get(bench(query)))
    late, closed = ">late by 15 days<", "wider dissemination: no"
    for words in ("version 1", closed, late, "to read"):
        assert words in page


def test_f11_a_corrected_source_marks_its_paragraph_and_shows_the_difference(
    session, coordinator
):
    query = a_query(session)
    assignment = asked(session, "MD", query)
    taken(session, an_answer(session, assignment, "It takes six months."))
    returned(session, assignment)
    an_answer(session, assignment, "It takes nine months.", now=NOON + MINUTE)

    page = text_of(coordinator.get(bench(query)))

    assert "Source changed: MD has sent version 2" in page
    assert "</span>six </del>" in page
    assert "</span>nine </ins>" in page
    assert "corrects 1" in page
    assert "1 source changed" in page


def test_the_new_version_lost_the_paragraph(session, coordinator):
    query = a_query(session)
    assignment = asked(session, "MD", query)
    taken(session, an_answer(session, assignment, "It takes six months."))
    returned(session, assignment)
    an_answer(session, assignment, "No data.", now=NOON + MINUTE)
    page = text_of(coordinator.get(bench(query)))
    assert "It no longer has this paragraph, nor one like it." in page
    assert "Take the new wording" not in page


def test_e10_a_late_answer_waits_for_a_choice_and_changes_nothing(
    session, coordinator, clock
):
    query = a_whole_text(session)
    late = asked(session, "VDI", query, CONTRIBUTES)
    clearance = cleared(session, query)
    clock.now = NOON + timedelta(days=30)
    version = an_answer(session, late, "Too late, but true.", now=clock.now)

    page = text_of(coordinator.get(bench(query)))
    assert "It came when the national text was fixed" in page
    assert [one.text for one in the_response(session, query).paragraphs] == [
        "Answer to question 1."
    ]

    question_id = query.questions[0].id
    url = f"/desk/queries/{query.id}/workbench/questions/{question_id}"
    path = f"{url}/versions/{version.id}/late"
    reply = coordinator.post(path, data={"choice": "annex"})
    assert reply.status_code == 303
    session.rollback()
    assert version.late_choice is LateChoice.ANNEX
    after = text_of(coordinator.get(bench(query)))
    assert "It came when" not in after
    assert ("late by" in after, "annex" in after) == (True, True)
    assert len(the_response(session, query).paragraphs) == 1
    assert clearance.outcome == "approved"


def test_h08_script_in_an_answer_is_shown_as_text(session, coordinator):
    query = a_query(session)
    assignment = asked(session, "MD", query)
    text = "<script>alert(1)</script> [press](javascript:alert(2))\n\n" + "a" * 200_000
    taken(session, an_answer(session, assignment, text))
    page = coordinator.get(bench(query))
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert 'href="javascript' not in page.text


def test_a_decision_that_a_source_overtook_is_asked_for_anew(session, coordinator):
    query = a_query(session)
    assignment = asked(session, "MD", query)
    taken(session, an_answer(session, assignment, "Open."))
    decided(session, query)
    assert ">complete<" in coordinator.get(bench(query)).text.replace("\n", "")
    returned(session, assignment)
    an_answer(session, assignment, "Open.", NO, now=NOON + MINUTE)
    page = text_of(coordinator.get(bench(query)))
    assert "decide anew" in page
    assert "It now says: wider dissemination: no." in page


def test_an_approver_reads_and_cannot_write(session, signed_in):
    query = a_query(session)
    taken(session, an_answer(session, asked(session, "MD", query)))
    own(session, query, "Ours.")
    client = signed_in(Role.APPROVER)
    page = client.get(bench(query))
    assert page.status_code == 200
    assert 'method="post"' not in page.text.split("<main")[1]
    url = f"/desk/queries/{query.id}/workbench/questions/{query.questions[0].id}"
    reply = client.post(f"{url}/paragraphs", data={"own-text": "No."})
    assert reply.status_code == 403


@pytest.mark.parametrize("role", [Role.CONTACT, Role.READER])
def test_nobody_outside_the_office_opens_it(session, signed_in, role):
    query = a_query(session)
    assert signed_in(role).get(bench(query)).status_code == 403
