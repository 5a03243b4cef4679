"""What runs when. Started by `emnnet scheduler`, never by a web worker."""

from collections.abc import Callable
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from emnnet.jobs.layouts import arrange_network
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders

Job = Callable[[Flask], object]

# Triggers by name: a trigger made here would take the machine's time zone.
# Reminders at seven on working days; each later hour makes up for one missed.
SCHEDULE: tuple[tuple[Job, dict[str, Any]], ...] = (
    (queue_reminders, {"day_of_week": "mon-fri", "hour": "7-17", "minute": 0}),
    (arrange_network, {"hour": 3, "minute": 30}),
    (deliver_outbox, {"second": "*/5"}),
)
MANNERS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}


def build_scheduler(app: Flask, *, before: Callable[[], None]) -> BackgroundScheduler:
    """The scheduler with its jobs, not yet started; one thread, memory store."""
    scheduler = BackgroundScheduler(
        timezone=app.config["TIMEZONE"],
        job_defaults=MANNERS,
        executors={"default": ThreadPoolExecutor(1)},
    )
    for job, times in SCHEDULE:
        scheduler.add_job(
            _after(before, job),
            "cron",
            args=[app],
            id=job.__name__,
            name=job.__name__,
            **times,
        )
    return scheduler


def _after(before: Callable[[], None], job: Job) -> Job:
    def tick(app: Flask) -> None:
        before()
        job(app)

    return tick
