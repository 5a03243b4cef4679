"""What the pages of the wordings show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from emnnet.domain.mail_wordings import TEXTS, BadWording, Text, check_wording
from emnnet.domain.word_changes import Change, word_changes
from emnnet.mail.outlines import Shipped, languages
from emnnet.models.mail_wording import MailWording
from emnnet.web.mail_wordings import words
from emnnet.web.query_tabs import Tab

MOST_VERSIONS = 30  # shown with their differences


@dataclass(frozen=True)
class Own:
    """For whom a text is worded by the office."""

    label: str
    url: str
    problem: bool


@dataclass(frozen=True)
class LanguageCell:
    """A text in one language."""

    label: str
    url: str
    own: Sequence[Own]


@dataclass(frozen=True)
class TextRow:
    """A text of the list."""

    name: str
    cells: Sequence[LanguageCell]


@dataclass(frozen=True)
class Version:
    """One version, and how it differs from the one before it."""

    number: int
    saved_at: datetime
    saved_by: str
    is_shipped: bool
    taken_from: int | None
    is_current: bool
    changes: Sequence[Change]


@dataclass(frozen=True)
class Placeholder:
    """A placeholder with its meaning."""

    name: str
    meaning: str
    is_block: bool
    is_required: bool


def page_of(text: Text, language: str, duty: str) -> str:
    """The address of a wording."""
    return url_for("mail_wordings.show", slug=text.slug, language=language, duty=duty)


@dataclass(frozen=True)
class Listed:
    """The texts: what institutions get, and what the office itself gets."""

    languages: Sequence[str]
    partners: Sequence[TextRow]
    office: Sequence[TextRow]


def listed(wordings: Iterable[MailWording]) -> Listed:
    """The texts, each with the languages and duties it has own words for."""
    own: dict[tuple[str, str, str], list[MailWording]] = {}
    for row in wordings:
        own.setdefault((row.kind, row.occasion, row.language), []).append(row)
    return Listed(
        [str(words.LANGUAGES.get(one, one)) for one in languages()],
        [_row(text, own) for text in TEXTS if text.by_duty],
        [_row(text, own) for text in TEXTS if not text.by_duty],
    )


def _row(
    text: Text, own: Mapping[tuple[str, str, str], Sequence[MailWording]]
) -> TextRow:
    cells = [
        LanguageCell(
            str(words.LANGUAGES.get(language, language)),
            page_of(text, language, text.duties[0]),
            [
                _own(text, row)
                for row in own.get((text.kind, text.occasion, language), ())
            ],
        )
        for language in languages()
    ]
    return TextRow(words.text_name(text), cells)


def _own(text: Text, row: MailWording) -> Own:
    label = str(words.DUTIES.get(row.duty, row.duty))
    return Own(label, page_of(text, row.language, row.duty), not _is_usable(text, row))


def _is_usable(text: Text, row: MailWording) -> bool:
    try:
        check_wording(text, row.subject or "", row.body or "")
    except BadWording:
        return False
    return True


def language_tabs(text: Text, language: str, duty: str) -> list[Tab]:
    """The same text in the other languages."""
    return [
        Tab(
            str(words.LANGUAGES.get(one, one)),
            page_of(text, one, duty),
            one == language,
        )
        for one in languages()
    ]


def duty_tabs(text: Text, language: str, duty: str) -> list[Tab]:
    """The same text for others; none where a text knows no duty."""
    if not text.by_duty:
        return []
    return [
        Tab(str(words.DUTIES[one]), page_of(text, language, one), one == duty)
        for one in text.duties
    ]


def placeholders_of(text: Text) -> list[Placeholder]:
    """What may be filled in, as the page explains it."""
    return [
        Placeholder(
            name, str(words.PLACEHOLDERS[name]), name in text.blocks, name in required
        )
        for required in [set(text.required)]
        for name in text.names
    ]


def versions_shown(rows: Sequence[MailWording], shipped: Shipped) -> list[Version]:
    """The versions, the newest first; before the first one stands the shipped text."""
    shown = []
    for at, row in enumerate(rows[:MOST_VERSIONS]):
        before = rows[at + 1] if at + 1 < len(rows) else None
        old, new = _whole(before, shipped), _whole(row, shipped)
        shown.append(
            Version(
                number=row.number,
                saved_at=row.saved_at,
                saved_by=row.saved_by,
                is_shipped=row.is_shipped,
                taken_from=row.taken_from,
                is_current=at == 0,
                changes=word_changes(old, new),
            )
        )
    return shown


def _whole(row: MailWording | None, shipped: Shipped) -> str:
    if row is None or row.is_shipped:
        return f"{shipped.subject}\n\n{shipped.body}"
    return f"{row.subject}\n\n{row.body}"
