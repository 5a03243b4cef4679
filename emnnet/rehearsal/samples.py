"""The samples of the first start: queries in every state, with dates near today."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from emnnet.domain.calendar import Calendar
from emnnet.domain.moments import ONE_DAY, at_hour, office_day
from emnnet.models.query import Query
from emnnet.rehearsal.case import Case
from emnnet.rehearsal.clock import MovableClock, lent_to
from emnnet.rehearsal.redating import redated
from emnnet.rehearsal.setting import Setting, let_days_pass, setting_of

BEGINNING = -42  # working days before today; the first sample arrives two days later
EVENING = time(17, 30)
NINE, TEN, TWO, FOUR = time(9, 10), time(10, 40), time(14, 5), time(16, 20)


@dataclass(frozen=True)
class Act:
    """Something that happens so many working days from today, at an hour."""

    days: int
    hour: time
    do: Callable[[], None]


@dataclass(frozen=True)
class Stage:
    """Where the samples are played: the setting, today, and the documents."""

    setting: Setting
    today: date
    folder: Path

    def day(self, days: int) -> date:
        """So many working days from today; 0 is the next of them where it is off."""
        calendar: Calendar = self.setting.calendar
        if days == 0:
            return calendar.on_or_after(self.today)
        return calendar.add_working_days(self.today, days)

    def case(self, name: str, launched: int, reply_by: int) -> Case:
        """The query of a document, its dates moved."""
        text = (self.folder / f"{name}.txt").read_text()
        days = self.day(launched), self.day(reply_by)
        return Case(self.setting, redated(f"{name}.txt", text, *days))


def load_samples(app: Flask, folder: Path, mails: Path, *, now: datetime) -> int:
    """Play the samples in `folder` up to yesterday evening; returns how many.

    They go the way of every query: services, pages, jobs. Only where no query exists;
    their mails, with the dates of then, go to the mailbox in `mails`.
    """
    today = office_day(now)
    clock = MovableClock(at_hour(today - ONE_DAY, time.min))
    with lent_to(app, clock):
        setting = setting_of(app, clock, mails)
        if _count(setting):
            return 0
        stage = Stage(setting, today, folder)
        clock.now = at_hour(stage.day(BEGINNING), NINE)
        acts = sorted(_acts(stage), key=lambda act: (act.days, act.hour))
        for act in acts:
            let_days_pass(setting, stage.day(act.days), act.hour)
            act.do()
        let_days_pass(setting, today - ONE_DAY, EVENING)
        return _count(setting)


def _acts(stage: Stage) -> Iterator[Act]:
    yield from _published(stage, stage.case("seasonal_workers", -40, -20), -40)
    closed = stage.case("forged_documents", -32, -12)
    yield Act(-32, TEN, closed.keep_last_answer_closed)
    yield from _published(stage, closed, -32)
    yield from _in_clearance(stage, stage.case("unaccompanied_minors", -18, 2))
    yield from _overdue(stage, stage.case("return_counselling", -14, 2))
    yield from _due_today(stage, stage.case("recognition_of_skills", -10, 5))
    yield from _running(stage, stage.case("students_work", -6, 9))
    yield Act(-1, FOUR, stage.case("family_reunification", -2, 15).register)


def _published(stage: Stage, case: Case, start: int) -> Iterator[Act]:
    """All answered but one, sent, closed, published."""
    yield Act(start, NINE, case.register)
    yield Act(start, TWO, partial(_ask, stage, case, start + 10))
    yield Act(start + 2, TEN, lambda: case.answer(*case.cast.early))
    yield Act(start + 5, TWO, lambda: case.answer(case.cast.declining))
    yield Act(start + 9, FOUR, lambda: case.answer(case.cast.late))
    yield Act(start + 12, NINE, case.consolidate)
    yield Act(start + 12, TWO, case.ask_clearance)
    yield Act(start + 13, TEN, case.clear_and_send)
    yield Act(start + 15, NINE, case.close_and_publish)


def _in_clearance(stage: Stage, case: Case) -> Iterator[Act]:
    """The national text is written; the approver has not read it yet."""
    yield Act(-18, NINE, case.register)
    yield Act(-18, TWO, partial(_ask, stage, case, -5))
    yield Act(-16, TEN, lambda: case.answer(*case.cast.early))
    yield Act(-12, TWO, lambda: case.answer(case.cast.declining))
    yield Act(-6, FOUR, lambda: case.answer(case.cast.late, case.cast.silent))
    yield Act(-3, NINE, case.consolidate)
    yield Act(-2, TEN, case.ask_clearance)


def _overdue(stage: Stage, case: Case) -> Iterator[Act]:
    """The deadline has passed, reminders were sent, two institutions owe answers."""
    yield Act(-14, NINE, case.register)
    yield Act(-14, FOUR, partial(_ask, stage, case, -3))
    yield Act(-11, TEN, lambda: case.answer(*case.cast.early))
    yield Act(-9, TWO, lambda: case.decline(case.cast.declining))


def _due_today(stage: Stage, case: Case) -> Iterator[Act]:
    """Today, or the next working day, is the day; half of the answers are there."""
    yield Act(-10, NINE, case.register)
    yield Act(-10, TWO, partial(_ask, stage, case, 0))
    yield Act(-6, TEN, lambda: case.answer(*case.cast.early))
    yield Act(-1, TWO, lambda: case.draft(case.cast.late))


def _running(stage: Stage, case: Case) -> Iterator[Act]:
    """Some answers, a promise, a refusal that was followed, a first reminder."""
    yield Act(-6, NINE, case.register)
    yield Act(-6, TWO, partial(_ask, stage, case, 4))
    yield Act(-5, TEN, lambda: case.answer_first(case.cast.early[0]))
    yield Act(-4, TEN, lambda: case.promise(case.cast.late, stage.day(6)))
    yield Act(-3, NINE, lambda: case.decline(case.cast.declining))
    yield Act(-3, TWO, case.ask_instead)


def _count(setting: Setting) -> int:
    with setting.looking() as session:
        return session.scalar(select(func.count(Query.id))) or 0


def _ask(stage: Stage, case: Case, due: int) -> None:
    case.ask(stage.day(due))
