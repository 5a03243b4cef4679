"""Reading a form that came back: what stands in which field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from xml.etree.ElementTree import Element

from emnnet.documents.markdown_tree import Block, Paragraph
from emnnet.documents.markdown_writing import markdown
from emnnet.documents.opening.kinds import kind_of
from emnnet.documents.opening.values import Kind, UnreadableDocument
from emnnet.documents.opening.word_numbers import W
from emnnet.documents.word_form.block_reading import Reader
from emnnet.documents.word_form.line_reading import words_of
from emnnet.documents.word_form.parts import WordParts, word_parts
from emnnet.documents.word_form.sections import Section, Sections
from emnnet.documents.word_form.words import (
    DAY_LABELS,
    NO_DAY,
    OUTCOMES,
    OWN_INVITATIONS,
    PLACEHOLDERS,
    TRAVELS,
)
from emnnet.domain.audience import Dissemination
from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.word_form import (
    FilledField,
    FilledForm,
    FormOutcome,
    FoundBy,
    Given,
)

NOT_WORD = _n(
    "This is not a Word document. Save the form as .docx and choose it again. Nothing "
    "was taken over."
)
NOT_A_FORM = _n(
    "This Word document is not a form that was downloaded here: no question was found "
    "in it. Choose the form you filled in. Nothing was taken over."
)
TRACKED = _n(
    "Changes were tracked in this file. What was inserted is taken, what was deleted "
    "is left out. Look at the texts before you take them over."
)
COMMENTS = _n("There are comments in this file. They are not taken over.")
PICTURES = _n(
    "There are pictures in this file. They cannot be taken over: attach them as files."
)
NO_MARKS = _n(
    "The marks of the fields were lost from this file, so the answers were found by "
    "the numbers of the questions. Look whether each stands at its question."
)
TWICE = _n("Question %(label)s stands in this file twice. Both texts are here.")
_CHANGED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_PLACEHOLDER_STYLE = "placeholder text"
Chosen = TypeVar("Chosen", Dissemination, FormOutcome)


@dataclass
class _Choices:
    """What was chosen beside an answer; empty where nothing was."""

    dissemination: Dissemination | None = None
    outcome: FormOutcome = FormOutcome.ANSWER
    day: date | None = None
    unread_day: str = ""


def read_form(data: bytes) -> FilledForm:
    """What stands in the fields. Call `read_word_form` for what comes from outside.

    Raises `UnreadableDocument` for all that is not a form of ours.
    """
    if kind_of(data) is not Kind.DOCX:
        raise UnreadableDocument(NOT_WORD)
    parts = word_parts(data)
    sections = Sections(parts)
    found = [_field(section, parts) for section in sections.cut()]
    if not found:
        raise UnreadableDocument(NOT_A_FORM)
    fields, twice = _united(found)
    by = FoundBy.FIELDS if sections.has_marks else FoundBy.HEADINGS
    return FilledForm(
        fields,
        by,
        sections.assignment_id,
        warnings=(*_warnings(parts, by), *twice),
    )


def _field(section: Section, parts: WordParts) -> FilledField:
    elements = [one for one in section.answer if not _is_placeholder(one, parts)]
    tree = _without_invitation(Reader(parts).read(elements))
    choices = _choices(section)
    given = Given(markdown(tree), choices.dissemination, choices.day, choices.outcome)
    return FilledField(given, section.label, section.origin, choices.unread_day)


def _is_placeholder(element: Element, parts: WordParts) -> bool:
    """Is it the grey text that asks to write? Not what somebody wrote in its style."""
    runs = [run for run in element.iter(f"{W}r") if run.find(f"{W}t") is not None]
    is_grey = all(parts.run_style(run) == _PLACEHOLDER_STYLE for run in runs)
    asks = words_of(element).strip() in OWN_INVITATIONS.union(PLACEHOLDERS)
    return bool(runs) and is_grey and asks


def _without_invitation(tree: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same without "Write your answer here", if it was not overwritten."""
    if not tree or not isinstance(tree[0], Paragraph) or not tree[0].runs:
        return tree
    first, *others = tree[0].runs
    for invitation in PLACEHOLDERS:
        if first.text.startswith(invitation):
            rest = first.text[len(invitation) :].lstrip()
            runs = (replace(first, text=rest), *others) if rest else tuple(others)
            return (Paragraph(runs), *tree[1:]) if runs else tree[1:]
    return tree


def _choices(section: Section) -> _Choices:
    choices = _Choices()
    for element in section.facts:
        shown = words_of(element)
        choices.dissemination = _chosen(shown, TRAVELS) or choices.dissemination
        choices.outcome = _chosen(shown, OUTCOMES) or choices.outcome
        _read_day(element, choices)
    return choices


def _chosen(shown: str, words: dict[str, Chosen]) -> Chosen | None:
    """The choice at the end of "May it be read? Yes, it may be published"."""
    for text, word in words.items():
        if shown.strip().endswith(text):
            return word
    return None


def _read_day(element: Element, choices: _Choices) -> None:
    """The day as it is shown; where that is none, as Word keeps it beside."""
    label = next((one for one in DAY_LABELS if words_of(element).startswith(one)), None)
    if label is None:
        return
    shown = words_of(element)[len(label) :].strip(": ")
    kept = next(element.iter(f"{W}date"), None)
    stored = kept.get(f"{W}fullDate", "")[:10] if kept is not None else ""
    for text in (shown, stored):
        try:
            choices.day = parse_day(text)
        except DomainError:
            continue
        return
    asks = next(element.iter(f"{W}showingPlcHdr"), None) is not None
    choices.unread_day = "" if asks or shown in NO_DAY else shown


def _united(
    found: list[FilledField],
) -> tuple[tuple[FilledField, ...], tuple[Message, ...]]:
    """One field a question; a copied one is put under its original."""
    united: dict[object, FilledField] = {}
    twice = []
    for number, one in enumerate(found):
        key = one.origin or one.label or number
        before = united.get(key)
        if before is None:
            united[key] = one
        elif one.given.text and one.given.text != before.given.text:
            text = "\n\n".join(filter(None, (before.given.text, one.given.text)))
            united[key] = replace(before, given=replace(before.given, text=text))
            twice.append(message(TWICE, label=one.label))
    return tuple(united.values()), tuple(twice)


def _warnings(parts: WordParts, by: FoundBy) -> Iterator[Message]:
    if by is FoundBy.HEADINGS:
        yield message(NO_MARKS)
    if any(_has(parts.body, tag) for tag in _CHANGED):
        yield message(TRACKED)
    if parts.has_comments:
        yield message(COMMENTS)
    if any(_has(parts.body, tag) for tag in _PICTURES):
        yield message(PICTURES)


def _has(body: Element, tag: str) -> bool:
    return next(body.iter(tag), None) is not None
