"""The whole way of one query, from the document to the public page."""

from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from emnnet.models.question import Question
from emnnet.rehearsal import merging, office, partner
from emnnet.rehearsal.cast import Body, Cast, Plan, cast_of, substitute
from emnnet.rehearsal.document import Document
from emnnet.rehearsal.log import Stage, WayBlocked
from emnnet.rehearsal.papers import export, keep_mails
from emnnet.rehearsal.setting import Setting, deliver, get_query, let_days_pass
from emnnet.rehearsal.visitor import check_public_pages

MORNING, NOON, AFTERNOON = time(9, 30), time(12), time(15)
NOT_OURS = "This is not within our competence."


@dataclass
class Rehearsal:
    """What a rehearsal knows on its way, and what it leaves."""

    setting: Setting
    folder: Path
    query_id: int = 0
    reference: str = ""
    title: str = ""
    due_on: date = date.min
    plan: Plan = field(default_factory=Plan)
    bodies: dict[int, Body] = field(default_factory=dict)
    closed: tuple[int, ...] = ()
    files: list[Path] = field(default_factory=list)
    mails: int = 0
    blocked: str | None = None

    @property
    def is_complete(self) -> bool:
        """Was the whole way gone?"""
        return self.blocked is None and bool(self.files)


def rehearse(setting: Setting, document: Document, folder: Path) -> Rehearsal:
    """Go the whole way with a document; exports and mails go to `folder`.

    What is in the way ends it: `blocked` tells it, and the mails are kept all the same.
    """
    play = Rehearsal(setting, folder)
    try:
        _begin(play, document)
        _contributions(play)
        _national_response(play)
        _end(play)
    except WayBlocked as reason:
        play.blocked = str(reason)
    except Exception as error:  # whatever breaks is what a rehearsal is to find
        play.blocked = f"{type(error).__name__}: {error}"
    kept = keep_mails(setting, folder)
    play.mails = len(kept)
    play.files += kept
    return play


def _begin(play: Rehearsal, document: Document) -> None:
    setting = play.setting
    asked = len(document.read.questions)
    what = f"read {document.name} ({document.read.era}); questions found: {asked}"
    setting.note(setting.coordinator.name, what)
    for remark in (*document.opened.warnings, *document.read.warnings):
        setting.note(setting.coordinator.name, f"the reader says: {remark}")
    setting.reach(Stage.REGISTER)
    _wait_for_working_day(setting)
    play.query_id = office.register(setting, document)
    setting.reach(Stage.ROUTE)
    play.plan, play.bodies = office.route(setting, play.query_id)
    setting.reach(Stage.SEND)
    play.due_on = office.send(setting, play.query_id)
    deliver(setting)
    with setting.looking() as session:
        query = get_query(session, play.query_id)
        play.reference, play.title = query.reference, query.title
        play.closed = _closed(query.questions)


def _wait_for_working_day(setting: Setting) -> None:
    today = setting.clock.today
    closed = setting.calendar.why_closed(today)
    if closed:
        setting.note(setting.coordinator.name, f"the office is closed: {closed}")
        let_days_pass(setting, setting.calendar.on_or_after(today), MORNING)


def _contributions(play: Rehearsal) -> None:
    """Everybody plays their part, in the order of days."""
    setting, cast = play.setting, cast_of(play.plan, play.bodies)
    setting.reach(Stage.CONTRIBUTE)
    _tell_parts(play, cast)
    let_days_pass(setting, setting.clock.today, AFTERNOON)
    first, *others = cast.early
    there = partner.accept(partner.visit(setting, first, play.reference))
    setting.note(first.short, "opened the link of the mail, and accepted")
    partner.write(there, _closed_for(play, first))
    setting.note(first.short, "wrote a draft and saved it")
    _go_on(play, 1)
    _decline(play, cast.declining)
    _answer(play, first)
    _go_on(play, 2)
    for body in others:
        _answer(play, body)
    _be_late(play, cast.late)


