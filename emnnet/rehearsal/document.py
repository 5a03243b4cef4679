"""The document of a rehearsal: opened, read, and completed where it says nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from emnnet.documents.opening import OpenedText, UnreadableDocument, open_limited
from emnnet.domain.audience import Dissemination
from emnnet.domain.calendar import Calendar
from emnnet.domain.reading import Era, ReadQuery, Requester
from emnnet.domain.reading.reader import read_query
from emnnet.models.query import RequesterKind
from emnnet.rehearsal.log import WayBlocked
from emnnet.selectors.form_choices import ThemeChoice, themes_called
from emnnet.services.query_drafts import QueryDraft, QuestionDraft, RowDraft

WORKING_DAYS = 20  # to reply, where the document names no day
LONGEST_TITLE = 300
ENTRY = re.compile(r"^\W*(?:EMN\s+)?(?:AHQ|Ad[- ]?hoc\s+query)\b.*", re.I | re.M)
PREFIX = re.compile(r"^\W*(?:EMN\s+)?(?:AHQ|Ad[- ]?hoc\s+query)\s+(?:on\s+)?", re.I)
QUESTION = "What are the legislation and the practice of your country on this: {title}?"


@dataclass(frozen=True)
class Document:
    """What arrived, and what was read in it."""

    name: str
    opened: OpenedText
    read: ReadQuery


def read_document(file: Path) -> Document:
    """Open and read it as an upload would be. Raises `WayBlocked` with the reason."""
    try:
        opened = open_limited(file.read_bytes(), file.name)
    except OSError as error:
        raise WayBlocked(f"{file}: {error.strerror}") from None
    except UnreadableDocument as error:
        raise WayBlocked(str(error)) from None
    return Document(file.name, opened, read_query(opened.text))


def draft_of(
    document: Document, themes: list[ThemeChoice], *, coordinator_id: int | None = None
) -> QueryDraft:
    """All that was read, and nothing else. Title and questions may be missing."""
    read = document.read
    asker = read.requester.value if read.requester else None
    theme = themes_called(themes, read.theme.value) if read.theme else []
    return QueryDraft(
        title=read.title.value if read.title else "",
        printed_title=read.printed_title.value if read.printed_title else "",
        questions=tuple(
            QuestionDraft(one.label, one.text, one.depth, one.condition)
            for one in read.questions
        ),
        requester_kind=_kind(asker),
        requester_code=asker.code if asker else None,
        requester_printed=asker.printed if asker else "",
        originator=read.originator.value if read.originator else None,
        launched_on=read.launched_on.value if read.launched_on else None,
        reply_by=read.reply_by.value if read.reply_by else None,
        compiled_on=read.compiled_on.value if read.compiled_on else None,
        background=read.background.value if read.background else "",
        theme_id=theme[0].id if theme else None,
        stated_total=read.stated_total.value if read.stated_total else None,
        coordinator_id=coordinator_id,
        rows=_rows(read),
    )


def completed(
    draft: QueryDraft, document: Document, calendar: Calendar, today: date
) -> tuple[QueryDraft, Sequence[str]]:
    """The draft with what it cannot do without, and a sentence for each addition."""
    said: list[str] = []
    if not draft.title:
        title = _first_title(document.opened.text)
        whence = "entry of the list" if document.read.era is Era.LIST else "line"
        said.append(f"no title was read; the first {whence} was taken: {title}")
        draft = replace(draft, title=title)
    if not draft.questions:
        said.append("no question was read; the coordinator wrote one")
        asked = QUESTION.format(title=draft.title.rstrip("?. "))
        draft = replace(draft, questions=(QuestionDraft("1", asked),))
    if draft.reply_by is None:
        day = calendar.add_working_days(today, WORKING_DAYS)
        said.append(f"no reply-by date was read; the coordinator set {day}")
        draft = replace(draft, reply_by=day)
    return draft, said


def _kind(asker: Requester | None) -> RequesterKind:
    return RequesterKind(asker.kind.value) if asker else RequesterKind.UNKNOWN


def _rows(read: ReadQuery) -> tuple[RowDraft, ...]:
    """That a country responded, and its text where the document has it."""
    told = {row.country: row for row in read.rows}
    listed = read.respondents.value if read.respondents else ()
    rows = [RowDraft(country) for country in listed if country not in told]
    for row in told.values():
        words = {True: Dissemination.YES, False: Dissemination.NO}
        allowed = None if row.dissemination is None else words[row.dissemination]
        rows.append(RowDraft(row.country, allowed, row.text or None))
    return tuple(rows)


def _first_title(text: str) -> str:
    """The first entry of a list, else the first line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = ENTRY.search(text)
    dated = [found.group().strip()] if found else []
    first = next(iter([*dated, *lines]), "Query without a title")
    return PREFIX.sub("", first)[:LONGEST_TITLE].strip() or first[:LONGEST_TITLE]
