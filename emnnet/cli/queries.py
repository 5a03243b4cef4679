"""`emnnet queries`: what can be done with queries from the command line."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from emnnet.documents.opening import OpenedText, UnreadableDocument, open_limited
from emnnet.domain.reading import Found, ReadQuery, Requester
from emnnet.domain.reading.manuscript import flat
from emnnet.domain.reading.reader import read_query

FIELDS = (
    ("Title", "title"),
    ("As printed", "printed_title"),
    ("Asked by", "requester"),
    ("For", "originator"),
    ("Launched on", "launched_on"),
    ("Reply by", "reply_by"),
    ("Compiled on", "compiled_on"),
    ("Theme", "theme"),
    ("Respondents", "respondents"),
    ("Stated total", "stated_total"),
    ("Background", "background"),
)
WIDTH = 14
LONGEST_PASSAGE = 72


@click.group()
def queries() -> None:
    """Queries: read one from a document."""


@queries.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def read(file: str, as_json: bool) -> None:
    """Read the query in FILE and print what was found; - is standard input."""
    try:
        opened = open_limited(_data(file), Path(file).name)
    except UnreadableDocument as error:
        raise click.ClickException(str(error)) from None
    query = read_query(opened.text)
    if as_json:
        click.echo(json.dumps(as_facts(query, opened), ensure_ascii=False, indent=2))
        return
    for line in (*_layout(query, opened.text), *_remarks(query, opened)):
        click.echo(line)


def as_facts(query: ReadQuery, opened: OpenedText) -> dict[str, Any]:
    """What was read, as plain values for JSON."""
    return {
        "title": _value(query.title),
        "printed_title": _value(query.printed_title),
        "requester": _requester(query.requester),
        "originator": _value(query.originator),
        "launched_on": _value(query.launched_on),
        "reply_by": _value(query.reply_by),
        "compiled_on": _value(query.compiled_on),
        "theme": _value(query.theme),
        "background": _value(query.background),
        "questions": [
            {
                "label": question.label,
                "text": question.text,
                "depth": question.depth,
                "condition": question.condition,
            }
            for question in query.questions
        ],
        "respondents": list(query.respondents.value) if query.respondents else [],
        "stated_total": _value(query.stated_total),
        "counted_total": query.counted_total,
        "warnings": _remarks(query, opened),
    }


def _data(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None


def _value(found: Found[Any] | None) -> Any:
    if found is None:
        return None
    value = found.value
    return value.isoformat() if isinstance(value, date) else value


def _requester(found: Found[Requester] | None) -> dict[str, str] | None:
    if found is None:
        return None
    asker = found.value
    return {"code": asker.code, "printed": asker.printed, "kind": asker.kind.value}


def _remarks(query: ReadQuery, opened: OpenedText) -> list[str]:
    return [str(remark) for remark in (*opened.warnings, *query.warnings)]


def _layout(query: ReadQuery, text: str) -> Iterator[str]:
    """One line a field, below it the words it was read from."""
    for name, field in FIELDS:
        found: Found[Any] | None = getattr(query, field)
        if found is None:
            yield f"{name:<{WIDTH}}-"
            continue
        yield f"{name:<{WIDTH}}{_shown(found)}  [{found.sureness}]"
        if found.passage:
            words = flat(text[found.passage.start : found.passage.end])
            place = f"{found.passage.start}-{found.passage.end}"
            yield f"{'':<{WIDTH}}{place}: {_short(words)}"
    yield from _questions(query)


def _questions(query: ReadQuery) -> Iterator[str]:
    yield f"{'Questions':<{WIDTH}}{len(query.questions)}"
    for question in query.questions:
        indent = "  " * (question.depth + 1)
        condition = f"  (only: {question.condition})" if question.condition else ""
        words = f"{question.label}  {question.text}{condition}"
        place = f"{question.passage.start}-{question.passage.end}"
        yield f"{indent}{words}  [{question.sureness}, {place}]"


def _shown(found: Found[Any]) -> str:
    value = found.value
    if isinstance(value, Requester):
        return f"{value.code or '?'} ({value.kind}): {value.printed}"
    if isinstance(value, tuple):
        return f"{len(value)}: {', '.join(value)}"
    return _short(str(value), 400)


def _short(words: str, most: int = LONGEST_PASSAGE) -> str:
    return words if len(words) <= most else f"{words[:most]}..."
