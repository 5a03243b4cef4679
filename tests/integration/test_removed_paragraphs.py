"""What is taken out of the national text can be put back; what did not change is not
asked about."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Dissemination
from emnnet.domain.errors import IllegalAction
from emnnet.domain.response_text import text_mark
from emnnet.domain.roles import Role
from emnnet.models.national_response import Paragraph
from emnnet.models.removed_paragraph import RemovedParagraph
from emnnet.selectors.national_texts import question_texts
from emnnet.services.contributions import submit
from emnnet.services.removed_paragraphs import delete_paragraph, restore_paragraph
from emnnet.services.responses import add_paragraph, check_source
from emnnet.services.reviewing import return_contribution
from emnnet.services.taking_over import take_over
from tests.builders import COORDINATOR, a_query, an_assignment
from tests.conftest import NOON
from tests.integration.partners import FOCAL_POINT, a_draft, cells, fresh

WHO = {"by": COORDINATOR, "now": NOON}
SOON = NOON.date() + timedelta(days=2)
ONE, TWO, THREE = "The first rule holds.", "A quota of 100 applies.", "Nothing else."


@pytest.fixture
def assignment(session):
    return an_assignment(session, query=a_query(session))


def send(session, assignment, *texts, dissemination=Dissemination.YES):
    """A version with these paragraphs; what was sent before is returned first."""
    (cell,) = cells(session, assignment)
    if cell.latest_number:
        seen = cell.latest_number
        return_contribution(session, cell, "Look.", SOON, seen=seen, **WHO)
    a_draft(session, cell, "\n\n".join(texts), dissemination)
    (cell,) = cells(session, assignment)
    sent = submit(session, assignment, [cell], by=FOCAL_POINT, now=NOON)
    session.commit()
    return sent.versions[0]


def taken(session, assignment, *texts):
    version = send(session, assignment, *texts)
    question = version.contribution.question
    rows = take_over(session, question, version, **WHO)
    session.commit()
    return rows


def asked_about(session, assignment) -> list[str]:
    """The paragraphs whose source is said to have changed."""
    (text,) = question_texts(fresh(session), assignment.query_id)
    return [one.row.text for one in text.paragraphs if one.changed_sources]


def test_only_the_paragraph_that_changed_is_asked_about(session, assignment):
    taken(session, assignment, ONE, TWO, THREE)
    send(session, assignment, ONE, "A quota of 200 applies.", THREE)
    assert asked_about(session, assignment) == [TWO]


def test_a_paragraph_that_moved_is_not_asked_about(session, assignment):
    taken(session, assignment, ONE, TWO)
    send(session, assignment, TWO, "A new one stands between.", ONE)
    assert asked_about(session, assignment) == []


def test_a_paragraph_that_is_gone_is_asked_about(session, assignment):
    taken(session, assignment, ONE, TWO)
    send(session, assignment, ONE)
    assert asked_about(session, assignment) == [TWO]


def test_what_was_looked_at_once_is_not_asked_about_again(session, assignment):
    rows = taken(session, assignment, ONE, TWO)
    send(session, assignment, ONE, "A quota of 200 applies.")
    source = rows[1].sources[0]
    check_source(session, rows[1], source.id, newest=2, **WHO)
    session.commit()
    send(session, assignment, "The first rule is new.", "A quota of 200 applies.")
    assert asked_about(session, assignment) == [ONE]


def test_a_stricter_word_on_dissemination_asks_about_all(session, assignment):
    taken(session, assignment, ONE, TWO)
    send(session, assignment, ONE, TWO, dissemination=Dissemination.NO)
    assert asked_about(session, assignment) == [ONE, TWO]


def texts(session) -> list[str]:
    rows = fresh(session).scalars(select(Paragraph).order_by(Paragraph.position))
    return [row.text for row in rows]


def test_a_deleted_paragraph_comes_back_with_place_and_source(session, assignment):
    rows = taken(session, assignment, ONE, TWO, THREE)
    before = rows[1].sources[0].quote
    removed = delete_paragraph(session, rows[1], seen=text_mark(TWO), **WHO)
    session.commit()
    assert texts(session) == [ONE, THREE]
    paragraph = restore_paragraph(session, removed, **WHO)
    session.commit()
    assert texts(session) == [ONE, TWO, THREE]
    assert [source.quote for source in paragraph.sources] == [before]
    with pytest.raises(IllegalAction, match="put back already"):
        restore_paragraph(session, removed, **WHO)


def test_undo_stands_on_the_page_and_in_the_list(session, assignment, signed_in):
    question = assignment.query.questions[0]
    row = add_paragraph(session, question, "Our own words.", **WHO)
    session.commit()
    office = signed_in(Role.COORDINATOR)
    desk = f"/desk/queries/{assignment.query_id}/workbench"
    path = f"{desk}/questions/{question.id}/paragraphs/{row.id}/deletion"
    reply = office.post(path, data={"seen": text_mark("Our own words.")})
    assert texts(session) == []
    removed = session.scalars(select(RemovedParagraph)).one()
    undo = f"{desk}/removed/{removed.id}/restored"
    assert undo in office.get(reply.location).text
    assert "Our own words." in office.get(f"{desk}/removed").text
    assert office.post(undo).status_code == 303
    assert texts(session) == ["Our own words."]
    assert "Nothing was deleted" in office.get(f"{desk}/removed").text


def test_after_thirty_days_it_is_gone(session, assignment):
    question = assignment.query.questions[0]
    for day in (0, 31):
        row = add_paragraph(session, question, f"Day {day}.", **WHO)
        moment = NOON + timedelta(days=day)
        seen = text_mark(row.text)
        delete_paragraph(session, row, seen=seen, by=COORDINATOR, now=moment)
    session.commit()
    kept = session.scalars(select(RemovedParagraph)).all()
    assert [one.text for one in kept] == ["Day 31."]
