"""Reading the log of jobs: for the office's page, and for whoever watches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from emnnet.domain.health import JobFacts, ProcessFacts
from emnnet.models.incident import Incident
from emnnet.models.job import JobRun, JobState
from emnnet.models.outbox import OutboxMessage
from emnnet.models.scheduler_process import SchedulerProcess
from emnnet.selectors.outbox import UNENDED
from emnnet.selectors.reading import Reading, Rows

LATEST = 30  # runs shown


@dataclass(frozen=True)
class JobLog:
    """All that the page shows; plain rows but for jobs and runs."""

    jobs: Sequence[JobState]
    runs: Sequence[JobRun]
    processes: Rows
    incidents: Rows


def job_states(session: Session) -> Sequence[JobState]:
    """Where each job stands, in the order of their names."""
    return session.scalars(select(JobState).order_by(JobState.job)).all()


def job_log(session: Session, job: str = "") -> JobLog:
    """The log, or the runs of one job in it. Three statements."""
    runs = select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id.desc())
    of_job = runs.where(JobRun.job == job) if job else runs
    told = (
        select(Incident)
        .where(or_(Incident.ended_at.is_(None), Incident.told_at.is_not(None)))
        .order_by(Incident.ended_at.is_not(None), Incident.id.desc())
    )

    def made(processes: Rows, incidents: Rows) -> JobLog:
        heard = sorted(processes, key=lambda one: one.seen_at, reverse=True)
        return JobLog(
            job_states(session),
            session.scalars(of_job.limit(LATEST)).all(),
            sorted(heard, key=lambda one: not one.leads),
            sorted(incidents, key=lambda one: (one.ended_at is not None, -one.id)),
        )

    wanted = select(SchedulerProcess), told.limit(LATEST)
    return Reading(wanted, made).take(session)


def scheduler_processes(session: Session) -> Sequence[SchedulerProcess]:
    """The processes that were heard of, the leader first."""
    wanted = select(SchedulerProcess).order_by(
        SchedulerProcess.leads.desc(), SchedulerProcess.seen_at.desc()
    )
    return session.scalars(wanted).all()


def job_facts(session: Session) -> list[JobFacts]:
    """The facts by which silent jobs are found."""
    return [
        JobFacts(
            job=state.job,
            silence=timedelta(seconds=state.silence),
            rests=state.rests,
            planned_at=state.planned_at,
            good_at=state.good_at,
            failures=state.failures,
            error=state.error or "",
        )
        for state in job_states(session)
    ]


def process_facts(session: Session) -> list[ProcessFacts]:
    """The facts by which dead processes are found."""
    return [
        ProcessFacts(one.started_at, one.seen_at, one.leads)
        for one in scheduler_processes(session)
    ]


def oldest_untried(session: Session, now: datetime) -> datetime | None:
    """Since when the mail waits that should have been tried first."""
    return session.scalar(
        select(func.min(OutboxMessage.next_try_at)).where(
            UNENDED, OutboxMessage.next_try_at <= now
        )
    )
