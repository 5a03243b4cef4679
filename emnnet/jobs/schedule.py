"""The timetable of the scheduler process. Web workers never start it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from emnnet.jobs.layouts import arrange_network
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.jobs.search import sweep_search

Job = Callable[[Flask], object]


@dataclass(frozen=True)
class Planned:
    """A job and the times it runs at, by the clock of the office."""

    job: Job
    times: Mapping[str, str | int]


SCHEDULE = (
    # At seven on working days; each later hour makes up for one that was missed.
    Planned(queue_reminders, {"day_of_week": "mon-fri", "hour": "7-17", "minute": 0}),
    Planned(arrange_network, {"hour": 3, "minute": 30}),
    Planned(sweep_search, {"second": "*/20"}),
    Planned(deliver_outbox, {"second": "*/5"}),
)
LATE = {"coalesce": True, "misfire_grace_time": 3600, "max_instances": 1}
"""A run that is an hour late still counts, and several missed ones count as one."""


def build_scheduler(app: Flask, *, before: Callable[[], None]) -> BackgroundScheduler:
    """The jobs with their times, not started yet. `before` may stop a run by raising.

    Times are given by name: a trigger object would keep the machine's time zone.
    """
    scheduler = BackgroundScheduler(
        timezone=app.config["TIMEZONE"],
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults=LATE,
    )
    for planned in SCHEDULE:
        name = planned.job.__name__
        run = _checked(planned.job, before)
        scheduler.add_job(run, "cron", args=[app], id=name, name=name, **planned.times)
    return scheduler


def _checked(job: Job, before: Callable[[], None]) -> Job:
    def run(app: Flask) -> None:
        before()
        job(app)

    return run
