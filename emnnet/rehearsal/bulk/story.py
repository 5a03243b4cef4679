"""The life of one made-up query as values: its days, whom it asks, what they say."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.moments import at_hour
from emnnet.rehearsal.bulk.ground import Ground, Partner, Subject
from emnnet.rehearsal.bulk.texts import ASKERS, Writer

OPEN_SHARE = 0.01
PUBLISHED_SHARE, WITHDRAWN_SHARE = 0.88, 0.02  # of the others
FIRST_DAY = date(2012, 1, 9)
TERM, LIFE = 14, 40  # days to answer; days until a closed query is over
DAY = timedelta(days=1)


class Fate(StrEnum):
    """How far a query has come."""

    REGISTERED = "registered"
    WAITING = "waiting"
    IN_CLEARANCE = "in_clearance"
    SENT = "sent"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def is_answered(self) -> bool:
        """Is its national response written?"""
        return self not in {Fate.REGISTERED, Fate.WAITING, Fate.WITHDRAWN}

    @property
    def is_sent(self) -> bool:
        """Did its national response leave?"""
        return self in {Fate.SENT, Fate.CLOSED, Fate.PUBLISHED}

    @property
    def is_closed(self) -> bool:
        """Is it over?"""
        return self in {Fate.CLOSED, Fate.PUBLISHED}


OPEN_FATES = (
    Fate.REGISTERED,
    *[Fate.WAITING] * 6,
    Fate.IN_CLEARANCE,
    Fate.SENT,
)


class Outcome(StrEnum):
    """What an institution has done about one question."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Cell:
    """One institution and one question: its part, and what came of it."""

    question: int  # from 0
    partner: Partner
    role: CellRole
    outcome: Outcome
    text: tuple[str, ...]
    is_open: bool
    hours: int  # from asking to answering


@dataclass(frozen=True)
class Story:
    """Everything that is told of one query."""

    fate: Fate
    subject: Subject
    asker: str
    title: str
    background: str
    questions: tuple[str, ...]
    cells: tuple[Cell, ...]
    launched_on: date
    due_on: date  # by which day the institutions were asked
    reply_by: date  # the asking country's day

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment, so many days after the launch."""
        return at_hour(self.launched_on + days * DAY, time(hour, minute))

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Whoever is asked, each once."""
        return tuple(dict.fromkeys(cell.partner for cell in self.cells))


def invent(random: Random, ground: Ground, today: date) -> Story:
    """A query with its whole life, as it stands on `today`."""
    writer, fate = Writer(random), _fate(random)
    subject = random.choice(ground.subjects)
    questions = tuple(writer.question() for _ in range(random.randint(2, 6)))
    launched_on = _launched_on(random, fate, today)
    due_on = ground.calendar.on_or_after(launched_on + TERM * DAY)
    return Story(
        fate=fate,
        subject=subject,
        asker=random.choice(ASKERS),
        title=writer.title(),
        background=writer.background(),
        questions=questions,
        cells=_cells(random, writer, ground, subject, fate, len(questions)),
        launched_on=launched_on,
        due_on=due_on,
        reply_by=ground.calendar.on_or_after(due_on + 7 * DAY),
    )


def _fate(random: Random) -> Fate:
    if random.random() < OPEN_SHARE:
        return random.choice(OPEN_FATES)
    chance = random.random()
    if chance < PUBLISHED_SHARE:
        return Fate.PUBLISHED
    return Fate.WITHDRAWN if chance > 1 - WITHDRAWN_SHARE else Fate.CLOSED


def _launched_on(random: Random, fate: Fate, today: date) -> date:
    """Long ago for what is over; so that what runs is due around today."""
    if fate in {Fate.CLOSED, Fate.PUBLISHED, Fate.WITHDRAWN}:
        span = (today - FIRST_DAY).days - LIFE
        return FIRST_DAY + random.randint(0, span) * DAY
    if fate is Fate.REGISTERED:
        return today - random.randint(1, 3) * DAY
    if fate is Fate.WAITING:
        return today - random.randint(4, TERM + 3) * DAY
    return today - random.randint(TERM + 6, TERM + 12) * DAY


def _cells(
    random: Random,
    writer: Writer,
    ground: Ground,
    subject: Subject,
    fate: Fate,
    questions: int,
) -> tuple[Cell, ...]:
    """A lead for each question, and up to two that contribute."""
    if fate is Fate.REGISTERED:
        return ()
    likely = subject.partners or ground.partners
    asked = random.sample(likely, min(len(likely), random.randint(2, 4)))
    cells = []
    for question in range(questions):
        lead, *others = random.sample(asked, min(len(asked), random.randint(1, 3)))
        cells.append(_cell(random, writer, question, lead, CellRole.LEAD, fate))
        for other in others:
            part = CellRole.CONTRIBUTES
            cells.append(_cell(random, writer, question, other, part, fate))
    return tuple(cells)


def _cell(
    random: Random,
    writer: Writer,
    question: int,
    partner: Partner,
    role: CellRole,
    fate: Fate,
) -> Cell:
    outcome = _outcome(random, role, fate)
    text = writer.answer(random.randint(1, 3)) if outcome is Outcome.ANSWERED else ()
    is_open = random.random() < 0.8
    hours = random.randint(20, 24 * (TERM - 1))
    if fate is Fate.WAITING:
        hours = random.randint(20, 24 * 3)
    return Cell(question, partner, role, outcome, text, is_open, hours)


def _outcome(random: Random, role: CellRole, fate: Fate) -> Outcome:
    chance = random.random()
    if fate in {Fate.WAITING, Fate.WITHDRAWN}:
        return Outcome.ANSWERED if chance < 0.5 else Outcome.NOTHING
    if role is CellRole.LEAD or chance < 0.85:
        return Outcome.ANSWERED
    return Outcome.DECLINED if chance < 0.95 else Outcome.NOTHING
