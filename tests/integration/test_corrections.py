"""A question that is corrected while institutions have it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from emnnet.domain.contributing import Refusal
from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.event import Event
from emnnet.models.query import Query
from emnnet.models.question import FormerQuestion
from emnnet.selectors.chases import open_chases
from emnnet.selectors.contributions import cells_of
from emnnet.services.confirmations import confirm_answer, reopen_answer
from emnnet.services.contributions import decline
from emnnet.services.outbox import mark_sent
from emnnet.services.query_changes import change_query
from tests.builders import COORDINATOR, a_query, a_user, an_assignment
from tests.conftest import NOON
from tests.integration.answering import send
from tests.integration.partners import FOCAL_POINT, a_draft, cells, fresh, let_in
from tests.integration.routing_setup import the_holidays
from tests.integration.test_clock_stops import at, mails
from tests.integration.test_intake_pages import typed
from tests.integration.test_query_changes import as_draft

TUESDAY = date(2026, 3, 17)
WHO = {"by": COORDINATOR, "now": at(TUESDAY)}
OLD, NEW = "How many permits in 2024?", "How many residence permits in 2025?"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def query(session):
    the_holidays(session, 2026)
    a_user(session)
    query = a_query(session, questions=3, routed_at=NOON)
    query.questions[1].text = OLD
    session.commit()
    return query


@pytest.fixture
def nine(session, query):
    """Question 2 is answered by three, in draft at two, not begun by four."""
    asked = []
    for place in range(9):
        role = "contributes" if place else "lead"
        asked.append(an_assignment(session, query=query, role=role, invited_at=NOON))
    for assignment in asked[:5]:
        a_draft(session, cells(session, assignment)[1])
    for assignment in asked[:2]:
        send(session, assignment, [cells(session, assignment)[1]])
    refusal = Refusal(DeclineReason.NO_DATA)
    third = cells(session, asked[2])[1]
    decline(session, third, refusal, by=FOCAL_POINT, now=NOON)
    session.commit()
    return [session.get_one(Assignment, one.id) for one in asked]


def correct(session, query, text=NEW, due_on=None):
    texts = list(as_draft(query).questions)
    texts[1] = replace(texts[1], text=text)
    draft = replace(as_draft(query), questions=tuple(texts))
    version = query.version
    change_query(session, query, draft, version=version, due_on=due_on, **WHO)
    session.commit()


def second(session, assignment):
    return cells_of(session, assignment)[1]


def test_g03_three_confirm_two_see_the_difference_four_get_the_new_text(
    session, query, nine
):
    correct(session, query)

    told = mails(session, MailKind.QUESTION_CORRECTED)
    assert [mail.assignment_id for mail in told] == [one.id for one in nine]
    stands = [mail.facts["corrected"][0]["stands"] for mail in told]
    assert stands == ["answered"] * 3 + ["draft"] * 2 + ["open"] * 4
    assert {len(mail.facts["corrected"]) for mail in told} == {1}
    one = told[0].facts["corrected"][0]
    assert one["before"] == "How many permits in [2024]?"
    assert one["after"] == "How many *residence* permits in *2025*?"
    assert told[-1].facts["corrected"][0]["before"] == ""
    seen = [second(session, one) for one in nine]
    assert [cell.is_unconfirmed for cell in seen] == [True] * 3 + [False] * 6
    assert [cell.before for cell in seen] == [OLD] * 5 + [None] * 4
    first, third = cells_of(session, nine[0])[::2]
    assert (first.before, third.before) == (None, None)
    assert session.scalars(select(FormerQuestion.text)).one() == OLD


def test_b04_a_correction_alone_starts_no_clock(session, query, nine):
    before = {one.id: one.due_on for one in nine}
    correct(session, query)
    assert {one.id: one.due_on for one in nine} == before
    assert {one.clock_start for one in nine} == {1}
    for mail in mails(session, MailKind.QUESTION_CORRECTED):
        mark_sent(mail, subject="s", body="b", now=at(TUESDAY))
    session.commit()
    chases = [one.chase for one in open_chases(session, TUESDAY)]
    assert {one.clock_start for one in chases} == {1}
    assert {one.clock_started_on for one in chases} == {NOON.date()}


def test_b04_with_a_new_date_the_clock_of_that_question_starts_anew(
    session, query, nine
):
    later = date(2026, 4, 2)
    correct(session, query, due_on=later)

    assert len(mails(session, MailKind.QUESTION_CLARIFIED)) == 6
    assert len(mails(session, MailKind.QUESTION_CORRECTED)) == 3
    days = [second(session, one).contribution.due_on for one in nine]
    assert days == [None] * 3 + [later] * 6
    chases = open_chases(session, TUESDAY)
    own = [one.chase for one in chases if one.chase.due_on == later]
    assert {one.clock_start for one in own} == {2}
    with pytest.raises(DomainError, match="in the past"):
        correct(session, query, OLD, due_on=date(2026, 3, 2))


def test_g03_an_answer_is_confirmed_once(session, query, nine):
    correct(session, query)
    mine = second(session, nine[0]).contribution
    confirm_answer(session, mine, by=FOCAL_POINT, now=at(TUESDAY))
    session.commit()

    assert second(session, nine[0]).is_unconfirmed is False
    kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds[-1] == "answer_confirmed"
    with pytest.raises(IllegalAction, match="nothing to confirm"):
        confirm_answer(session, mine, by=FOCAL_POINT, now=at(TUESDAY))
    open_one = second(session, nine[8]).contribution
    with pytest.raises(IllegalAction):
        confirm_answer(session, open_one, by=FOCAL_POINT, now=at(TUESDAY))


@pytest.mark.parametrize("which", [0, 2], ids=["an answer", "a refusal"])
def test_g03_an_answer_is_changed_and_answers_the_new_wording(
    session, query, nine, which
):
    correct(session, query)
    mine = second(session, nine[which]).contribution
    reopen_answer(session, mine, by=FOCAL_POINT, now=at(TUESDAY))
    session.commit()
    assert second(session, nine[which]).status == "returned"
    send(session, nine[which], [cells(session, nine[which])[1]])
    assert second(session, nine[which]).before is None


def test_g03_corrected_twice_the_difference_is_from_what_was_answered(
    session, query, nine
):
    correct(session, query, "How many visas?")
    correct(session, query)
    assert [second(session, nine[0]).before, second(session, nine[8]).before] == [
        OLD,
        None,
    ]


def test_g03_who_was_not_invited_yet_reads_the_new_text_in_the_invitation(
    session, query
):
    waiting = an_assignment(session, query=query)
    correct(session, query)
    assert mails(session, MailKind.QUESTION_CORRECTED) == []
    assert second(session, waiting).before is None


def test_g03_the_coordinator_looks_at_the_difference_before_it_is_saved(
    session, query, nine, signed_in
):
    coordinator = signed_in(Role.COORDINATOR)
    url = f"/desk/queries/{query.id}/change"
    fields = typed(coordinator.get(url).text) | {"questions-1-text": NEW}

    shown = coordinator.post(url, data=fields)

    assert shown.status_code == 200
    assert "<del>2024</del>" in shown.text
    assert "reads the new text only" in words(shown.text)
    assert "Save and tell 9 institutions" in words(shown.text)
    assert fresh(session).get_one(Query, query.id).questions[1].text == OLD
    wrong = typed(shown.text) | {"new_date": "2.3.2026"}
    again = coordinator.post(url, data=wrong)
    assert again.status_code == 409
    assert "in the past" in words(again.text)

    saved = coordinator.post(url, data=typed(again.text) | {"new_date": ""})
    assert saved.status_code == 303
    assert fresh(session).get_one(Query, query.id).questions[1].text == NEW
    page = words(coordinator.get(f"/desk/queries/{query.id}").text)
    assert "asked to confirm: question 2" in page


def test_g03_the_partner_confirms_with_one_button(
    session, query, nine, client, signed_in
):
    correct(session, query)
    page = let_in(client, session, nine[0])
    shown = client.get(page).text
    assert "<ins>residence </ins>" in shown
    mine = cells(session, nine[0])[1]
    coordinator = signed_in(Role.COORDINATOR)
    bench = f"/desk/queries/{query.id}/workbench?question={mine.question_id}"
    assert coordinator.get(bench).text.count("Answered to the old wording") == 2

    client.post(f"{page}/questions/{mine.id}/confirm")

    assert "please confirm" not in words(client.get(page).text)
    assert coordinator.get(bench).text.count("Answered to the old wording") == 1


def test_the_partner_asks_for_more_time_and_sees_the_stopped_clock(
    session, query, nine, client
):
    page = let_in(client, session, nine[8])
    late = {"more-wanted_on": "1.3.2026", "more-why": "Ill."}
    wrong = client.post(f"{page}/more-time", data=late)
    assert "Choose a later day" in words(wrong.text)
    good = late | {"more-wanted_on": "9.4.2026"}
    assert client.post(f"{page}/more-time", data=good).status_code == 303
    assert "You asked for time until Thu 9 Apr 2026" in words(client.get(page).text)