def _decline(play: Rehearsal, body: Body) -> None:
    """One question is declined with another body named, who is asked and answers."""
    setting = play.setting
    there = partner.visit(setting, body, play.reference)
    asked = partner.questions_of(there)
    contribution_id, question = next(iter(asked.items()))
    cast = cast_of(play.plan, play.bodies)
    instead = substitute(play.plan, cast, question.id, play.bodies)
    there = partner.decline(there, contribution_id, NOT_OURS, instead.name)
    what = (
        f"declined question {question.label}: not our competence, ask {instead.short}"
    )
    setting.note(body.short, what)
    setting.clock.later()
    if len(asked) > 1:
        partner.send(partner.write(there, _closed_for(play, body)))
        setting.note(body.short, f"answered the other {len(asked) - 1} questions")
        setting.clock.later()
    deliver(setting)
    office.ask_instead(setting, contribution_id)
    deliver(setting)
    if instead not in cast.early:
        _answer(play, instead)


def _be_late(play: Rehearsal, body: Body) -> None:
    """The late one answers after the reminders; another one never does."""
    setting = play.setting
    setting.reach(Stage.REMIND)
    let_days_pass(setting, setting.working_day(1, after=play.due_on), NOON)
    setting.reach(Stage.CONTRIBUTE)
    _answer(play, body)


def _answer(play: Rehearsal, body: Body) -> None:
    """Open the newest link, write what is open, send all of it."""
    setting = play.setting
    there = partner.visit(setting, body, play.reference)
    asked = partner.questions_of(there).values()
    labels = ", ".join(question.label for question in asked)
    partner.send(partner.write(there, _closed_for(play, body)))
    late = " (late)" if setting.clock.today > play.due_on else ""
    noun = "question" if len(asked) == 1 else "questions"
    setting.note(body.short, f"answered {noun} {labels}{late}")
    setting.clock.later()
    deliver(setting)


def _national_response(play: Rehearsal) -> None:
    setting = play.setting
    setting.reach(Stage.CONSOLIDATE)
    _go_on(play, 1, after_due=True)
    merging.accept_all(setting, play.query_id)
    merging.consolidate(setting, play.query_id, play.closed)
    setting.reach(Stage.CLEAR)
    clearance_id = merging.ask_for_clearance(setting, play.query_id)
    deliver(setting)
    _go_on(play, 1, after_due=True)
    merging.clear(setting, clearance_id)
    deliver(setting)
    setting.reach(Stage.EXPORT)
    play.files += export(setting, play.query_id, play.folder)


def _end(play: Rehearsal) -> None:
    setting = play.setting
    setting.reach(Stage.RECORD_SENT)
    merging.note_sent(setting, play.query_id)
    setting.reach(Stage.CLOSE)
    _go_on(play, 1, after_due=True)
    if not merging.close(setting, play.query_id):
        raise WayBlocked("nobody was told that the query is closed")
    deliver(setting)
    setting.reach(Stage.PUBLISH)
    merging.publish_query(setting, play.query_id)
    setting.reach(Stage.CHECK)
    check_public_pages(setting, play.query_id)


def _go_on(play: Rehearsal, days: int, *, after_due: bool = False) -> None:
    """Some working days pass; while partners answer, not beyond their deadline."""
    day = play.setting.working_day(days)
    if not after_due:
        day = max(min(day, play.due_on), play.setting.clock.today)
    let_days_pass(play.setting, day, MORNING)


def _tell_parts(play: Rehearsal, cast: Cast) -> None:
    early = ", ".join(body.short for body in cast.early)
    parts = f"early: {early}; late: {cast.late.short};"
    parts += f" declines: {cast.declining.short}; never answers: {cast.silent.short}"
    play.setting.note("rehearsal", f"parts: {parts}")


def _closed(questions: list[Question]) -> tuple[int, ...]:
    """The question whose answer shall stay closed: the last of several."""
    return (questions[-1].id,) if len(questions) > 1 else ()


def _closed_for(play: Rehearsal, body: Body) -> tuple[int, ...]:
    """The questions that this partner answers for the asking country only.

    Of a single question one contributor's answer is closed, and will not be used.
    """
    if play.closed:
        return play.closed
    cast = cast_of(play.plan, play.bodies)
    lone = cast.early[-1] if len(cast.early) > 1 else cast.late
    of = {question for question, _ in play.plan.cells}
    return tuple(of) if body.id == lone.id else ()
