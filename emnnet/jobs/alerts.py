"""How an alert leaves: by a command or to a web address, never by our own mail."""

import json
import logging
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.request import Request, urlopen

from flask import current_app

from emnnet import clock

SECONDS = 30  # for a way to take the alert
OUR_SETTINGS = "EMNNET_"  # the secrets of ours that no command has to know

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Alert:
    """What is told: an incident that began, or one that is over."""

    name: str
    detail: str
    began_at: datetime
    ended_at: datetime | None = None

    @property
    def state(self) -> str:
        """For machines that read it."""
        return "recovered" if self.ended_at else "failing"

    def text(self, office: str) -> str:
        """For people."""
        began = self.began_at.astimezone(clock.zone())
        lines = [f"{office}: {self.name} is {self.state}", self.detail]
        lines.append(f"since {began:%Y-%m-%d %H:%M}")
        if self.ended_at:
            lines.append(
                f"until {self.ended_at.astimezone(clock.zone()):%Y-%m-%d %H:%M}"
            )
        return "\n".join(line for line in lines if line) + "\n"


Way = Callable[[Alert], None]


def ways() -> list[Way]:
    """The ways that the settings name."""
    chosen: list[Way] = []
    if current_app.config["ALERT_COMMAND"]:
        chosen.append(_by_command)
    if current_app.config["ALERT_URL"]:
        chosen.append(_by_address)
    return chosen


def is_told(alert: Alert) -> bool:
    """Tell it by every way; has one of them taken it?"""
    return sum(_is_taken(way, alert) for way in ways()) > 0


def _is_taken(way: Way, alert: Alert) -> bool:
    try:
        way(alert)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        log.error("the alert %s was not taken: %s", alert.name, error)
        return False
    return True


def _by_command(alert: Alert) -> None:
    """Arguments as they are, no shell; the text on standard input."""
    command: Sequence[str] = current_app.config["ALERT_COMMAND"]
    theirs = {k: v for k, v in os.environ.items() if not k.startswith(OUR_SETTINGS)}
    about = {"ALERT_NAME": alert.name, "ALERT_STATE": alert.state}
    subprocess.run(  # noqa: S603 -- the operator's own command
        list(command),
        input=_text(alert).encode(),
        env=theirs | about,
        stdout=subprocess.DEVNULL,
        timeout=SECONDS,
        check=True,
    )


def _by_address(alert: Alert) -> None:
    """A POST with JSON; `text` is what chat services show."""
    body = {"text": _text(alert), "name": alert.name, "state": alert.state}
    request = Request(  # noqa: S310 -- http or https: checked when settings are read
        current_app.config["ALERT_URL"],
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "User-Agent": "emnnet"},
    )
    with urlopen(request, timeout=SECONDS):  # noqa: S310
        pass


def _text(alert: Alert) -> str:
    return alert.text(current_app.config["OFFICE_NAME"])
