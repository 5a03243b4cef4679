"""Changes of the network are noted, refused with a reason, and can be undone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction, StaleVersion
from emnnet.domain.network import MembershipKind, Sector, Standing, TieKind
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.network_change import NetworkAct, NetworkChange
from emnnet.models.source import Source
from emnnet.models.tie import Tie
from emnnet.services.network_edits import TRACKED, digest_of, facts_of, seen_mark
from emnnet.services.network_given import (
    GivenInstitution,
    GivenMembership,
    GivenName,
    GivenSource,
    GivenTie,
)
from emnnet.services.network_keeping import remove_row, save_row
from emnnet.services.network_undo import undo_act
from tests.builders import COORDINATOR, an_institution
from tests.conftest import NOON

DONE = {"by": COORDINATOR, "now": NOON}


def a_tie(below, above, **given):
    return GivenTie(
        kind=TieKind.SUBORDINATE_TO,
        from_institution_id=below.id,
        to_institution_id=above.id,
        **given,
    )


def everything(session):
    """All noted tables as plain words."""
    session.expire_all()
    return {
        (name, row.id): facts_of(row)
        for name, kind in TRACKED.items()
        for row in session.scalars(select(kind))
    }


def test_a_change_is_noted_with_who_why_before_and_after(session):
    body = an_institution(session, slug="vsat", name_en="Old name", name_lt="Sena")
    given = GivenInstitution(slug="vsat", name_en="New name", name_lt="Nauja")
    saved = save_row(session, body, given, why="A misprint", **DONE)
    (change,) = saved.act.changes
    assert (saved.act.why, saved.act.actor_name) == ("A misprint", "Coordinator")
    assert (change.before["name_en"], change.after["name_en"]) == (
        "Old name",
        "New name",
    )
    assert saved.act.digest == digest_of(saved.act)


def test_what_is_the_same_is_no_change(session):
    body, above = an_institution(session), an_institution(session)
    tie = save_row(session, None, a_tie(body, above), **DONE).row
    assert save_row(session, tie, a_tie(body, above), **DONE).act is None
    assert len(session.scalars(select(NetworkAct)).all()) == 1


def test_a_circle_is_refused_with_its_chain(session):
    a, b, c = (an_institution(session, abbreviation=name) for name in "ABC")
    save_row(session, None, a_tie(a, b), **DONE)
    save_row(session, None, a_tie(b, c), **DONE)
    with pytest.raises(DomainError) as refused:
        save_row(session, None, a_tie(c, a), **DONE)
    assert str(refused.value) == (
        "So the lines of command would go in a circle: C → A → B → C."
    )


def test_what_was_at_another_time_is_no_circle(session):
    a, b = an_institution(session), an_institution(session)
    save_row(session, None, a_tie(a, b, valid_to=date(2018, 12, 31)), **DONE)
    save_row(session, None, a_tie(b, a, valid_from=date(2019, 1, 1)), **DONE)
    with pytest.raises(DomainError):
        save_row(session, None, a_tie(b, a, valid_from=date(2018, 12, 31)), **DONE)


def test_who_was_overtaken_is_told_and_nothing_is_changed(session):
    body = an_institution(session, slug="a")
    opened = seen_mark(body)
    given = GivenInstitution(slug="a", name_en="First", name_lt="Pirma")
    save_row(session, body, given, seen=opened, **DONE)
    with pytest.raises(StaleVersion):
        save_row(session, body, replace(given, name_en="2nd"), seen=opened, **DONE)
    assert body.name_en == "First"


@pytest.mark.parametrize(
    "change",
    [
        {"slug": "Ünsafe"},
        {"slug": "a/../b"},
        {"slug": "history"},
        {"website": "javascript:alert(1)"},
        {"website": "http://[broken"},
        {"mailbox": "not an address"},
        {"name_lt": " "},
        {"function_en": "x" * 2001},
        {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(session, change):
    given = GivenInstitution(slug="new-body", name_en="New", name_lt="Nauja")
    with pytest.raises(DomainError):
        save_row(session, None, replace(given, **change), **DONE)
    session.rollback()
    assert session.scalars(select(Institution)).all() == []


def test_a_short_name_that_stands_is_left_in_peace(session):
    """Files may have brought it, and links lead to it; only a new one is judged."""
    body = an_institution(session, slug="migration_services")
    old = an_institution(session, slug="new")
    for row, slug in ((body, body.slug), (old, old.slug)):
        given = GivenInstitution(slug=slug, name_en="Right", name_lt="Gerai")
        assert save_row(session, row, given, **DONE).row.name_en == "Right"
    given = GivenInstitution(slug="other_body", name_en="Other", name_lt="Kita")
    assert save_row(session, None, given, **DONE).row.slug == "other_body"


def test_sourced_needs_a_source_and_one_can_be_added_with_it(session):
    body = an_institution(session)
    given = GivenMembership(
        institution_id=body.id,
        kind=MembershipKind.PARTNER,
        standing=Standing.SOURCED,
        source_codes=("law",),
    )
    with pytest.raises(DomainError):
        save_row(session, None, given, **DONE)
    session.rollback()
    source = GivenSource(code="law", address="https://example.org/law", title="Law")
    act = save_row(session, None, given, source=source, **DONE).act
    undo_act(session, act, **DONE)
    assert session.scalars(select(Membership)).all() == []
    assert session.scalars(select(Source)).all() == []


def test_an_undoing_can_be_undone(session):
    body = an_institution(session, slug="a", name_en="One", name_lt="Viena")
    given = GivenInstitution(slug="a", name_en="Two", name_lt="Dvi")
    act = save_row(session, body, given, **DONE).act
    undoing = undo_act(session, act, **DONE)
    assert body.name_en == "One"
    undo_act(session, undoing, **DONE)
    assert body.name_en == "Two"
    with pytest.raises(IllegalAction):
        undo_act(session, act, **DONE)


def test_what_was_changed_later_is_not_undone(session):
    body = an_institution(session, slug="a")
    given = GivenInstitution(slug="a", name_en="Two", name_lt="Dvi")
    act = save_row(session, body, given, **DONE).act
    save_row(session, body, replace(given, name_en="Three"), **DONE)
    with pytest.raises(IllegalAction):
        undo_act(session, act, **DONE)


def test_a_body_that_is_used_by_now_stays(session):
    given = GivenInstitution(slug="newer", name_en="New", name_lt="Nauja")
    made = save_row(session, None, given, **DONE)
    save_row(session, None, a_tie(made.row, an_institution(session)), **DONE)
    with pytest.raises(IllegalAction) as refused:
        undo_act(session, made.act, **DONE)
    assert "It is named by: Tie." in str(refused.value)


def test_a_row_taken_out_comes_back_as_it_was(session):
    below, above = an_institution(session), an_institution(session)
    tie = save_row(session, None, a_tie(below, above, note="why"), **DONE).row
    before = everything(session)
    act = remove_row(session, tie, **DONE)
    assert session.scalars(select(Tie)).all() == []
    undo_act(session, act, **DONE)
    assert everything(session) == before


DAYS = st.none() | st.dates(date(2004, 1, 1), date(2030, 12, 31))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["tie", "member", "name", "body", "edit", "remove"]),
        st.integers(0, 3),
        st.integers(0, 3),
        DAYS,
        DAYS,
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_random_edits_and_then_all_undone_is_as_before(session, steps):
    session.rollback()
    bodies = [an_institution(session) for _ in range(4)]
    before, acts = everything(session), []
    for number, step in enumerate(steps):
        try:
            with session.begin_nested():
                acts.append(one_edit(session, bodies, number, *step))
        except DomainError:
            continue
    for act in reversed([act for act in acts if act is not None]):
        undo_act(session, act, **DONE)
    assert everything(session) == before
    session.rollback()


def one_edit(session, bodies, number, what, i, j, begin, end):
    dated = {"valid_from": begin, "valid_to": end}
    one, other = bodies[i], bodies[j]
    if what == "remove":
        tie = session.scalars(select(Tie)).first()
        return remove_row(session, tie, **DONE) if tie else None
    given = {
        "tie": a_tie(one, other, **dated),
        "member": GivenMembership(
            institution_id=one.id, kind=list(MembershipKind)[j], **dated
        ),
        "name": GivenName(
            institution_id=one.id, name_en=f"Ž{number}", name_lt="Š", **dated
        ),
        "body": GivenInstitution(slug=f"new-{number}", name_en="N", name_lt="N"),
        "edit": GivenInstitution(
            slug=one.slug, name_en=f"E{number}", name_lt="Ė", sector=Sector.NGO, **dated
        ),
    }[what]
    row = one if what == "edit" else None
    return save_row(session, row, given, **DONE).act


def test_changes_are_read_by_body(session):
    below, above = an_institution(session), an_institution(session)
    save_row(session, None, a_tie(below, above), **DONE)
    change = session.scalars(select(NetworkChange)).one()
    assert (change.institution_id, change.other_institution_id) == (below.id, above.id)
