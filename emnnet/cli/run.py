"""`emnnet run`: everything at once, for trying out on one machine."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
from flask import current_app
from flask.cli import with_appcontext

from emnnet.cli.database import migrate
from emnnet.cli.first_start import sign_ins, take_in_data, take_in_samples
from emnnet.extensions import db

PATIENCE = 180.0  # seconds for the web server to answer, on a busy machine too
HOST = "127.0.0.1"


@click.command()
@click.option("--port", default=5000, envvar="PORT", show_default=True)
@click.option("--workers", default=2, show_default=True)
@with_appcontext
def run(port: int, workers: int) -> None:
    """Prepare the data, then start web server, scheduler and mailbox. Ctrl-C stops."""
    _refuse_a_taken_port(port)
    instance = Path(current_app.instance_path)
    _write_secret(instance / "config.toml")
    click.echo("Bringing the tables up to date")
    migrate()
    take_in_data()
    lines = sign_ins(instance / "sign-ins.txt")
    take_in_samples(f"{HOST}:{port}")
    db.engine.dispose()
    environment = os.environ | {
        "EMNNET_INSTANCE": str(instance),
        "EMNNET_SERVER_NAME": f"{HOST}:{port}",
    }
    _supervise(_commands(port, workers), environment, port, lines)


def _refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is taken. Stop what runs there, or choose another one:"
                f" PORT={port + 1} make run"
            ) from error


def _write_secret(path: Path) -> None:
    """A key of its own for this installation, made once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'SECRET_KEY = "{secrets.token_hex()}"\n')
    path.chmod(0o600)


def _commands(port: int, workers: int) -> tuple[list[str], ...]:
    web = ["-m", "gunicorn", "emnnet.app:start_app()", "--bind", f"{HOST}:{port}"]
    web += ["--workers", str(workers), "--log-level", "warning"]
    return ([sys.executable, *web], [sys.executable, "-m", "emnnet", "scheduler"])


def _supervise(
    commands: tuple[list[str], ...],
    environment: dict[str, str],
    port: int,
    lines: list[str],
) -> None:
    """Start the processes, tell where they are, and stop all when one ends."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            running.append(  # a group of its own: Ctrl-C reaches us, we stop them
                subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
            )
        _wait_until_it_answers(port, running)
        _tell(port, lines)
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        raise click.ClickException("A process ended by itself: the rest is stopped.")
    except KeyboardInterrupt:
        click.echo("\nStopping")
    finally:
        _stop(running)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _wait_until_it_answers(port: int, running: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(process.poll() is not None for process in running):
            raise click.ClickException("A process ended while it was starting.")
        try:
            with urlopen(f"http://{HOST}:{port}/sign-in", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise click.ClickException("The web server does not answer.")


def _tell(port: int, lines: list[str]) -> None:
    click.echo("")
    click.echo(f"emnnet      http://{HOST}:{port}")
    if current_app.config["MAIL_MODE"] == "mailbox":
        click.echo(f"mailbox     http://{HOST}:{port}/mailbox  (no mail leaves)")
    else:
        click.echo(f"mail        leaves by {current_app.config['MAIL_SERVER']}")
    for line in lines:
        click.echo(line)
    click.echo("Stop with Ctrl-C.")


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
