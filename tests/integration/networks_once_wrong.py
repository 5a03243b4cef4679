"""Networks for which the board once showed another day than the runs."""

from dataclasses import replace
from datetime import date

from emnnet.domain.network import Duty
from tests.integration.network_strategies import Asked, Network

NEW = Asked(
    institution=0,
    query=0,
    due=-4,
    invited=-21,
    promised=None,
    own_due=None,
    answered=False,
    earlier=0,
    last_one="sent",
    acted=False,
    choice=None,
    held_for=None,
)


def a_stale_chaser_waits_beside_a_first_one() -> Network:
    """The outbox holds the word after a promise that nobody gave."""
    stale = replace(NEW, institution=2, query=1, earlier=5, last_one="waits")
    return _network(NEW, replace(NEW, institution=2), stale)


def a_chaser_waits_for_who_promised_one_of_two() -> Network:
    """It leaves for the other question; that counts for the promised one, too."""
    chased = replace(NEW, institution=1, promised=0, earlier=6, last_one="waits")
    return _network(NEW, chased)


def _network(*asked: Asked) -> Network:
    return Network(
        today=date(2026, 5, 21),
        hour=3,
        duties=(None, Duty.MANDATED, Duty.MANDATED),
        has_contact=(True, True, True),
        reply_by=(-4, -4, -4),
        asked=asked,
        pause=None,
    )
