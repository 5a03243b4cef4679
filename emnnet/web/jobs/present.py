"""The log of jobs, worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from emnnet.domain.health import (
    FAILURES,
    Part,
    ProcessFacts,
    Trouble,
    scheduler_troubles,
)
from emnnet.models.incident import Incident
from emnnet.models.job import JobRun, JobState
from emnnet.models.scheduler_process import SchedulerProcess
from emnnet.selectors.job_runs import JobLog
from emnnet.web.jobs import words


@dataclass(frozen=True)
class JobLine:
    """A job of the timetable."""

    name: str
    url: str
    period: str
    started_at: datetime | None
    next_run_at: datetime
    place: str
    lasted: str
    done: str
    error: str
    silent: bool
    is_running: bool


@dataclass(frozen=True)
class RunLine:
    """One run."""

    name: str
    started_at: datetime
    place: str
    lasted: str
    done: str
    error: str
    is_running: bool


@dataclass(frozen=True)
class ProcessLine:
    """A scheduler process."""

    place: str
    started_at: datetime
    seen_at: datetime
    leads: bool
    is_alive: bool


@dataclass(frozen=True)
class TroubleLine:
    """Something that is not well."""

    title: str
    detail: str


@dataclass(frozen=True)
class IncidentLine:
    """Something that was not well, or still is."""

    title: str
    detail: str
    began_at: datetime
    ended_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True)
class JobsPage:
    """All of the page; `only` names the job whose runs are shown, if one was chosen."""

    troubles: Sequence[TroubleLine]
    jobs: Sequence[JobLine]
    runs: Sequence[RunLine]
    processes: Sequence[ProcessLine]
    incidents: Sequence[IncidentLine]
    only: str


def jobs_page(log: JobLog, *, job: str, now: datetime) -> JobsPage:
    """What the page shows. What is not well was found by the processes that watch."""
    present = {one.name: one.detail for one in log.incidents if one.ended_at is None}
    present |= {one.name: one.detail for one in _of_processes(log.processes, now)}
    silent = {name.partition(":")[2] for name in present if name.startswith(Part.JOBS)}
    states = {state.job: state for state in log.jobs}
    return JobsPage(
        troubles=[
            TroubleLine(words.trouble_name(name), _detail(name, detail, states))
            for name, detail in present.items()
        ],
        jobs=[_job(state, silent) for state in log.jobs],
        runs=[_run(run, now) for run in log.runs],
        processes=[_process(one, now) for one in log.processes],
        incidents=[_incident(one) for one in log.incidents],
        only=words.job_name(job) if job else "",
    )


def _detail(name: str, noted: str, states: Mapping[str, JobState]) -> str:
    """A job that does not run well is told from its facts, in the reader's words."""
    part, _colon, job = name.partition(":")
    state = states.get(job) if part == Part.JOBS else None
    if state is None:
        return noted
    if state.failures >= FAILURES:
        return words.failing(state.failures, state.error or "")
    return words.silent_since(state.good_at, state.planned_at)


def _of_processes(
    processes: Sequence[SchedulerProcess], now: datetime
) -> list[Trouble]:
    """If none watches any more, nobody but this page can tell."""
    facts = [ProcessFacts(one.started_at, one.seen_at, one.leads) for one in processes]
    return scheduler_troubles(facts, now)


def _job(state: JobState, silent: set[str]) -> JobLine:
    return JobLine(
        name=words.job_name(state.job),
        url=url_for("jobs.index", job=state.job, _anchor="runs"),
        period=words.period(state.times),
        started_at=state.started_at,
        next_run_at=state.next_run_at,
        place=_place(state.host, state.pid),
        lasted=_lasted(state.started_at, state.ended_at),
        done=words.done(state.counts),
        error=state.error or "",
        silent=state.job in silent,
        is_running=state.is_cut_off,
    )


def _run(run: JobRun, now: datetime) -> RunLine:
    return RunLine(
        name=words.job_name(run.job),
        started_at=run.started_at,
        place=_place(run.host, run.pid),
        lasted=_lasted(run.started_at, run.ended_at or now),
        done=words.done(run.counts),
        error=run.error or "",
        is_running=run.ended_at is None,
    )


def _process(one: SchedulerProcess, now: datetime) -> ProcessLine:
    facts = ProcessFacts(one.started_at, one.seen_at, one.leads)
    return ProcessLine(
        place=_place(one.host, one.pid),
        started_at=one.started_at,
        seen_at=one.seen_at,
        leads=one.leads,
        is_alive=facts.is_alive(now),
    )


def _incident(one: Incident) -> IncidentLine:
    return IncidentLine(
        words.trouble_name(one.name),
        one.detail,
        one.began_at,
        one.ended_at,
        one.told_at,
    )


def _place(host: str | None, pid: int | None) -> str:
    return f"{host} · {pid}" if host else ""


def _lasted(start: datetime | None, end: datetime | None) -> str:
    return words.lasted(end - start) if start and end else ""
