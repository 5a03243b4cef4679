"""The blocks that stand in the third column, the same in DOCX and PDF."""

from collections.abc import Iterator
from dataclasses import replace

from emnnet.documents.markdown_tree import Block, Heading, Paragraph, Run, blocks
from emnnet.documents.printable import one_line
from emnnet.documents.response import QuestionAnswer

SECTION = 2
"""The level of the form's own headings; those of an answer stand below."""

_DEEPEST = 6
_NOTHING = (Paragraph((Run("–"),)),)


def answer_blocks(answer: QuestionAnswer) -> tuple[Block, ...]:
    """An answer with its label in front and its note behind; a dash for no text."""
    written = tuple(outlined(blocks(answer.text))) or _NOTHING
    if note := one_line(answer.note):
        written = (*written, Paragraph((Run(note, italic=True),)))
    label = one_line(answer.label)
    if not label:
        return written
    first, *rest = written
    if isinstance(first, Paragraph):
        return Paragraph((Run(f"{label} ", bold=True), *first.runs)), *rest
    return Paragraph((Run(label, bold=True),)), *written


def outlined(written: tuple[Block, ...]) -> Iterator[Block]:
    """The same blocks; no heading more than one level below the one before it.

    Source of the rule: PDF/UA-1 (ISO 14289-1), 7.4.2: no level may be left out.
    """
    level = SECTION
    for block in written:
        if isinstance(block, Heading):
            level = min(block.level + SECTION, level + 1, _DEEPEST)
            yield replace(block, level=level)
        else:
            yield block
