"""The table of the storms."""

from tests.torture.counting import Count

HEADS = (
    "data base", "sched.", "kills", "restarts", "answers", "promised", "sent",
    "dropped", "given up", "mails", "again: no reply", "again: kill", "LOST",
    "UNPROMISED", "DOUBLED", "AFTER ANSWER", "DAY OFF", "2ND OF DAY", "WAITING", "s",
)  # fmt: skip


def columns(
    database: str, schedulers: int, restarts: int, count: Count, seconds: float
) -> list[str]:
    """The numbers of one storm."""
    return [
        str(value)
        for value in (
            database, schedulers, count.kills, restarts, count.answers, count.promised,
            count.sent, count.dropped, count.given_up, count.mails,
            count.repeated_unanswered, count.repeated_at_kill, count.must_lost,
            count.must_never_promised, count.must_doubled, count.must_after_answer,
            count.must_day_off, count.must_second_of_day, count.must_waiting,
            f"{seconds:.0f}",
        )
    ]  # fmt: skip


def head() -> str:
    """The names of the columns, as Markdown wants them."""
    rule = "|".join("---" if n == 0 else "--:" for n, _ in enumerate(HEADS))
    return f"{line(HEADS)}\n|{rule}|"


def line(values: list[str] | tuple[str, ...]) -> str:
    """A row of the table."""
    return "| " + " | ".join(values) + " |"


def legend() -> str:
    """What the columns mean."""
    return """
promised   reminders in the ledger; sent: the server took their mail; dropped: not true
           any more when they were to leave; given up: refused for good, with a task
again      copies of a mail the server had taken already, under the same Message-ID:
           its answer never came (it hung up), or a kill -9 between its answer and our
           mark: at most one mail for each kill. Nothing can rule these out.
CAPITALS   must be 0: lost, never promised, doubled without such a reason, sent after
           the answer was in, sent on a day off, a second mail of a day, still waiting
"""
