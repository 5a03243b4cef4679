"""The response in the form of the EMN, as a Word file."""

from emnnet.documents.answer_blocks import answer_blocks
from emnnet.documents.docx_body import Body, Place, field_run, grid, plain
from emnnet.documents.docx_package import DocxText, docx_bytes
from emnnet.documents.form_words import FormWords, form_words
from emnnet.documents.markdown_tree import Run, blocks
from emnnet.documents.printable import one_line, printable
from emnnet.documents.response import CountryRow, FormQuestion, ResponseDocument
from emnnet.domain.audience import CLOSED_SENTENCE

_COLUMNS = [1400, 1780, 6458]  # twentieths of a point; together the width of the text
_QUESTION = 567


def response_docx(document: ResponseDocument) -> bytes:
    """`document` as DOCX, in the order of the printed form, naming no author."""
    words = form_words(document.language)
    body = Body()
    content = _front(body, document, words) + _responses(body, document, words)
    text = DocxText(
        title=one_line(document.title) or words.responses,
        locale=words.locale,
        body=content,
        footer=_footer(words),
        links=tuple(body.links),
        list_starts=tuple(body.list_starts),
        created_at=document.generated_at,
    )
    return docx_bytes(text)


def _front(body: Body, document: ResponseDocument, words: FormWords) -> str:
    parts = [_heading(body, 1, one_line(document.title) or words.responses)]
    for line in words.heading_lines(document):
        parts.append(_line(body, line, "FormLine"))
    if document.disclaimer:
        label = Run(f"{words.disclaimer}: ", bold=True)
        runs = (label, Run(one_line(document.disclaimer)))
        parts.append(body.paragraph(runs, Place("Disclaimer")))
    if document.background.strip():
        parts.append(_heading(body, 2, words.background))
        parts.append(body.blocks(blocks(document.background)))
    if document.questions:
        parts.append(_heading(body, 2, words.questions))
        parts.extend(_question(question) for question in document.questions)
    return "".join(parts)


def _question(question: FormQuestion) -> str:
    left = _QUESTION * (question.depth + 1)
    label = one_line(question.label)
    text = f"{label}\t{printable(question.text).strip()}"
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Question"/><w:tabs><w:tab w:val="left" '
        f'w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="{_QUESTION}"/>'
        f"</w:pPr>{plain(text)}</w:p>"
    )


def _responses(body: Body, document: ResponseDocument, words: FormWords) -> str:
    head = [words.country, words.dissemination, words.response]
    named = Place("Cell")
    rows = [[body.paragraph((Run(name, bold=True),), named) for name in head]]
    rows += [_row(body, row, document, words) for row in document.rows]
    table = grid(_COLUMNS, rows, caption=words.responses)
    return _heading(body, 2, words.responses) + table + "<w:p/>"


def _row(
    body: Body, row: CountryRow, document: ResponseDocument, words: FormWords
) -> list[str]:
    country = body.paragraph((Run(one_line(row.country), bold=True),))
    allowed = _line(body, words.allowed(row))
    if row.closed:
        return [country, allowed, _line(body, CLOSED_SENTENCE, "Closed")]
    return [country, allowed, _answers(body, row, document, words)]


def _answers(
    body: Body, row: CountryRow, document: ResponseDocument, words: FormWords
) -> str:
    parts = []
    for answer in row.answers:
        parts.append(body.blocks(answer_blocks(answer)))
        if document.show_sources and answer.sources:
            named = "; ".join(one_line(source) for source in answer.sources)
            parts.append(_line(body, f"{words.sources}: {named}", "Sources"))
    return "".join(parts) or _line(body, "–")


def _heading(body: Body, level: int, text: str) -> str:
    return _line(body, text, f"Heading{level}")


def _line(body: Body, text: str, style: str = "") -> str:
    return body.paragraph((Run(one_line(text)),), Place(style))


def _footer(words: FormWords) -> str:
    before, _, rest = words.page.partition("{number}")
    between, _, after = rest.partition("{total}")
    runs = [
        plain(before),
        field_run("PAGE"),
        plain(between),
        field_run("NUMPAGES"),
        plain(after),
    ]
    style = Place("Footer").properties()
    return f"<w:p>{style}{''.join(runs)}</w:p>"
