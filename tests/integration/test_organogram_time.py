"""The organogram through time: the strip, two days compared, editions, paper."""

import hashlib
import io
import json
import re
from datetime import date
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from emnnet.domain.network import TieKind
from emnnet.domain.network_changes import ChangeKind
from emnnet.domain.roles import Role
from emnnet.models.tie import Tie
from emnnet.selectors.editions import find_edition
from emnnet.selectors.network_days import compared, turns
from emnnet.selectors.organogram import recorded
from tests.integration.shipped_network import load_lithuania


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def test_the_reform_of_2019_is_told_as_a_merger(lithuania):
    reform = compared(recorded(lithuania), date(2019, 6, 30), date(2019, 7, 1))
    merged = [c for c in reform.changes if c.kind is ChangeKind.MERGED]
    assert [(c.slug, c.after) for c in merged] == [("migration_services", ("md",))]
    assert not [c for c in reform.changes if c.kind is ChangeKind.ENDED]


def test_every_day_that_changed_something_says_what(lithuania):
    days = turns(recorded(lithuania), date(2004, 1, 1), date(2026, 11, 22))
    told = {turn.day.isoformat(): {c.slug for c in turn.changes} for turn in days}
    assert all(told.values())
    assert told["2018-10-01"] == {"uzt"}
    assert told["2023-01-01"] == {"vda"}
    assert "pia" in told["2025-01-01"]
    assert {"2011-05-02", "2014-01-22", "2019-07-01"} <= told.keys()
