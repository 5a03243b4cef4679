"""A short storm: killed schedulers, a bad mail server, a moved clock, and the count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.torture.books import Taken
from tests.torture.counting import repeated
from tests.torture.processes import Kill
from tests.torture.raging import raged
from tests.torture.rehearsed import calm_promises
from tests.torture.storm import Weather
from tests.torture.world import SPRING, make_world

ASSIGNMENTS = 160  # five institutions, sixteen queries in each season
SHORT = {
    "seasons": (SPRING,),
    "later": 0.2,
    "night": 0.6,
    "morning": 2.0,
    "hours": [16],
    "later_on": 1.0,
    "still": 0.5,
}
NOON = datetime(2026, 3, 27, 10, 0, tzinfo=UTC)


@pytest.mark.long
def test_a13_b01_i10_every_promise_is_kept_in_a_short_storm(
    database, databases, tmp_path
):
    with Session(create_engine(database, poolclass=NullPool)) as session:
        make_world(session, ASSIGNMENTS)
        session.commit()
    calm, folder = tmp_path / "calm", tmp_path / "storm"
    calm.mkdir()
    folder.mkdir()
    copy = databases.create(like=database)
    expected = calm_promises(copy, calm, SHORT["seasons"])

    weather = Weather(2, 7, 1.0, expected.pace, between_answers=1.5, **SHORT)
    storm = raged(database, folder, weather, expected.promises)
    count = storm.count
    assert storm.is_kept, storm
    assert count.demanded > 0
    assert count.kills >= 1
    assert count.repeated_at_kill <= count.kills
    assert count.sent > 0


def _taken(at: float, id_: str, pid: int = 7, *, answered: bool = True) -> Taken:
    about = frozenset({1})
    return Taken(at, at, NOON, NOON, id_, "reminders:1:x", pid, about, answered)


@pytest.mark.parametrize(
    ("taken", "kills", "expected"),
    [
        pytest.param([_taken(1, "a"), _taken(2, "b")], [], (0, 0, 0), id="once each"),
        pytest.param(
            [_taken(1, "a", answered=False), _taken(2, "a")],
            [],
            (1, 0, 0),
            id="no reply",
        ),
        pytest.param(
            [_taken(1, "a"), _taken(2, "a", 8)], [Kill(7, 1.1)], (0, 1, 0), id="a kill"
        ),
        pytest.param(
            [replace(_taken(1, "a"), begun=0.8), _taken(2, "a", 8)],
            [Kill(7, 0.9)],
            (0, 1, 0),
            id="a kill while the server writes it down",
        ),
        pytest.param(
            [_taken(1, "a"), _taken(2, "a", 8), _taken(1, "b"), _taken(2, "b", 8)],
            [Kill(7, 1.1)],
            (0, 1, 1),
            id="one kill excuses one mail",
        ),
        pytest.param(
            [_taken(1, "a"), _taken(2, "a", 8)],
            [Kill(7, 9.0)],
            (0, 0, 1),
            id="long after",
        ),
        pytest.param(
            [_taken(1, "a"), _taken(2, "a", 8)],
            [Kill(9, 1.1)],
            (0, 0, 1),
            id="another process was killed",
        ),
        pytest.param(
            [_taken(1, "a"), _taken(1.1, "b"), _taken(2, "a", 8)],
            [Kill(7, 1.2)],
            (0, 0, 1),
            id="it had gone on to another mail",
        ),
    ],
)
def test_the_count_finds_what_was_sent_twice_without_an_excuse(
    taken: Sequence[Taken], kills: Sequence[Kill], expected
):
    assert repeated(taken, kills) == expected


def test_a_clock_that_leaps_while_a_mail_is_on_its_way_is_no_day_off():
    later = NOON + timedelta(days=1)
    on_its_way = replace(_taken(1, "a"), moment=later)
    decided = replace(on_its_way, date=later)
    assert (on_its_way.moments, decided.moments) == ({NOON}, {later})


def test_two_kills_excuse_two_mails_and_an_outage_makes_the_instant_long():
    both = [
        _taken(10, "a"),
        _taken(11.5, "b", 8),
        _taken(20, "b", 9),
        _taken(21, "a", 9),
    ]
    assert repeated(both, [Kill(7, 12.0), Kill(8, 13.5)]) == (0, 2, 0)
    waited = [_taken(10, "a"), _taken(30, "a", 8)]
    assert repeated(waited, [Kill(7, 18.0)]) == (0, 0, 1)
    assert repeated(waited, [Kill(7, 18.0)], [(9.0, 17.0)]) == (0, 1, 0)
