"""The one incident that the data base cannot remember: that it is away."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

from flask import Flask

from emnnet.domain.health import Part
from emnnet.jobs.alerts import Alert

FILE = "outage.json"


def note_outage(
    app: Flask, *, is_away: bool, patience: timedelta, now: datetime
) -> Alert | None:
    """Note in the instance folder since when it is away; returns what is to be told.

    Processes of one host share the file, so one of them gets the alert.
    """
    path = Path(app.instance_path, FILE)
    if not is_away and not path.exists():
        return None
    with path.open("a+") as file:
        flock(file, LOCK_EX)
        began_at, told = _read(file.name)
        alert = None
        if is_away:
            began_at = began_at or now
            if not told and now - began_at >= patience:
                alert, told = _alert(began_at), True
            _write(path, began_at, told=told)
        else:
            alert = _alert(began_at, now) if told and began_at else None
            with suppress(FileNotFoundError):
                path.unlink()
    return alert


def _alert(began_at: datetime, ended_at: datetime | None = None) -> Alert:
    return Alert(Part.DATABASE.value, "the data base is silent", began_at, ended_at)


def _read(path: str) -> tuple[datetime | None, bool]:
    try:
        kept = json.loads(Path(path).read_text())
        return datetime.fromisoformat(kept["began_at"]), bool(kept["told"])
    except (OSError, ValueError, KeyError):
        return None, False


def _write(path: Path, began_at: datetime, *, told: bool) -> None:
    path.write_text(json.dumps({"began_at": began_at.isoformat(), "told": told}))
