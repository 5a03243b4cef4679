"""What institutions read when they are asked, let go, or given more time."""

from datetime import date, timedelta

import pytest

from emnnet.jobs.outbox import deliver_outbox
from emnnet.services.due_changes import change_due
from emnnet.services.releasing import release
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.letters import mailbox
from tests.integration.routing_setup import (
    CONTRIBUTES,
    INFORMED,
    LEAD,
    a_partner,
    cells,
    the_assignment,
    the_cell,
    the_holidays,
)

WHO = {"by": COORDINATOR, "now": NOON}


@pytest.fixture
def md(session):
    return a_partner(session, "MD", duty="mandated")


@pytest.fixture
def query(session, md):
    """Two questions led by MD; its invitation was delivered."""
    the_holidays(session, 2026)
    query = a_query(session, questions=2)
    save_routing(session, query, cells(query, q1=[md, LEAD], q2=[md, LEAD]), **WHO)
    send_routing(session, query, {}, **WHO)
    session.commit()
    return query


def the_last_letter(app, session, folder, clock):
    """Its subject, and its words in one line."""
    session.commit()
    clock.now += timedelta(minutes=1)
    deliver_outbox(app)
    session.rollback()
    letter = mailbox(folder)[-1]
    text = letter.get_body(("plain",)).get_content()
    return letter["Subject"].strip(), " ".join(text.split())  # long ones are folded


def test_an_invitation_says_what_by_when_and_why(app, session, query, tmp_path, clock):
    subject, words = the_last_letter(app, session, tmp_path, clock)
    title = f"{query.reference} Family reunification"
    assert subject == f"Please contribute by Thu 2 Apr 2026: {title} [LT-2026-1/1]"
    for part in (
        "Your institution leads on these questions",
        "- Question 2: How does your Member State treat case 2?",
        "The Government has instructed your institution",
        "http://localhost/link/",
    ):
        assert part in words
    assert "10 Apr" not in words  # the reply-by date is nothing to partners


def test_b21_the_clock_starts_when_the_invitation_has_left(
    app, session, query, md, tmp_path, clock
):
    assert the_assignment(session, md).invited_at is None
    clock.now = NOON + timedelta(days=2)
    the_last_letter(app, session, tmp_path, clock)
    assert the_assignment(session, md).invited_at == clock.now


def test_who_is_only_told_reads_that(app, session, query, tmp_path, clock):
    body = a_partner(session, "VSAT")
    save_routing(session, query, cells(query, q2=[body, INFORMED]), **WHO)
    send_routing(session, query, {}, **WHO)
    subject, words = the_last_letter(app, session, tmp_path, clock)
    assert subject.startswith("For information:")
    assert "Your institution need not answer" in words


def test_further_questions_name_only_themselves(app, session, md, tmp_path, clock):
    the_holidays(session, 2026)
    query = a_query(session, questions=2)
    for rows in ({"q1": [md, LEAD]}, {"q2": [md, CONTRIBUTES]}):
        save_routing(session, query, cells(query, **rows), **WHO)
        send_routing(session, query, {}, only_complete=True, **WHO)
        subject, words = the_last_letter(app, session, tmp_path, clock)
    assert subject.startswith("Further questions, answer by Thu 2 Apr 2026:")
    assert ("Question 2:" in words, "Question 1:" in words) == (True, False)


@pytest.mark.parametrize(
    ("acknowledged_at", "words"),
    [
        pytest.param(None, "We withdraw question 2", id="d06 before acceptance"),
        pytest.param(NOON, "Thank you for taking on question 2", id="d06 after it"),
    ],
)
def test_a_release_says_which_question_and_why(
    app, session, query, md, tmp_path, clock, acknowledged_at, words
):
    the_last_letter(app, session, tmp_path, clock)
    the_assignment(session, md).acknowledged_at = acknowledged_at
    release(session, [the_cell(session, md, "2")], "Another body decides this.", **WHO)
    subject, text = the_last_letter(app, session, tmp_path, clock)
    assert subject.startswith("No longer asked of you:")
    for part in (words, "> Another body decides this.", "1 other question"):
        assert part in text


def test_a18_more_time_is_told_with_the_new_date(
    app, session, query, md, tmp_path, clock
):
    the_last_letter(app, session, tmp_path, clock)
    day = date(2026, 4, 3)
    change_due(session, the_assignment(session, md), day, "The expert is ill.", **WHO)
    subject, text = the_last_letter(app, session, tmp_path, clock)
    assert subject.startswith("New date Fri 3 Apr 2026:")
    assert "Still open: questions 1, 2." in text
