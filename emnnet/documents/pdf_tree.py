"""A response as the JSON that `templates/documents/response.typ` draws."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from emnnet.documents.answer_blocks import answer_blocks, outlined
from emnnet.documents.form_words import FormWords, form_words
from emnnet.documents.markdown_tree import (
    Block,
    Code,
    Grid,
    Heading,
    Line,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    blocks,
)
from emnnet.documents.printable import one_line, printable
from emnnet.documents.response import CountryRow, FormQuestion, ResponseDocument
from emnnet.domain.audience import CLOSED_SENTENCE

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

_LONG_WORD = re.compile(r"\S{50}")
_BREAK = "\u200b"


def pdf_data(document: ResponseDocument) -> str:
    """The JSON text: words of the form, and every text as data."""
    words = form_words(document.language)
    language, _, region = words.locale.partition("-")
    data: Json = {
        "lang": language,
        "region": region,
        "title": one_line(document.title) or words.responses,
        "lines": [_broken(one_line(line)) for line in words.heading_lines(document)],
        "disclaimer": one_line(document.disclaimer),
        "background": [
            _block(block) for block in outlined(blocks(document.background))
        ],
        "questions": _questions(document.questions),
        "rows": [_row(row, document, words) for row in document.rows],
        "words": _words(words),
    }
    return json.dumps(data, ensure_ascii=False)


def _questions(questions: Sequence[FormQuestion]) -> list[Json]:
    """Questions with those that stand deeper, and after them, inside of them."""
    found: list[Json] = []
    at = 0
    while at < len(questions):
        question, at = questions[at], at + 1
        first = at
        while at < len(questions) and questions[at].depth > question.depth:
            at += 1
        inner = _questions(questions[first:at])
        label, text = one_line(question.label), _lines(question.text)
        found.append({"label": label, "text": text, "inner": inner})
    return found


def _words(words: FormWords) -> Json:
    return {
        "disclaimer": words.disclaimer,
        "background": words.background,
        "questions": words.questions,
        "responses": words.responses,
        "columns": [words.country, words.dissemination, words.response],
        "page": words.page,
    }


def _row(row: CountryRow, document: ResponseDocument, words: FormWords) -> Json:
    """One row; of a closed one nothing but the fixed sentence gets this far."""
    return {
        "country": one_line(row.country),
        "allowed": words.allowed(row),
        "closed": CLOSED_SENTENCE if row.closed else "",
        "answers": [] if row.closed else _answers(row, document, words),
    }


def _answers(row: CountryRow, document: ResponseDocument, words: FormWords) -> Json:
    answers = []
    for answer in row.answers:
        shown = document.show_sources and answer.sources
        named = "; ".join(one_line(source) for source in answer.sources)
        answers.append(
            {
                "blocks": [_block(block) for block in answer_blocks(answer)],
                "sources": f"{words.sources}: {named}" if shown else "",
            }
        )
    return answers


def _block(block: Block) -> Json:
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs)}
        case Heading(level, runs):
            return {"kind": "heading", "level": level, "runs": _runs(runs)}
        case Listing(start, items):
            inner = [[_block(block) for block in item] for item in items]
            return {"kind": "list", "start": start, "items": inner}
        case Quote(inner_blocks):
            return {"kind": "quote", "blocks": [_block(b) for b in inner_blocks]}
        case Code(text):
            return {"kind": "code", "runs": _runs((Run(text, code=True),))}
        case Grid(head, rows):
            return {
                "kind": "table",
                "head": [_runs(line) for line in head],
                "rows": [[_runs(line) for line in row] for row in rows],
            }
        case Rule():
            return {"kind": "rule"}


def _runs(runs: Line) -> Json:
    """Runs cut at line breaks, so that the template need not look for them."""
    return [_run(piece) for run in runs for piece in _cut(run)]


def _cut(run: Run) -> Iterable[Run]:
    for number, text in enumerate(printable(run.text).split("\n")):
        if number:
            yield Run("\n")
        if text:
            yield replace(run, text=text)


def _run(run: Run) -> Json:
    shown = run.text if run.text == run.href else _broken(run.text)
    manner = f"{'b' * run.bold}{'i' * run.italic}{'c' * run.code}"
    return {"text": shown, "manner": manner, "href": run.href}


def _lines(text: str) -> list[Json]:
    return [
        _broken(line.strip()) for line in printable(text).split("\n") if line.strip()
    ]


def _broken(text: str) -> str:
    """Words longer than a column get places where they may be broken."""
    return _LONG_WORD.sub(lambda found: found.group() + _BREAK, text)
