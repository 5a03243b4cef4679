"""Pure parts of the office's pages: passages of a text, differences of wordings."""

import pytest

from emnnet.domain.reading.values import Passage
from emnnet.web.intakes.passages import Piece, pieces
from emnnet.web.queries.wordings import Part, difference


def test_a_text_is_cut_where_passages_begin_and_end():
    places = {"title": Passage(0, 5), "originator": Passage(8, 12)}

    found = pieces("Entry of boats.", places)

    assert found == [
        Piece("Entry", ("title",), ("passage-title",)),
        Piece(" of"),
        Piece(" boa", ("originator",), ("passage-originator",)),
        Piece("ts."),
    ]


def test_a_passage_within_another_belongs_to_both():
    places = {"background": Passage(0, 9), "originator": Passage(3, 6)}

    found = pieces("abcdefghi", places)

    assert [(piece.text, piece.names) for piece in found] == [
        ("abc", ("background",)),
        ("def", ("background", "originator")),
        ("ghi", ("background",)),
    ]
    assert [piece.anchors for piece in found] == [
        ("passage-background",),
        ("passage-originator",),
        (),
    ]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(Passage(4, 99), id="beyond the end"),
        pytest.param(Passage(3, 3), id="empty"),
        pytest.param(Passage(-1, 2), id="before the beginning"),
    ],
)
def test_a_passage_that_does_not_fit_marks_nothing(place: Passage):
    assert pieces("abcdef", {"title": place}) == [Piece("abcdef")]


def test_no_letter_is_lost_or_doubled():
    text = "A long text with several passages, some of them crossing."
    places = {"a": Passage(2, 20), "b": Passage(10, 40), "c": Passage(40, 57)}

    assert "".join(piece.text for piece in pieces(text, places)) == text


def test_the_difference_keeps_what_both_say():
    assert difference("How many in 2024?", "How many, in 2025?") == (
        Part("How ", "kept"),
        Part("many", "out"),
        Part("many,", "in"),
        Part(" in ", "kept"),
        Part("2024?", "out"),
        Part("2025?", "in"),
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("", "New", (Part("New", "in"),), id="from nothing"),
        pytest.param("Old", "", (Part("Old", "out"),), id="to nothing"),
        pytest.param("Same", "Same", (Part("Same", "kept"),), id="the same"),
    ],
)
def test_the_difference_at_its_edges(before: str, after: str, expected):
    assert difference(before, after) == expected
