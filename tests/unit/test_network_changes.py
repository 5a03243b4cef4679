"""What two days of the network differ in."""

from emnnet.domain.network import Level, MembershipKind, TieKind
from emnnet.domain.network_changes import (
    BodyFacts,
    Change,
    ChangeKind,
    DayFacts,
    TieKey,
    changes_between,
)

UNDER = TieKind.SUBORDINATE_TO


def day(*slugs: str, ties=(), roles=None, names=None) -> DayFacts:
    bodies = {
        slug: BodyFacts(
            slug,
            (names or {}).get(slug, (slug, slug)),
            (roles or {}).get(slug, frozenset()),
        )
        for slug in slugs
    }
    return DayFacts(bodies, frozenset(TieKey(*tie) for tie in ties))


def test_nothing_changes_between_a_day_and_itself():
    same = day("vrm", "md", ties=[(UNDER, "md", "vrm")])
    assert changes_between(same, same) == ()


def test_a_new_body_is_founded_under_another():
    after = day("vrm", "md", ties=[(UNDER, "md", "vrm")])
    assert changes_between(day("vrm"), after) == (
        Change(ChangeKind.FOUNDED, "md", after=("vrm",)),
    )


def test_a_body_with_a_successor_was_merged_and_one_without_ended():
    before = day("md", "migration_services", "fund")
    after = day("md", ties=[(TieKind.SUCCESSOR_OF, "md", "migration_services")])
    assert changes_between(before, after) == (
        Change(ChangeKind.MERGED, "migration_services", after=("md",)),
        Change(ChangeKind.ENDED, "fund"),
    )


def test_a_body_under_another_head_has_moved_and_says_from_where():
    before = day("a", "b", "x", ties=[(UNDER, "x", "a")])
    after = day("a", "b", "x", ties=[(UNDER, "x", "b")])
    assert changes_between(before, after) == (
        Change(ChangeKind.MOVED, "x", ("a",), ("b",)),
    )


def test_a_new_name_keeps_the_old_one_beside_it():
    old, new = ("Labour Exchange", "Darbo birža"), ("Employment Service", "Užimtumo")
    before, after = day("uzt", names={"uzt": old}), day("uzt", names={"uzt": new})
    assert changes_between(before, after) == (
        Change(ChangeKind.RENAMED, "uzt", old, new),
    )


def test_joining_and_leaving_the_network_are_told():
    partner = frozenset({MembershipKind.PARTNER})
    before = day("a", "b", roles={"a": partner})
    after = day("a", "b", roles={"b": partner})
    assert changes_between(before, after) == (
        Change(ChangeKind.JOINED, "b", after=("partner",)),
        Change(ChangeKind.LEFT, "a", before=("partner",)),
    )


def test_other_ties_begin_and_end_between_bodies_of_both_days():
    gone, come = (
        TieKey(TieKind.COORDINATES, "pd", "md"),
        TieKey(TieKind.COOPERATES_WITH, "iom", "md"),
    )
    before = day("pd", "md", "iom", ties=[(gone.kind, "pd", "md")])
    after = day("pd", "md", "iom", ties=[(come.kind, "iom", "md")])
    assert changes_between(before, after) == (
        Change(ChangeKind.TIE_BEGUN, "iom", tie=come),
        Change(ChangeKind.TIE_ENDED, "pd", tie=gone),
    )


def test_a_theme_is_taken_left_or_answered_for_in_another_way():
    bodies = day("md", "new", "sadm", "urc").bodies
    before = DayFacts(
        {slug: body for slug, body in bodies.items() if slug != "new"},
        levels={("md", "return"): Level.CONTRIBUTING, ("urc", "reception"): Level.LEAD},
    )
    after = DayFacts(
        bodies,
        levels={
            ("md", "return"): Level.LEAD,
            ("sadm", "integration"): Level.LEAD,
            ("new", "return"): Level.LEAD,
        },
    )
    themes = [c for c in changes_between(before, after) if c.kind.startswith("theme")]
    assert themes == [
        Change(ChangeKind.THEME_TAKEN, "sadm", after=("integration", "lead")),
        Change(ChangeKind.THEME_LEFT, "urc", before=("reception", "lead")),
        Change(
            ChangeKind.THEME_CHANGED,
            "md",
            before=("return", "contributing"),
            after=("return", "lead"),
        ),
    ]
