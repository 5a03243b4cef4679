"""The pages of an institution: what they show, what they never show, what they cost."""

from datetime import date, timedelta

import pytest

from emnnet.domain.contributing import Refusal
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.roles import Role
from emnnet.services.contributions import decline, submit
from tests.builders import a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import (
    FOCAL_POINT,
    a_draft,
    cells,
    fields,
    let_in,
)


@pytest.fixture
def assignment(session):
    return an_assignment(session, query=a_query(session, questions=3))


@pytest.fixture
def page(client, session, assignment):
    return let_in(client, session, assignment)


def _main(reply):
    return reply.text.partition("<main")[2].partition("</main>")[0]


def test_institution_sees_its_own_day_and_never_the_outer_one(
    client, session, assignment, page
):
    assert assignment.query.reply_by == date(2026, 4, 10)

    shown = [client.get(path).text for path in (page, "/contributions")]

    assert all("Tue 31 Mar 2026" in text for text in shown)
    for text in shown:
        assert "10 Apr 2026" not in text
        assert "2026-04-10" not in text


def test_institution_never_sees_another_ones_text(client, session, assignment, page):
    other = an_assignment(session, query=assignment.query, role="contributes")
    (theirs, *_) = cells(session, other)
    a_draft(session, theirs, "A secret of theirs")
    submit(session, other, [theirs], by=FOCAL_POINT, now=NOON)
    session.commit()

    assert "A secret of theirs" not in client.get(page).text
    path = f"{page}/questions/{theirs.id}/preview"
    assert client.post(path, data=fields(theirs)).status_code == 404


@pytest.mark.parametrize(
    ("now", "says"),
    [
        pytest.param("2026-03-16T10:00", "in 15 days", id="far"),
        pytest.param("2026-03-31T20:59", "due today", id="one minute left"),
        pytest.param("2026-03-31T21:01", "1 day late", id="over at midnight"),
    ],
)
def test_a10_day_is_over_at_midnight_of_the_office(
    client, session, clock, page, now, says
):
    clock.now = NOON.fromisoformat(f"{now}+00:00")

    assert says in _main(client.get(page))


def test_h08_script_in_an_answer_is_shown_as_text(client, session, assignment, page):
    (first, *_) = cells(session, assignment)
    text = "<script>alert(1)</script> [link](javascript:alert(1)) " + "x" * 200_000
    a_draft(session, first, text)
    submit(session, assignment, [first], by=FOCAL_POINT, now=NOON)
    session.commit()

    pages = [client.get(page).text, client.get(f"{page}/receipt").text]

    for shown in pages:
        assert "<script>alert" not in shown
        assert 'href="javascript:' not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_earlier_answers_to_like_questions_are_offered(client, session):
    institution = an_institution(session)
    old = a_query(session, year=2023)
    old.questions[0].text = "Is there a quota for seasonal workers in agriculture?"
    said = an_assignment(session, query=old, institution=institution)
    (cell,) = cells(session, said)
    a_draft(session, cell, "No quota since 2015.")
    submit(session, said, [cell], by=FOCAL_POINT, now=NOON - timedelta(days=900))
    query = a_query(session, questions=2)
    query.questions[0].text = "Does a quota for seasonal workers in agriculture apply?"
    query.questions[1].text = "Which statelessness procedure exists?"
    session.commit()

    page = let_in(
        client, session, an_assignment(session, query=query, institution=institution)
    )

    shown = client.get(page).text
    assert shown.count("Your institution said in 2023 …") == 1
    assert "No quota since 2015." in shown


@pytest.mark.parametrize("questions", [1, 50])
@pytest.mark.parametrize("by_link", [True, False], ids=["link", "account"])
def test_page_costs_the_same_for_any_number_of_questions(
    client, session, signed_in, statements, questions, by_link
):
    assignment = an_assignment(session, query=a_query(session, questions=questions))
    visitor, page = client, f"/contributions/{assignment.id}"
    if by_link:
        let_in(client, session, assignment)
    else:
        user = a_user(session, Role.CONTACT, institution_id=assignment.institution_id)
        visitor = signed_in(user)
    for cell in cells(session, assignment)[::2]:
        a_draft(session, cell)
    decline_one = cells(session, assignment)[-1]
    if questions > 1:
        refusal = Refusal(
            DeclineReason.NOT_COMPETENT, "No.", assignment.institution_id, ""
        )
        decline(session, decline_one, refusal, by=FOCAL_POINT, now=NOON)
    session.commit()

    with statements("SELECT") as seen:
        assert visitor.get(page).status_code == 200

    assert len(seen) == (3 if by_link else 4)


@pytest.mark.parametrize("assignments", [1, 20])
def test_list_costs_the_same_for_any_number_of_queries(
    session, signed_in, statements, assignments
):
    institution = an_institution(session)
    for _ in range(assignments):
        an_assignment(session, institution=institution)
    visitor = signed_in(a_user(session, Role.CONTACT, institution_id=institution.id))

    with statements("SELECT") as seen:
        assert visitor.get("/contributions").status_code == 200

    assert len(seen) == 2
