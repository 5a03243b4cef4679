"""`emnnet rehearse`: the main job from end to end, on a document of one's own."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from emnnet import clock
from emnnet.cli.accounts import new_password
from emnnet.cli.database import migrate
from emnnet.cli.first_start import load_holidays, load_shipped_network
from emnnet.config import DEFAULTS
from emnnet.domain.moments import VILNIUS, at_hour
from emnnet.domain.roles import COMMAND, Role
from emnnet.extensions import db
from emnnet.rehearsal.clock import MovableClock
from emnnet.rehearsal.document import Document, read_document
from emnnet.rehearsal.log import WayBlocked
from emnnet.rehearsal.play import Rehearsal, rehearse
from emnnet.rehearsal.setting import setting_of
from emnnet.services.accounts import add_account
from emnnet.transaction import committing

OPENING = time(9)
FIRST_DAY = date(2012, 1, 1)  # of the calendars
LAST_DAY = date(2090, 12, 31)
PEOPLE = (
    (Role.COORDINATOR, "coordinator@example.org", "Coordinator"),
    (Role.APPROVER, "approver@example.org", "Approver"),
)
KEPT = "rehearsal.json"  # tells the next rehearsal what it may replace


@click.command("rehearse")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("rehearsal"),
    show_default=True,
    help="Where the exports and the mails go.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def rehearse_command(file: Path, folder: Path, as_json: bool) -> None:
    """Go the whole way with the query in FILE, in a data base of its own.

    Simulated partners answer by the links in their mails; a clock that is moved
    makes weeks of it minutes. Nothing of your own data is touched, no mail leaves.
    """
    folder = folder.absolute()
    _make_room(folder)
    try:
        document = read_document(file)
    except WayBlocked as reason:
        raise click.ClickException(f"The way ended at step 'read': {reason}") from None
    start, remark = _start(document)
    with _scratch(start) as (app, moving, mails):
        setting = setting_of(app, moving, mails)
        setting.note("rehearsal", remark)
        play = rehearse(setting, document, folder)
    report = _as_dict(play, file)
    (folder / KEPT).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    _print(play, report, as_json=as_json)
    if not play.is_complete:
        raise SystemExit(1)


def _make_room(folder: Path) -> None:
    """The folder, without what an earlier rehearsal has left there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / KEPT
        earlier = json.loads(kept.read_text())["files"] if kept.exists() else []
        for name in earlier:
            (folder / Path(name).name).unlink(missing_ok=True)
    except (OSError, ValueError, KeyError) as error:
        raise click.ClickException(f"{folder} cannot be used: {error}") from None


def _start(document: Document) -> tuple[datetime, str]:
    """When the document arrives: on its launch date, else today."""
    found = document.read.launched_on
    if found is None:
        return at_hour(clock.today(), OPENING), (
            f"no launch date was read: the clock starts today, {clock.today()}"
        )
    if not FIRST_DAY <= found.value <= LAST_DAY:
        return at_hour(clock.today(), OPENING), (
            f"the calendars do not reach back to {found.value}: the clock starts today"
        )
    return at_hour(found.value, OPENING), (
        f"the clock starts on the launch date, {found.value}"
    )


@contextmanager
def _scratch(start: datetime) -> Iterator[tuple[Flask, MovableClock, Path]]:
    """An application on its own data base and folder; both are gone afterwards."""
    moving = MovableClock(start)
    settings = {name: current_app.config[name] for name in DEFAULTS}
    with TemporaryDirectory(prefix="emnnet-rehearsal-") as folder:
        settings |= {
            "PRODUCTION": False,
            "SECRET_KEY": secrets.token_hex(),
            "DATABASE_URL": f"sqlite:///{folder}/rehearsal.sqlite",
            "MAIL_MODE": "mailbox",
            "MAIL_FOLDER": f"{folder}/mailbox",
            "PREFERRED_URL_SCHEME": "http",
            "TRUSTED_HOSTS": None,
        }
        factory = current_app.extensions["emnnet.factory"]
        app = factory(settings, now=moving, instance=folder)
        with app.app_context():
            _prepare(moving)
        yield app, moving, Path(folder, "mailbox")
        with app.app_context():
            db.engine.dispose()


def _prepare(moving: MovableClock) -> None:
    """Tables, network, the calendars of these years, one account a part."""
    migrate()
    load_shipped_network()
    load_holidays(moving.today, first_year=moving.today.year - 1)
    with committing() as session:
        for role, email, name in PEOPLE:
            password = new_password()
            add_account(
                session, email, name, role, password, by=COMMAND, now=moving.now
            )


def _as_dict(play: Rehearsal, file: Path) -> dict[str, Any]:
    return {
        "file": file.name,
        "reference": play.reference,
        "title": play.title,
        "complete": play.is_complete,
        "stopped_at": None if play.is_complete else play.setting.log.stage,
        "reason": play.blocked,
        "steps": [
            {
                "date": step.at.astimezone(VILNIUS).date().isoformat(),
                "time": f"{step.at.astimezone(VILNIUS):%H:%M}",
                "stage": step.stage,
                "who": step.who,
                "what": step.what,
                "assumed": step.assumed,
            }
            for step in play.setting.log.steps
        ],
        "mails": play.mails,
        "files": [path.name for path in play.files],
    }


def _print(play: Rehearsal, report: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for line in play.setting.log.lines():
        click.echo(line)
    click.echo("")
    click.echo(f"Mails: {play.mails}. All files lie in {play.folder}")
    if play.is_complete:
        click.echo("The whole way was gone.")
    else:
        stage = play.setting.log.stage
        click.echo(f"The way ended at step '{stage}': {play.blocked}", err=True)
