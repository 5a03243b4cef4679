"""Pausing all automatic mail."""

from datetime import date

import pytest
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.mail_decision import MailPause
from tests.integration.ladder_setup import (
    MONDAY,
    URL,
    days_go_by,
    ledger,
    morning,
    one_who_never_reacts,
)
from tests.integration.letters import mailbox


@pytest.fixture
def silent(session):
    """A mandated institution that never reacts, due on Monday 16 March."""
    return one_who_never_reacts(session)


def test_a_pause_stops_runs_and_what_waits_and_is_on_every_page(
    app, session, clock, silent, signed_in, tmp_path
):
    clock.now = morning(MONDAY)
    queue_reminders(app)
    coordinator = signed_in(Role.COORDINATOR)
    reply = coordinator.post(
        f"{URL}/pause",
        data={"begins": "2026-03-16", "until": "2026-03-24", "reason": "Conference"},
    )
    assert reply.status_code == 303, reply.text
    for address in ("/desk", "/settings", URL):
        page = coordinator.get(address).text
        assert "Automatic mail is paused" in page
        assert "Conference" in page
    days_go_by(app, clock, MONDAY, date(2026, 3, 24))
    assert mailbox(tmp_path) == []

    days_go_by(app, clock, date(2026, 3, 25), date(2026, 3, 25))
    assert len(mailbox(tmp_path)) == 1  # one mail for the item, not the missed ones
    assert ledger(session)[-1][0] == "day_after"
    assert "Automatic mail is paused" not in coordinator.get("/desk").text


def test_ending_a_pause_lets_mail_go_at_once(app, session, clock, silent, signed_in):
    clock.now = morning(MONDAY)
    coordinator = signed_in(Role.COORDINATOR)
    coordinator.post(f"{URL}/pause", data={"begins": "16.3.2026", "reason": "Move"})
    session.rollback()
    pause = session.scalars(select(MailPause)).one()
    assert pause.until is None
    coordinator.post(f"{URL}/pauses/{pause.id}/end")
    queue_reminders(app)
    assert deliver_outbox(app) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"begins": "2026-03-01", "reason": "x"}, "is over"),
        ({"begins": "31 February", "reason": "x"}, "error-text"),
        ({"begins": "2026-03-20", "reason": " "}, "Say why"),
        (
            {"begins": "2026-03-20", "until": "2026-03-19", "reason": "x"},
            "lies before the first one",
        ),
    ],
)
def test_a_pause_that_cannot_be_is_refused(clock, signed_in, data, said):
    clock.now = morning(MONDAY)
    reply = signed_in(Role.COORDINATOR).post(f"{URL}/pause", data=data)
    assert reply.status_code == 422
    assert said in reply.text
