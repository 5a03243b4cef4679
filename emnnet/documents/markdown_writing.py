"""The tree of blocks as Markdown, so that reading it gives the same tree again.

Marks are guarded only where they must be: partners see this text in their form.
"""

from collections.abc import Iterator, Sequence

from emnnet.documents.markdown_runs import (
    as_is,
    guarded,
    is_plain,
    likely_guarded,
    tidy,
    without_marks,
    written,
)
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


def markdown(tree: Sequence[Block]) -> str:
    """The blocks as Markdown, parted by blank lines."""
    pieces: list[str] = []
    before: Block | None = None
    other = False
    for block in tree:
        other = not other and _would_join(before, block)
        piece = _block(block, other=other)
        if piece:
            pieces.append(piece)
            before = block
    return "\n\n".join(pieces)


def _would_join(before: Block | None, block: Block) -> bool:
    """Two lists of a kind that follow each other need other marks, or they are one."""
    if not isinstance(before, Listing) or not isinstance(block, Listing):
        return False
    return (before.start is None) == (block.start is None)


def _block(block: Block, *, other: bool) -> str:
    match block:
        case Paragraph(runs):
            return _line(runs)
        case Heading(level, runs):
            one_line = tuple(Run(" ") if run.text == "\n" else run for run in runs)
            return f"{'#' * level} {_line(one_line).replace(chr(10), ' ')}"
        case Listing():
            return _listing(block, other=other)
        case Quote(inner):
            return _in_front(markdown(inner), "> ", "> ")
        case Code(text):
            return _fenced(text)
        case Grid(head, rows):
            return _grid([head, *rows])
        case Rule():
            return "---"


def _line(runs: Line) -> str:
    """A line whose reading gives these runs; at worst its words without marks."""
    wanted = tidy(runs)
    if not wanted:
        return ""
    if len(wanted) == 1 and is_plain(wanted[0]):
        return wanted[0].text
    for attempt in _attempts(wanted):
        read = blocks(attempt)
        if [Paragraph(wanted)] == [_tidied(block) for block in read]:
            return attempt
    return written(without_marks(wanted), guarded)


def _tidied(block: Block) -> Block:
    return Paragraph(tidy(block.runs)) if isinstance(block, Paragraph) else block


def _attempts(runs: Line) -> Iterator[str]:
    yield written(runs, as_is)
    yield written(runs, likely_guarded)
    yield written(runs, guarded)


def _listing(listing: Listing, *, other: bool) -> str:
    tight = all(_is_tight(item) for item in listing.items)
    items = []
    for number, item in enumerate(listing.items):
        mark = _mark(listing.start, number, other=other)
        inner = _tight(item) if tight else markdown(item)
        items.append(_in_front(inner, mark, " " * len(mark)))
    return ("\n" if tight else "\n\n").join(items)


def _mark(start: int | None, number: int, *, other: bool) -> str:
    if start is None:
        return "* " if other else "- "
    return f"{start + number}{')' if other else '.'} "


def _is_tight(item: tuple[Block, ...]) -> bool:
    """One paragraph, and at most one list below it."""
    kinds = [type(block) for block in item]
    return kinds in ([Paragraph], [Paragraph, Listing])


def _tight(item: tuple[Block, ...]) -> str:
    return "\n".join(_block(block, other=False) for block in item)


def _in_front(text: str, first: str, others: str) -> str:
    """The text with `first` before its first line and `others` before the rest."""
    head, *rest = text.split("\n")
    return "\n".join(
        [first + head, *(others + line if line else others.rstrip() for line in rest)]
    )


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"


def _grid(rows: list[tuple[Line, ...]]) -> str:
    columns = max(len(row) for row in rows)
    lines = [[_cell(line) for line in row] for row in rows]
    filled = [row + [""] * (columns - len(row)) for row in lines]
    head, *rest = [f"| {' | '.join(row)} |" for row in filled]
    return "\n".join([head, "|" + " --- |" * columns, *rest])


def _cell(runs: Line) -> str:
    """One cell: a line break cannot stand in it, a stroke is guarded."""
    text = _line(runs).replace("\n", " / ")
    bare = text.replace("\\|", "|")
    return bare.replace("|", "\\|")
