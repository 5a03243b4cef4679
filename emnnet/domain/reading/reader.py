"""Read one query from its text, whatever the form."""

import re
from dataclasses import replace
from datetime import date

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.asking import Asking, find_asking
from emnnet.domain.reading.deadline import read_deadline
from emnnet.domain.reading.furniture import cleaned
from emnnet.domain.reading.header import Header, read_header
from emnnet.domain.reading.lists import is_list
from emnnet.domain.reading.manuscript import Manuscript, flat, trimmed
from emnnet.domain.reading.originator import commission_behind, read_originator
from emnnet.domain.reading.outline import Outline, Span, outline
from emnnet.domain.reading.questions import read_questions
from emnnet.domain.reading.remarks import remarks
from emnnet.domain.reading.requester import read_requester
from emnnet.domain.reading.respondents import Respondents, read_respondents
from emnnet.domain.reading.rows import read_rows
from emnnet.domain.reading.theme import read_theme
from emnnet.domain.reading.title import read_title
from emnnet.domain.reading.values import Era, Found, ReadQuery, Sureness

FORM_LENGTH = 100_000  # characters in which header, background and questions stand
IES_TITLE = re.compile(r"EMN\s+Ad", re.I)
IES_BACKGROUND = re.compile(r"Background\s+information\s*:")
SUMMARY = re.compile(
    r"\bThis\s+(?:EMN\s+)?(?:ad[\s-]*hoc\s+query|AHQ)\s+(?:was|is|has)?\s*\w+s?\b", re.I
)


def read_query(text: str) -> ReadQuery:
    """All that the text says of the query; each passage points into this very text."""
    whole = cleaned(text)
    script = whole.head(FORM_LENGTH)
    parts = outline(script.text)
    if is_list(script.text, parts):
        query = ReadQuery(era=Era.LIST)
        header, respondents = (
            read_header(script.text, parts),
            Respondents(None, None, full=False),
        )
        return replace(
            query, warnings=remarks(query, header, respondents, None, script.text)
        )
    query = _read(script, parts)
    if parts.table is None:
        return query
    return replace(
        query, rows=read_rows(whole, Span(parts.table.start, _end(whole, parts)))
    )


def _end(whole: Manuscript, parts: Outline) -> int:
    """Where the responses end: before the covering letter."""
    return parts.table.end if parts.table and parts.letter else len(whole.text)


def _read(script: Manuscript, parts: Outline) -> ReadQuery:
    text = script.text
    header = read_header(text, parts)
    titles = read_title(script, parts)
    body = _body(parts, max(header.end, titles.end if titles else 0))
    asking = find_asking(text, parts, body)
    told = _told(parts, body, asking)
    originator = read_originator(script, told)
    asker = read_requester(script, header, told, originator)
    launched = _launched(script, header)
    reply_by, unresolved = read_deadline(
        script,
        launched.value if launched else None,
        _where_deadlines_stand(text, parts),
    )
    background = _background(script, parts, body, asking)
    respondents = read_respondents(script, parts)
    query = ReadQuery(
        era=_era(text, parts, header),
        title=titles.title if titles else None,
        printed_title=titles.printed if titles else None,
        requester=asker,
        originator=originator or commission_behind(asker),
        launched_on=launched,
        reply_by=reply_by,
        compiled_on=_compiled(script, header),
        theme=read_theme(script, header),
        background=background,
        questions=read_questions(script, asking),
        respondents=respondents.codes,
        stated_total=respondents.stated,
        counted_total=_counted(respondents),
        disclaimer=_disclaimer(script, parts),
    )
    return replace(
        query, warnings=remarks(query, header, respondents, unresolved, text)
    )


def _body(parts: Outline, below: int) -> Span:
    """The body begins below the title and the fields, where no heading says so."""
    if parts.background_at is not None or parts.disclaimer:
        return parts.body
    return Span(max(parts.body.start, min(below, parts.body.end)), parts.body.end)


def _told(parts: Outline, body: Span, asking: Asking | None) -> Span:
    """What is told about the query: the background and the first words under "
    "Questions."""
    end = asking.span.start if asking else body.end
    if parts.heading and asking:
        end = min(asking.span.start + 400, asking.span.end)
    formless = parts.respondents or parts.requested is None
    start = 0 if formless else body.start
    return Span(start, max(start, end))


def _launched(script: Manuscript, header: Header) -> Found[date] | None:
    written = header.launched
    if written is None:
        return None
    day, sureness = written.on(), written.sureness
    if day is None and written.year is None and header.compiled:
        compiled = header.compiled.on()
        day = written.before(compiled) if compiled else None
        sureness = Sureness.UNSURE
    return script.found(day, written.start, written.end, sureness) if day else None


def _compiled(script: Manuscript, header: Header) -> Found[date] | None:
    written = header.compiled
    day = written.on() if written else None
    if written is None or day is None:
        return None
    return script.found(day, written.start, written.end, written.sureness)


def _where_deadlines_stand(text: str, parts: Outline) -> list[tuple[int, int]]:
    """The header and the body, then the covering letter; never the responses."""
    end = parts.table.start if parts.table else parts.body.end
    spans = [(0, max(end, parts.header.end if not parts.table else end))]
    if parts.letter:
        spans.append((parts.letter.start, parts.letter.end))
    return spans


def _background(
    script: Manuscript, parts: Outline, body: Span, asking: Asking | None
) -> Found[str] | None:
    limit = asking.background_end if asking else body.end
    if not asking:
        sign_off = marks.SIGN_OFF.search(script.text, body.start, body.end)
        limit = sign_off.start() if sign_off else limit
    start, end = trimmed(script.text, body.start, max(limit, body.start))
    if start >= end:
        return None
    sureness = Sureness.LIKELY
    if parts.background_at is not None and asking and asking.sureness is Sureness.SURE:
        sureness = Sureness.SURE
    return script.found(flat(script.text[start:end]), start, end, sureness)


def _counted(respondents: Respondents) -> int | None:
    return (
        len(respondents.codes.value) if respondents.codes and respondents.full else None
    )


def _disclaimer(script: Manuscript, parts: Outline) -> Found[str] | None:
    if parts.disclaimer is None:
        return None
    start, end = trimmed(script.text, parts.disclaimer.start, parts.disclaimer.end)
    return (
        script.found(flat(script.text[start:end]), start, end) if start < end else None
    )


def _era(text: str, parts: Outline, header: Header) -> Era:
    if parts.respondents or (parts.requested is None and SUMMARY.search(text[:3000])):
        return Era.SUMMARY
    if parts.requested:
        word = (
            header.compiled
            or header.compiled_blank
            or marks.REPLY_FIELD.search(
                text,
                parts.requested.start(),
                max(header.end + 40, parts.requested.start()),
            )
        )
        newer = (
            header.theme
            or IES_BACKGROUND.search(text)
            or IES_TITLE.match(text.lstrip())
        )
        return Era.IES if newer and not word else Era.WORD
    if marks.GREETING.search(text) or re.search(r"^(?:From|Subject)\s*:", text, re.M):
        return Era.MAIL
    return Era.UNKNOWN
