"""A plan of loading and the problems of files, put into words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from emnnet.domain.network_check import NetworkProblems
from emnnet.selectors.network_plan import Difference, Outcome, Plan, Planned
from emnnet.web.messages import spoken
from emnnet.web.network_files.words import OUTCOME_WORDS, ROW_WORDS, TONES

MOST_SHOWN = 300
LONGEST_SHOWN = 120


@dataclass(frozen=True)
class PlanLine:
    """One row: what becomes of it, and why."""

    outcome: str
    tone: str
    table: str
    name: str
    reasons: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Counted:
    """How many rows of a table are new, changed, ending, as they were, not named."""

    table: str
    counts: dict[str, int]
    unnamed: int


@dataclass(frozen=True)
class Outline:
    """The whole plan, as the page shows it."""

    lines: tuple[PlanLine, ...]
    left_out: int
    tables: tuple[Counted, ...]

    @property
    def moves(self) -> int:
        """How many rows become different."""
        return len(self.lines) + self.left_out


def outlined(plan: Plan) -> Outline:
    """The rows that become different, and the count of each table."""
    shown = plan.moving[:MOST_SHOWN]
    counts: dict[str, Counter[Outcome]] = {}
    for row in plan.rows:
        counts.setdefault(row.given.table, Counter())[row.outcome] += 1
    return Outline(
        lines=tuple(map(_line, shown)),
        left_out=len(plan.moving) - len(shown),
        tables=tuple(
            Counted(
                str(ROW_WORDS[table]),
                {outcome.value: counter[outcome] for outcome in Outcome},
                plan.unnamed[table],
            )
            for table, counter in counts.items()
        ),
    )


def problem_lines(error: NetworkProblems) -> list[tuple[str, str]]:
    """Where each problem stands, and what it is."""
    return [
        (_place(problem.file, problem.line), spoken(problem.text))
        for problem in error.problems
    ]


def _line(planned: Planned) -> PlanLine:
    given = planned.given
    reasons = tuple(map(_reason, planned.differences)) or (_("it is not there yet"),)
    return PlanLine(
        outcome=str(OUTCOME_WORDS[planned.outcome]),
        tone=TONES[planned.outcome],
        table=str(ROW_WORDS[given.table]),
        name=given.name,
        reasons=reasons,
        place=_place(given.place.file, given.place.line),
    )


def _reason(one: Difference) -> str:
    return f"{one.column}: {_shown(one.before)} → {_shown(one.after)}"


def _shown(value: object) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, dict):
        words = value.get("words", [])
        return str(_("%(number)d words", number=len(words)))
    if isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _place(file: str, line: int) -> str:
    if not file:
        return ""
    if not line:
        return file
    return str(_("%(file)s, line %(line)d", file=file, line=line))
