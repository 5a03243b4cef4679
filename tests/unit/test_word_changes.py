"""How one wording differs from another."""

import pytest

from emnnet.domain.word_changes import (
    Change,
    ChangeKind,
    closest,
    marked_sides,
    word_changes,
)

SAME, ADDED, REMOVED = ChangeKind.SAME, ChangeKind.ADDED, ChangeKind.REMOVED


def test_the_changed_word_stands_out():
    assert word_changes("It takes six months.", "It takes nine months.") == [
        Change(SAME, "It takes "),
        Change(REMOVED, "six "),
        Change(ADDED, "nine "),
        Change(SAME, "months."),
    ]


def test_a_comma_behind_a_word_leaves_the_word_as_it_was():
    assert word_changes("Who, or what?", "Who, why, or what?") == [
        Change(SAME, "Who"),
        Change(ADDED, ", why"),
        Change(SAME, ", or what?"),
    ]
    assert marked_sides("A state or a church?", "A state, or a church?") == (
        "A state or a church?",
        "A state*,* or a church?",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param("a b", "a b", [Change(SAME, "a b")], id="the same"),
        pytest.param("", "a", [Change(ADDED, "a")], id="all new"),
        pytest.param("a", "", [Change(REMOVED, "a")], id="all gone"),
        pytest.param("a  b", "a\nb", [Change(SAME, "a\nb")], id="only blanks"),
    ],
)
def test_word_changes(old, new, expected):
    assert word_changes(old, new) == expected


def test_two_long_texts_of_the_same_words_are_not_compared():
    old, new = "a " * 2_000, "a " * 1_999
    assert [change.kind for change in word_changes(old, new)] == [REMOVED, ADDED]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("six months", 1, id="equal"),
        pytest.param("nine months", 1, id="alike"),
        pytest.param("wholly other", None, id="unlike"),
        pytest.param("", None, id="empty"),
    ],
)
def test_the_closest_candidate(text, expected):
    assert closest(text, ["no quota", "six months", "twelve years"]) == expected


def test_without_candidates_there_is_none():
    assert closest("six months", []) is None
