"""How all is: data base, jobs, mail, disk. Looks, and changes nothing."""

from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from emnnet import clock
from emnnet.domain.health import (
    Health,
    Part,
    Trouble,
    job_troubles,
    outbox_troubles,
    scheduler_troubles,
)
from emnnet.extensions import db
from emnnet.files.room import free_megabytes
from emnnet.mail.reachable import why_unreachable
from emnnet.selectors.calendar import office_calendar
from emnnet.selectors.job_runs import job_facts, oldest_untried, process_facts


def diagnose() -> Health:
    """What is not well now. A data base that is away hides what it knows."""
    troubles = [*_mail_server(), *_disk()]
    try:
        db.session.rollback()  # what was read before is not the present
        troubles += _of_database()
    except SQLAlchemyError as error:
        brief = str(error).splitlines()[0]
        troubles.append(Trouble(Part.DATABASE, detail=brief))
    return Health(tuple(troubles))


def _of_database() -> list[Trouble]:
    session, now = db.session, clock.now()
    calendar = office_calendar(session, current_app.config["CALENDAR"])
    return [
        *scheduler_troubles(process_facts(session), now),
        *job_troubles(job_facts(session), calendar, now),
        *outbox_troubles(oldest_untried(session, now), now),
    ]


def _mail_server() -> list[Trouble]:
    why = why_unreachable()
    return [Trouble(Part.MAIL_SERVER, detail=why)] if why else []


def _disk() -> list[Trouble]:
    free = free_megabytes(Path(current_app.instance_path))
    least: int = current_app.config["DISK_LEAST_MB"]
    if free is None:
        return [Trouble(Part.DISK, detail="the instance folder cannot be looked at")]
    if free < least:
        return [Trouble(Part.DISK, detail=f"{free} MB are free, {least} are wanted")]
    return []
