"""Whom of an institution a mail goes to: each case is one a coordinator knows."""

from datetime import date, timedelta

import pytest

from emnnet.domain.addressing import Away, Closed, Person, Purpose, Stand, reach

TODAY = date(2026, 3, 16)
DAY = timedelta(days=1)
ANSWERS = frozenset({Purpose.ROUTING})
MAILBOX = "office@institution.example.org"


def person(id_: int, **given) -> Person:
    defaults = {"email": f"{id_}@example.org", "language": "lt", "purposes": ANSWERS}
    return Person(id_, **defaults | given)


def away(until: date | None = TODAY + DAY, **given) -> tuple[Away, ...]:
    return (Away(TODAY - DAY, until, **given),)


SECOND = person(2)


@pytest.mark.parametrize(
    ("first", "email"),
    [
        pytest.param(person(1), "1@example.org", id="there"),
        pytest.param(person(1, is_refused=True), "2@example.org", id="refused"),
        pytest.param(person(1, is_deactivated=True), "2@example.org", id="closed"),
        pytest.param(
            person(1, valid_to=TODAY - DAY), "2@example.org", id="left yesterday"
        ),
        pytest.param(person(1, valid_to=TODAY), "1@example.org", id="the last day"),
        pytest.param(
            person(1, valid_from=TODAY + DAY), "2@example.org", id="begins tomorrow"
        ),
        pytest.param(person(1, absences=away()), "2@example.org", id="away"),
        pytest.param(
            person(1, absences=away(TODAY)), "2@example.org", id="the last day away"
        ),
        pytest.param(
            person(1, absences=away(TODAY - DAY)), "1@example.org", id="back again"
        ),
        pytest.param(
            person(1, absences=away(None)), "2@example.org", id="without an end"
        ),
        pytest.param(
            person(1, absences=away(stand=Stand.CONTACT, substitute=3)),
            "3@example.org",
            id="a named substitute",
        ),
        pytest.param(
            person(1, absences=away(stand=Stand.MAILBOX)), MAILBOX, id="to the mailbox"
        ),
        pytest.param(
            person(1, is_refused=True, substitute=3),
            "3@example.org",
            id="a dead address with a standing substitute",
        ),
        pytest.param(
            person(1, purposes=frozenset({Purpose.ESCALATION})),
            "2@example.org",
            id="for another purpose",
        ),
    ],
)
def test_the_first_who_is_there_gets_it(first, email):
    found = reach([first, SECOND, person(3)], MAILBOX, [], TODAY)
    assert found is not None
    assert found.email == email


def test_the_reason_is_told_for_everybody_passed_over():
    first = person(1, is_deactivated=True)
    second = person(2, absences=away(date(2026, 3, 20)))
    found = reach([first, second, person(3)], None, [], TODAY)
    assert found is not None
    assert [str(reason) for reason in found.why] == [
        "Not to 1@example.org: the account was closed.",
        "Instead of 2@example.org, absent until 2026-03-20.",
    ]


def test_substitutes_who_stand_for_each_other_end_in_the_mailbox():
    first = person(1, absences=away(stand=Stand.CONTACT, substitute=2))
    second = person(2, absences=away(stand=Stand.CONTACT, substitute=1))
    found = reach([first, second], MAILBOX, [], TODAY)
    assert found is not None
    assert (found.email, found.contact_id) == (MAILBOX, None)


def test_nobody_and_no_mailbox_is_nobody():
    assert reach([person(1, is_refused=True)], None, [], TODAY) is None


def test_an_escalation_never_falls_back_on_the_mailbox():
    assert reach([person(1)], MAILBOX, [], TODAY, Purpose.ESCALATION) is None


def test_a_closed_institution_waits_for_its_end():
    closed = Closed(TODAY - DAY, TODAY + 2 * DAY, "moving house")
    found = reach([person(1)], None, [closed], TODAY)
    assert found is not None
    assert (found.email, found.not_before) == ("1@example.org", TODAY + 3 * DAY)
    assert str(found.why[0]) == (
        "The institution is closed until 2026-03-18 (moving house)."
    )


def test_two_closures_in_a_row_are_waited_for_together():
    first = Closed(TODAY, TODAY, "a")
    second = Closed(TODAY + DAY, TODAY + DAY, "b")
    found = reach([person(1)], None, [second, first], TODAY)
    assert found is not None
    assert found.not_before == TODAY + 2 * DAY


def test_the_named_substitute_of_a_closed_institution_gets_it_at_once():
    closed = Closed(TODAY, TODAY, "holidays", substitute=2)
    found = reach([person(1), SECOND], None, [closed], TODAY)
    assert found is not None
    assert (found.email, found.not_before) == ("2@example.org", None)
