"""What happened in a rehearsal: steps with their moments, for people and programs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from textwrap import fill

from emnnet.domain.moments import VILNIUS, office_day

WHO_WIDTH = 12
WIDTH = 110  # of a line on the screen


class Stage(StrEnum):
    """The parts of the way, in their order."""

    READ = "read"
    REGISTER = "register"
    ROUTE = "route"
    SEND = "send"
    CONTRIBUTE = "contribute"
    REMIND = "remind"
    CONSOLIDATE = "consolidate"
    CLEAR = "clear"
    EXPORT = "export"
    RECORD_SENT = "record sent"
    CLOSE = "close"
    PUBLISH = "publish"
    CHECK = "check"


class WayBlocked(Exception):
    """The rehearsal cannot go on; the message says what is in the way."""


@dataclass(frozen=True)
class Step:
    """One thing that happened. `assumed`: the simulated person made it up."""

    at: datetime
    stage: Stage
    who: str
    what: str
    assumed: bool = False

    def as_lines(self, *, with_day: bool) -> str:
        """For people: the day where it changes, the hour, who and what."""
        local = self.at.astimezone(VILNIUS)
        day = f"{local:%a %Y-%m-%d}" if with_day else ""
        head = f"{day:16}{local:%H:%M}  {self.who:{WHO_WIDTH}} "
        mark = " (*)" if self.assumed else ""
        indent = " " * len(head)
        return fill(head + self.what + mark, WIDTH, subsequent_indent=indent)


@dataclass
class Log:
    """All steps so far, and the stage the way has reached."""

    steps: list[Step] = field(default_factory=list)
    stage: Stage = Stage.READ

    def note(self, at: datetime, who: str, what: str, *, assumed: bool = False) -> None:
        """Write a line down."""
        self.steps.append(Step(at, self.stage, who, what, assumed))

    def lines(self) -> Iterator[str]:
        """The log for people; lines with (*) were made up by a simulated person."""
        before = None
        for step in self.steps:
            day = office_day(step.at)
            yield step.as_lines(with_day=day != before)
            before = day
        if any(step.assumed for step in self.steps):
            yield "(*) not in the document: set by the simulated coordinator"
