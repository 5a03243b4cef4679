"""Our Word form, filled in and mailed back: each field lands in its question."""

import pytest

from emnnet.domain.arriving.kinds import DraftOrigin
from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import ContributionStatus, DeclineReason
from emnnet.services.mailed_drafts import take_over
from tests.builders import an_assignment
from tests.conftest import NOON
from tests.integration.answering import five_questions, statuses
from tests.integration.arriving import a_mail, hand_over, proposed, with_file
from tests.integration.partners import FOCAL_POINT, a_draft, cells, let_in
from tests.word_files import answered, chosen, without_marks


@pytest.fixture
def assignment(session):
    return five_questions(session)


@pytest.fixture
def form(client, session, assignment):
    """Downloaded when the first question had a draft already."""
    a_draft(session, cells(session, assignment)[0], "A first draft.")
    let_in(client, session, assignment)
    return client.get(f"/word-forms/{assignment.id}/form.docx").data


def mailed(app, data, text="The form is attached."):
    hand_over(app, with_file(a_mail(text), data, "form.docx"))


def test_j05_each_field_lands_in_its_question(app, session, assignment, form):
    one, two, three, *_rest = cells(session, assignment)
    form = answered(form, one.question_id, "A better draft.")
    form = answered(form, two.question_id, "Five cases.")
    form = chosen(form, two.question_id, "dissemination", "Yes, it may be published")
    mailed(app, form)

    found = proposed(session)
    assert [(each.contribution_id, each.origin, each.text) for each in found] == [
        (one.id, DraftOrigin.WORD_FORM, "A better draft."),
        (two.id, DraftOrigin.WORD_FORM, "Five cases."),
    ]
    for each in found:
        take_over(session, each, by=FOCAL_POINT, now=NOON)
    session.commit()
    texts = [cell.draft for cell in cells(session, assignment)]
    assert texts == ["A better draft.", "Five cases.", "", "", ""]
    assert cells(session, assignment)[1].draft_dissemination is Dissemination.YES
    assert three.draft == ""


def test_a_draft_written_since_the_download_stays_above(app, session, assignment, form):
    one = cells(session, assignment)[0]
    mailed(app, answered(form, one.question_id, "From the form."))
    a_draft(session, cells(session, assignment)[0], "Written meanwhile.")
    (each,) = proposed(session)
    take_over(session, each, by=FOCAL_POINT, now=NOON)
    session.commit()
    draft = cells(session, assignment)[0].draft
    assert draft == "Written meanwhile.\n\nFrom the form."


def test_no_data_in_the_form_declines_once_it_is_confirmed(
    app, session, assignment, form
):
    two = cells(session, assignment)[1]
    mailed(app, chosen(form, two.question_id, "outcome", "We have no data"))
    (each,) = proposed(session)
    assert each.declines is DeclineReason.NO_DATA
    take_over(session, each, by=FOCAL_POINT, now=NOON)
    session.commit()
    assert statuses(session, assignment)[1] is ContributionStatus.DECLINED


def test_without_marks_the_numbers_tell(app, session, assignment, form):
    two = cells(session, assignment)[1]
    mailed(app, without_marks(answered(form, two.question_id, "Five cases.")))
    told = {each.contribution_id: each.text for each in proposed(session)}
    assert told[two.id] == "Five cases."


def test_the_form_itself_tells_which_query_it_answers(app, session, assignment, form):
    other = an_assignment(session, institution=assignment.institution)
    two = cells(session, assignment)[1]
    data = answered(form, two.question_id, "Five cases.")
    reference = f"[LT-{other.query.year}-{other.query.number}/{other.id}]"
    hand_over(app, with_file(a_mail("See it.", Subject=reference), data, "form.docx"))
    assert [each.contribution_id for each in proposed(session)] == [two.id]
