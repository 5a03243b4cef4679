"""Where a question stands, and what became of the paragraphs of an answer."""

import pytest

from emnnet.domain.consolidation import (
    PieceUse,
    QuestionFacts,
    QuestionState,
    Taken,
    Use,
    question_state,
    uses,
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(QuestionFacts(), "unasked", id="nobody was asked"),
        pytest.param(QuestionFacts(asked=2), "waiting", id="nothing in"),
        pytest.param(QuestionFacts(asked=2, declined=1), "waiting", id="one refused"),
        pytest.param(QuestionFacts(asked=2, declined=2), "refused", id="all refused"),
        pytest.param(QuestionFacts(asked=2, given=1), "to_write", id="one is in"),
        pytest.param(QuestionFacts(is_written=True), "undecided", id="own text"),
        pytest.param(
            QuestionFacts(is_written=True, is_decided=True), "complete", id="decided"
        ),
        pytest.param(
            QuestionFacts(is_written=True, is_decided=True, changed_sources=1),
            "source_changed",
            id="corrected since",
        ),
    ],
)
def test_question_state(facts, expected):
    assert question_state(facts) is QuestionState(expected)


OLD, NEW = "It takes six months.", "It takes nine months."


@pytest.mark.parametrize(
    ("newest", "taken", "expected"),
    [
        pytest.param(1, [], [Use.NOT_YET, Use.NOT_YET], id="nothing taken"),
        pytest.param(
            2, [Taken(7, NEW, 2, 2)], [Use.USED, Use.NOT_YET], id="these words"
        ),
        pytest.param(
            2, [Taken(7, OLD, 1, 1)], [Use.CORRECTS, Use.NOT_YET], id="corrected"
        ),
        pytest.param(
            2, [Taken(7, OLD, 1, 2)], [Use.PASSED_OVER, Use.NOT_YET], id="kept"
        ),
        pytest.param(
            2,
            [Taken(7, NEW, 2, 2), Taken(8, OLD, 1, 1)],
            [Use.USED, Use.NOT_YET],
            id="used already",
        ),
        pytest.param(
            1, [Taken(7, OLD, 1, 1)], [Use.NOT_YET, Use.NOT_YET], id="alike by chance"
        ),
    ],
)
def test_uses(newest, taken, expected):
    found = uses([NEW, "No data on that."], newest, taken)
    assert [one.use for one in found] == expected


def test_a_used_paragraph_knows_its_source():
    assert uses([NEW], 1, [Taken(7, NEW, 1, 1)]) == (PieceUse(Use.USED, 7),)
