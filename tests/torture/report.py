"""The tables of the storms."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.torture.raging import Raged

HEADS = (
    "data base", "sched.", "kills", "locks", "restarts", "answers", "promised", "sent",
    "dropped", "given up", "mails", "again: no reply", "again: kill", "crossed", "LOST",
    "UNPROMISED", "TWICE", "DOUBLED", "AFTER ANSWER", "DAY OFF", "2ND OF DAY",
    "WAITING", "s",
)  # fmt: skip

WHIMS = {
    "taken": ("taken",),
    "reply lost": ("drop after",),
    "later (4xx)": ("later at the address", "later after the text"),
    "never (5xx)": ("no such address", "never"),
    "stalled": ("stall",),
    "hung up": ("drop before", "drop within"),
    "closed": ("closed",),
}


@dataclass(frozen=True)
class Row:
    """What one storm comes to."""

    database: str
    schedulers: int
    raged: Raged
    seconds: float

    @property
    def counts(self) -> list[str]:
        """Under the heads of the first table."""
        count, raged = self.raged.count, self.raged
        return [
            str(value)
            for value in (
                self.database, self.schedulers, count.kills, raged.locks_taken,
                raged.restarts, count.answers, count.promised, count.sent,
                count.dropped, count.given_up, count.mails, count.repeated_unanswered,
                count.repeated_at_kill, count.crossed, count.must_lost,
                f"{count.must_never_promised} of {count.demanded}",
                count.must_promised_twice, count.must_doubled, count.must_after_answer,
                count.must_day_off, count.must_second_of_day, count.must_waiting,
                f"{self.seconds:.0f}",
            )
        ]  # fmt: skip

    @property
    def whims(self) -> list[str]:
        """Under the heads of the second one."""
        moods = self.raged.moods
        numbers = [sum(moods[one] for one in names) for names in WHIMS.values()]
        return [self.database, str(self.schedulers), *map(str, numbers)]


def head(names: Sequence[str] = HEADS) -> str:
    """The names of the columns, as Markdown wants them."""
    rule = "|".join("---" if n == 0 else "--:" for n, _ in enumerate(names))
    return f"{line(names)}\n|{rule}|"


def line(values: Sequence[str]) -> str:
    """A row of the table."""
    return "| " + " | ".join(values) + " |"


def server_table(rows: Sequence[Row]) -> str:
    """What the mail server did to how many mails; closed: to everybody for a while."""
    names = ("data base", "sched.", *WHIMS)
    return "\n".join([head(names), *(line(row.whims) for row in rows)])


def legend() -> str:
    """What the columns mean."""
    return """
promised   reminders in the ledger; sent: the server took a mail that speaks of them;
           dropped: not true any more when they were to leave; given up: refused for
           good, with a task for the office
locks      times the leader lost its lock and found itself beside another leader
again      copies of a mail the server had taken already, under the same Message-ID:
           its reply never came (it hung up), or a kill -9 of that very sender between
           its text and its mark: at most one mail a kill. Nothing can rule these out.
crossed    the answer came while the mail was on the line
CAPITALS   must be 0: lost; not promised, of those that a calm system promises; two
           rows of the ledger for one; doubled without such a reason; sent after the
           answer was in; sent on a day off; a second mail of a day; still waiting
"""
