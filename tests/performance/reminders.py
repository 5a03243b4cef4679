"""`make bench`: a run of the reminder job over a million assignments, and mail sent."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from emnnet.app import create_app
from emnnet.domain.mails import MailKind
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.selectors.contacts import find_addressee
from emnnet.services.outbox import enqueue
from tests.performance.data import server
from tests.performance.million import make_due, million
from tests.torture.processes import sink
from tests.torture.surroundings import environment
from tests.torture.world import SPRING, make_world

MAILS = 200
SENDERS = (1, 2, 4)
DUE = (0, 10, 1000, 25_000)


def measure_reminders(assignments: int) -> None:
    """Both data bases: a run with so many due, and a second one an hour later.

    Each in a fresh process that has run once before, so that all is imported.
    """
    names = ("due", "reminders", "mails", "ms", "CPU ms", "statements", "MB more")
    again = ("again: ms", "statements")
    click.echo(f"{assignments:,} assignments, load {os.getloadavg()[0]:.1f}")
    click.echo(_line("data base", *names, *again))
    for postgres in (False, True):
        name = "postgresql" if postgres else "sqlite"
        with million(assignments, postgres=postgres) as (folder, url):
            for due in DUE:
                make_due(url, due)
                first, second = _ticks(url, folder)
                did = first["reminders"], first["mails"]
                cost = (
                    first["ms"],
                    first["cpu"],
                    first["statements"],
                    first["megabytes"],
                )
                click.echo(
                    _line(name, due, *did, *cost, second["ms"], second["statements"])
                )
            make_due(url, 0)


def _line(*values: object) -> str:
    return "| " + " | ".join(map(str, values)) + " |"


def _ticks(url: str, folder: Path) -> Iterator[dict[str, float]]:
    command = [sys.executable, "-m", "tests.performance.tick", url, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        yield json.loads(line)


def measure_senders() -> None:
    """Mails a second with some senders, on both data bases."""
    click.echo(f"\n{MAILS} invitations to a mail server on loopback, mails a second")
    click.echo(_line("data base", *(f"{n} senders" for n in SENDERS)))
    for postgres in (False, True):
        with tempfile.TemporaryDirectory(prefix="emnnet-bench-") as root:
            folder = Path(root)
            with server(folder, postgres=postgres) as url:
                _prepare(url)
                rates = [_rate(url, folder / str(n), n) for n in SENDERS]
        name = "postgresql" if postgres else "sqlite"
        click.echo(_line(name, *(f"{rate:.0f}" for rate in rates)))


def _prepare(url: str) -> None:
    app = create_app({"SECRET_KEY": "x", "DATABASE_URL": url})
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    with app.app_context():
        db.engine.dispose()
    with Session(create_engine(url, poolclass=NullPool)) as session:
        make_world(session, MAILS * len(SENDERS) * 2)
        session.commit()


def _rate(url: str, folder: Path, senders: int) -> float:
    """Promise, let all begin together, and look into the book of the server."""
    folder.mkdir()
    (folder / "kind").touch()
    (folder / "clock").write_text("0")
    with sink(folder, 1) as port:
        given = environment(url, folder, port)
        go, command = folder / "go", [sys.executable, "-m", "tests.performance.sender"]
        running = [
            subprocess.Popen(
                [*command, str(go)], env=given, stdout=subprocess.PIPE, text=True
            )
            for _ in range(senders)
        ]
        for process in running:
            assert process.stdout is not None
            process.stdout.readline()
        _promise(url, senders)
        go.touch()
        for process in running:
            process.communicate()
    taken = [json.loads(line)["at"] for line in (folder / "taken.jsonl").open()]
    return (len(taken) - 1) / (taken[-1] - taken[0])


def _promise(url: str, batch: int) -> None:
    """Invitations to assignments that got none in an earlier measurement."""
    with Session(create_engine(url, poolclass=NullPool)) as session:
        chosen = session.scalars(
            select(Assignment).order_by(Assignment.id).limit(MAILS)
        ).all()
        for assignment in chosen:
            day = SPRING.days[0]
            to = find_addressee(session, assignment.institution_id, day)
            if to is not None:
                key, now = f"bench:{batch}:{assignment.id}", SPRING.asked
                how = {"key": key, "now": now, "assignment": assignment}
                enqueue(session, MailKind.INVITATION, to, **how)
        session.commit()
