"""A plan of loading and the problems of files, put into words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from emnnet.domain.messages import Message
from emnnet.domain.network import TieKind
from emnnet.domain.network_check import NetworkProblems
from emnnet.domain.network_given_rows import KEYS, GivenRow
from emnnet.selectors.network_plan import Difference, Outcome, Plan, Planned
from emnnet.services.network_telling import kind_of
from emnnet.web.filters import day
from emnnet.web.keeping.words import COLUMN_WORDS, value_words
from emnnet.web.messages import spoken, worded
from emnnet.web.network_files.words import KEY_WORDS, OUTCOME_WORDS, TONES
from emnnet.web.network_words import TIES_FROM

MOST_SHOWN = 300
NOTHING = "–"


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
                spoken(kind_of(table)),
                {outcome.value: counter[outcome] for outcome in Outcome},
                plan.unnamed[table],
            )
            for table, counter in counts.items()
        ),
    )


def problem_lines(error: NetworkProblems) -> list[tuple[str, str]]:
    """Where each problem stands, and what it is."""
    return [
        (_place(problem.file, problem.line), _said(problem.text))
        for problem in error.problems
    ]


def _said(told: Message) -> str:
    """In words: a key or head by what it stands for, and as it stands in the file."""
    if "key" not in told.params:
        return spoken(told)
    key = str(told.params["key"])
    word = KEY_WORDS.get(key) or COLUMN_WORDS.get(key)
    named = f"{word} ({key})" if word else key
    return worded(told.text, {**told.params, "key": named})


def _line(planned: Planned) -> PlanLine:
    given = planned.given
    reasons = tuple(map(_reason, planned.differences)) or (_("it is not there yet"),)
    return PlanLine(
        outcome=str(OUTCOME_WORDS[planned.outcome]),
        tone=TONES[planned.outcome],
        table=spoken(kind_of(given.table)),
        name=_name(given),
        reasons=reasons,
        place=_place(given.place.file, given.place.line),
    )


def _name(given: GivenRow) -> str:
    """Which row it is: short names as the files have them, kinds and days in words."""
    parts = dict(zip(KEYS[given.table], given.key, strict=True))
    since = parts.pop("valid_from", None)
    if given.table == "tie":
        words = TIES_FROM[TieKind(str(parts["kind"]))]
        named = [str(parts["from_institution"]), f"{words} {parts['to_institution']}"]
    else:
        named = [value_words(column, part) for column, part in parts.items()]
    if isinstance(since, date):
        named.append(_("from %(day)s", day=day(since)))
    return ", ".join(part for part in named if part)


def _reason(one: Difference) -> str:
    column = one.column
    word = COLUMN_WORDS.get(column, column)
    before, after = value_words(column, one.before), value_words(column, one.after)
    return f"{word}: {before or NOTHING} → {after or NOTHING}"


def _place(file: str, line: int) -> str:
    if not file:
        return ""
    if not line:
        return file
    return str(_("%(file)s, line %(line)d", file=file, line=line))
