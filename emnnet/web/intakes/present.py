"""What was read, as a form with notes: how sure, where it stands, what is missing."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.audience import Dissemination
from emnnet.domain.reading.remarks import (
    NO_LAUNCH,
    NO_QUESTIONS,
    NO_REPLY_BY,
    NO_REQUESTER,
    NO_TITLE,
)
from emnnet.domain.reading.title import number_of
from emnnet.domain.reading.values import Era, Found, ReadQuery
from emnnet.models.intake import Intake
from emnnet.selectors.form_choices import ThemeChoice, themes_called
from emnnet.services.intake_reading import from_json
from emnnet.services.query_drafts import RowDraft
from emnnet.web.intakes.passages import Piece, anchor, passages, pieces
from emnnet.web.messages import spoken

ERA_WORDS: dict[Era, LazyString] = {
    Era.WORD: _l("the form of about 2009 to 2015"),
    Era.IES: _l("the form of about 2016 to 2019"),
    Era.SUMMARY: _l("a public summary page"),
    Era.MAIL: _l("a letter without a form"),
    Era.LIST: _l("a list of several queries"),
    Era.UNKNOWN: _l("no form that is known here"),
}
FORM_NAMES = {"requester": "requester_printed", "theme": "theme_id"}
EXPECTED: dict[str, LazyString] = {
    "title": _l("title"),
    "requester": _l("who asks"),
    "launched_on": _l("launch date"),
    "reply_by": _l("reply-by date"),
    "background": _l("background"),
}


TOLD_AS_MISSING = {NO_TITLE, NO_REQUESTER, NO_LAUNCH, NO_REPLY_BY, NO_QUESTIONS}


@dataclass(frozen=True)
class Note:
    """Under a field: how sure the reader is, and where it stands."""

    sureness: str = ""
    anchor: str = ""
    text: str = ""


@dataclass(frozen=True)
class Missing:
    """A field that the document does not have."""

    name: str
    word: str


@dataclass(frozen=True)
class Reading:
    """One intake as its page shows it."""

    intake: Intake
    read: ReadQuery
    era: str
    pieces: list[Piece]
    notes: dict[str | int, Note]
    missing: list[Missing]
    warnings: list[str]

    @property
    def is_empty(self) -> bool:
        """Did nothing arrive: is it an empty form?"""
        return not self.intake.text


def reading(intake: Intake, themes: list[ThemeChoice]) -> Reading:
    """Put the page together."""
    read = from_json(intake.reading)
    places = passages(read)
    return Reading(
        intake=intake,
        read=read,
        era=str(ERA_WORDS[read.era]),
        pieces=pieces(intake.text, places),
        notes=_notes(read, set(places), themes),
        missing=_missing(read) if intake.text else [],
        warnings=[
            spoken(each) for each in read.warnings if each.text not in TOLD_AS_MISSING
        ],
    )


def form_data(read: ReadQuery, themes: list[ThemeChoice]) -> dict[str, object]:
    """What was read, as the form holds it. Nothing is invented: a gap stays empty."""
    asked = read.requester.value if read.requester else None
    printed = themes_called(themes, read.theme.value) if read.theme else []
    return {
        "title": _with_capital(read.title.value if read.title else ""),
        "printed_title": _value(read.printed_title) or "",
        "foreign_reference": _number(read),
        "requester_kind": asked.kind.value if asked else "unknown",
        "requester_code": asked.code if asked else "",
        "requester_printed": asked.printed if asked else "",
        "originator": _value(read.originator) or "",
        "launched_on": _value(read.launched_on),
        "reply_by": _value(read.reply_by),
        "compiled_on": _value(read.compiled_on),
        "theme_id": str(printed[0].id) if len(printed) == 1 else "",
        "stated_total": _value(read.stated_total),
        "background": _value(read.background) or "",
        "questions": [
            {
                "label": question.label,
                "text": question.text,
                "depth": str(min(question.depth, 2)),
                "condition": question.condition or "",
            }
            for question in read.questions
        ],
    }


def _number(read: ReadQuery) -> str:
    """Theirs, where the printed title tells it; no public compilation has a field."""
    return (number_of(read.printed_title.value) or "") if read.printed_title else ""


def _with_capital(title: str) -> str:
    """Without its prefix a title often begins small; as a heading it should not."""
    return title[:1].upper() + title[1:]


def country_rows(read: ReadQuery) -> tuple[RowDraft, ...]:
    """The countries that responded, with what they said where it was read."""
    said = {True: Dissemination.YES, False: Dissemination.NO, None: None}
    codes = read.respondents.value if read.respondents else ()
    named = {code: RowDraft(code) for code in codes}
    told = {
        row.country: RowDraft(row.country, said[row.dissemination], row.text)
        for row in read.rows
    }
    return tuple((named | told).values())


def _value(found: Found[object] | None) -> object:
    return found.value if found else None


def _notes(
    read: ReadQuery, placed: set[str], themes: list[ThemeChoice]
) -> dict[str | int, Note]:
    notes: dict[str | int, Note] = {}
    for name in ("title", "requester", "originator", "launched_on", "reply_by",
                 "compiled_on", "theme", "background", "stated_total"):  # fmt: skip
        found: Found[object] | None = getattr(read, name)
        if found is not None:
            here = anchor(name) if name in placed else ""
            notes[FORM_NAMES.get(name, name)] = Note(found.sureness.value, here)
    if _number(read):
        notes["foreign_reference"] = notes["title"]
    if read.theme:
        notes["theme_id"] = _theme_note(read.theme, themes)
    for place, question in enumerate(read.questions):
        here = anchor(f"question-{place}") if f"question-{place}" in placed else ""
        notes[place] = Note(question.sureness.value, here)
    return notes


def _theme_note(printed: Found[str], themes: list[ThemeChoice]) -> Note:
    here = anchor("theme") if printed.passage else ""
    meant = themes_called(themes, printed.value)
    if len(meant) == 1:
        text = _("printed: “%(theme)s”", theme=printed.value)
        return Note(printed.sureness.value, here, text)
    text = _("printed: “%(theme)s”; choose the one of ours", theme=printed.value)
    return Note("unsure", here, text)


def _missing(read: ReadQuery) -> list[Missing]:
    gaps = [
        Missing(FORM_NAMES.get(name, name), str(word))
        for name, word in EXPECTED.items()
        if getattr(read, name) is None
    ]
    if not read.questions:
        gaps.append(Missing("add-question", _("questions")))
    return gaps
