"""Hourly in office hours: promise the reminders fallen due."""

import logging
from collections.abc import Iterator, Sequence

from flask import Flask, current_app

from emnnet import clock
from emnnet.extensions import db
from emnnet.jobs.stopping import is_told_to_stop
from emnnet.selectors.planned_mail import (
    MailPlan,
    PlannedMail,
    Terms,
    planned_mails,
    terms_reading,
)
from emnnet.services.reminders import Tick, call, remind, tell_of_obstacles
from emnnet.transaction import committing

BATCH = 10  # mails promised in one transaction: nobody who writes waits for long
LARGE = 1000  # reminders in them at most, if there is more than one mail

log = logging.getLogger(__name__)


def queue_reminders(app: Flask) -> Tick:
    """Promise what is due. Safe to run twice: the ledger keeps one row a kind.

    Read first, then promised some mails at a time: what is promised stays so when the
    process dies in the middle, and the next run does the rest.
    """
    with app.app_context():
        plan, terms = _planned()
        with committing() as session:
            tick = tell_of_obstacles(session, plan, now=clock.now())
        for mails in _batches(plan.mails):
            if is_told_to_stop():
                break
            with committing() as session:
                tick += remind(session, mails, terms, today=plan.day, now=clock.now())
        with committing() as session:
            tick += call(session, plan, terms, now=clock.now())
    log.info(
        "reminders: %d in %d mails, %d calls, %d broken",
        tick.reminders,
        tick.mails,
        tick.calls,
        tick.broken,
    )
    return tick


def _batches(mails: Sequence[PlannedMail]) -> Iterator[list[PlannedMail]]:
    batch: list[PlannedMail] = []
    for mail in mails:
        held = sum(len(one.reminders) for one in batch)
        if batch and (len(batch) == BATCH or held + len(mail.reminders) > LARGE):
            yield batch
            batch = []
        batch.append(mail)
    if batch:
        yield batch


def _planned() -> tuple[MailPlan, Terms]:
    """Read without keeping anybody from writing; each mail is looked at once more."""
    today = clock.today()
    try:
        code = current_app.config["CALENDAR"]
        terms = terms_reading(code, today).take(db.session)
        return planned_mails(db.session, terms.calendar, today, terms), terms
    finally:
        db.session.rollback()
