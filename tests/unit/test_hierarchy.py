"""Lines of command as a forest: everybody once, whatever the ties."""

import pytest

from emnnet.domain.hierarchy import Branch, Command, above, below, forest


def under(*pairs):
    return [Command(*pair.split("<")) for pair in pairs]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([], [Branch("a"), Branch("b"), Branch("c")], id="nobody commands"),
        pytest.param(
            ["b<a", "c<b"],
            [Branch("a", (Branch("b", (Branch("c"),)),))],
            id="a chain",
        ),
        pytest.param(
            ["c<a", "c<b"],
            [Branch("a", (Branch("c", also_under=("b",)),)), Branch("b")],
            id="two heads: once, and the other is named",
        ),
        pytest.param(
            ["a<b", "b<a"],
            [
                Branch("a", also_under=("b",)),
                Branch("b", also_under=("a",)),
                Branch("c"),
            ],
            id="a circle: both on top",
        ),
        pytest.param(
            ["a<gone", "gone<b"], [Branch("a"), Branch("b"), Branch("c")], id="unknown"
        ),
    ],
)
def test_forest(pairs, expected):
    assert list(forest(["a", "b", "c"], under(*pairs))) == expected


def test_one_that_hangs_on_a_circle_hangs_on_it():
    found = forest(["a", "b", "c"], under("a<b", "b<a", "c<a"))
    assert [branch.slug for branch in found] == ["a", "b"]
    assert [branch.slug for branch in found[0].under] == ["c"]


def test_below_is_everybody_under_a_head_and_ends_in_a_circle():
    assert below("a", under("b<a", "c<b", "a<c", "x<y")) == {"a", "b", "c"}


def test_above_are_all_heads_however_far_and_none_of_those_asked():
    lines = [("c", "b"), ("b", "a"), ("c", "x"), ("d", "a"), ("a", "c")]
    commands = [Command(below=below_, above=head) for below_, head in lines]
    assert above(["d"], commands) == {"a", "c", "b", "x"}
    assert above(["c", "a"], commands) == {"b", "x"}
    assert above([], commands) == frozenset()
