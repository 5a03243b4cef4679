"""Keeping the log of jobs: planned, started, ended, forgotten after some months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from emnnet.models.incident import Incident
from emnnet.models.job import JobRun, JobState
from emnnet.models.scheduler_process import SchedulerProcess

KEPT = timedelta(days=90)
BROKEN_OFF = "The process ended while the job ran."


@dataclass(frozen=True)
class JobPlan:
    """A job of the timetable, as the log knows it."""

    job: str
    times: Mapping[str, str | int]
    silence: timedelta
    rests: bool
    next_run_at: datetime


@dataclass(frozen=True)
class Place:
    """Where a run takes place."""

    host: str
    pid: int


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    started_at: datetime
    counts: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None

    @property
    def is_quiet(self) -> bool:
        """Did it do nothing, and without an error? A yes or no is no deed."""
        deeds = [one for one in self.counts.values() if not isinstance(one, bool)]
        return self.error is None and not any(deeds)


def plan_jobs(session: Session, plans: Iterable[JobPlan], *, now: datetime) -> None:
    """Bring the log to the timetable: new jobs get a row, gone ones lose theirs."""
    known = {state.job: state for state in session.scalars(select(JobState))}
    for plan in plans:
        state = known.pop(plan.job, None)
        if state is None:
            state = JobState(job=plan.job, planned_at=now, counts={}, failures=0)
            session.add(state)
        state.times, state.next_run_at = dict(plan.times), plan.next_run_at
        state.silence = int(plan.silence.total_seconds())
        state.rests = plan.rests
    for gone in known.values():
        session.delete(gone)


def break_off(session: Session, *, now: datetime) -> int:
    """Say of runs that never ended that they broke off; whoever leads calls it first.

    Returns how many there were.
    """
    ids = session.scalars(
        update(JobRun)
        .where(JobRun.ended_at.is_(None))
        .values(ended_at=now, error=BROKEN_OFF)
        .returning(JobRun.id)
    ).all()
    session.execute(
        update(JobState)
        .where(JobState.started_at.is_not(None), JobState.ended_at.is_(None))
        .values(ended_at=now, error=BROKEN_OFF, failures=JobState.failures + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return len(ids)


def start_run(session: Session, job: str, where: Place, *, now: datetime) -> int:
    """A run begins; returns its number."""
    run = JobRun(job=job, started_at=now, host=where.host, pid=where.pid, counts={})
    session.add(run)
    session.execute(
        update(JobState)
        .where(JobState.job == job)
        .values(started_at=now, ended_at=None, host=where.host, pid=where.pid)
    )
    session.flush()
    return run.id


def end_run(
    session: Session,
    job: str,
    run_id: int | None,
    ended: Ended,
    where: Place,
    *,
    now: datetime,
    next_run_at: datetime,
) -> None:
    """A run ended. One not begun in the log gets a row if it did anything."""
    counts = dict(ended.counts)
    place = {"host": where.host, "pid": where.pid}
    if run_id is not None:
        session.execute(
            update(JobRun)
            .where(JobRun.id == run_id)
            .values(ended_at=now, counts=counts, error=ended.error)
        )
    elif not ended.is_quiet:
        run = JobRun(job=job, started_at=ended.started_at, ended_at=now, **place)
        run.counts, run.error = counts, ended.error
        session.add(run)
    good = {"good_at": now, "failures": 0}
    failed = {"failures": JobState.failures + 1}
    session.execute(
        update(JobState)
        .where(JobState.job == job)
        .values(
            started_at=ended.started_at,
            ended_at=now,
            next_run_at=next_run_at,
            counts=counts,
            error=ended.error,
            **place,
            **(failed if ended.error else good),
        )
    )


def forget_old_runs(session: Session, *, now: datetime) -> int:
    """Delete runs, processes and ended incidents of long ago; returns how many runs."""
    before = now - KEPT
    runs = session.scalars(
        delete(JobRun).where(JobRun.started_at < before).returning(JobRun.id)
    ).all()
    session.execute(delete(Incident).where(Incident.ended_at < before))
    silent = now - timedelta(days=1)
    session.execute(delete(SchedulerProcess).where(SchedulerProcess.seen_at < silent))
    return len(runs)
