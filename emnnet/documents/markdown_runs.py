"""Lines of type in one manner each, brought to one form and written as Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress, groupby

from markdown_it.common.normalize_url import normalizeLink

from emnnet.documents.markdown_tree import Line, Run

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|&~])")
_LIKELY = re.compile(r"([\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;))")
_AT_START = re.compile(r"^(\s*)([-+=#>|])", re.M)
_NUMBER_AT_START = re.compile(r"^(\s*\d{1,9})([.)])", re.M)
_PLAIN = re.compile(r"(?:(?:^|\n)[^\W\d_][^\\`*_\[\]<>#|&~\n]*)+")
Writer = Callable[[str], str]


def tidy(runs: Iterable[Run]) -> Line:
    """The same line in one form: joined, no blanks at line ends or inside marks."""
    joined = _joined(_bare(run) for run in runs)
    parted = _joined(part for run in joined for part in _edges(run))
    return tuple(_joined(_lines(list(parted))))


def written(runs: Sequence[Run], escape: Writer) -> str:
    """The line in Markdown; `escape` guards what would be taken for a mark."""
    return "".join(
        _linked(href, list(group), escape)
        for href, group in groupby(runs, lambda run: run.href)
    )


def as_is(text: str) -> str:
    """The text, nothing guarded."""
    return text


def guarded(text: str) -> str:
    """The text with everything guarded that could be taken for a mark."""
    return _at_line_starts(_SPECIAL.sub(r"\\\1", text))


def is_plain(run: Run) -> bool:
    """Lines that begin with a letter and hold no mark: nothing need be guarded."""
    marked = run.bold or run.italic or run.code or run.href
    return not marked and _PLAIN.fullmatch(run.text) is not None


def likely_guarded(text: str) -> str:
    """The text with that guarded which is most often taken for a mark."""
    return _at_line_starts(_LIKELY.sub(r"\\\1", text))


def _at_line_starts(text: str) -> str:
    text = _AT_START.sub(r"\1\\\2", text)
    return _NUMBER_AT_START.sub(r"\1\\\2", text)


def without_marks(runs: Sequence[Run]) -> Line:
    """The same words in one manner: where marks cannot be told from the text."""
    return tuple(_joined(Run(run.text) for run in runs))


def _bare(run: Run) -> Run:
    """A link that shows its own address needs no mark: readers find it."""
    if not run.href and "\t" not in run.text and "\u00ad" not in run.text:
        return run
    own = run.href and normalizeLink(run.text.strip()) == run.href
    text = run.text.replace("\t", " ").replace("\u00ad", "")
    return replace(run, text=text, href="" if own else run.href)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    def manner(run: Run) -> tuple[object, ...]:
        return (
            run.bold,
            run.italic,
            run.code,
            run.href,
        )

    for _, group in groupby((run for run in runs if run.text), manner):
        alike = list(group)
        if len(alike) == 1:
            yield alike[0]
        else:
            yield replace(alike[0], text="".join(run.text for run in alike))


def _edges(run: Run) -> Iterator[Run]:
    """Blanks around marked words are not marked themselves."""
    if not (run.bold or run.italic or run.href or run.code):
        yield run
        return
    inner = run.text.strip()
    before = len(run.text) - len(run.text.lstrip())
    yield Run(run.text[:before])
    yield replace(run, text=inner)
    yield Run(run.text[before + len(inner) :])


def _lines(runs: list[Run]) -> list[Run]:
    """No blanks at the ends of lines, none empty, whoever's manner they are in."""
    whole = "".join(run.text for run in runs)
    if "\n" not in whole and whole == whole.strip():
        return runs
    kept, at, result = _kept(whole), 0, []
    for run in runs:
        end = at + len(run.text)
        result.append(replace(run, text="".join(compress(run.text, kept[at:end]))))
        at = end
    return result


def _kept(whole: str) -> list[bool]:
    """Which characters stay: words, and one line end between lines that have some."""
    kept, start, begun = [False] * len(whole), 0, False
    for line in whole.split("\n"):
        words = line.strip()
        if words:
            first = start + len(line) - len(line.lstrip())
            kept[first : first + len(words)] = [True] * len(words)
            if begun:
                kept[start - 1] = True
            begun = True
        start += len(line) + 1
    return kept


def _linked(href: str, runs: list[Run], escape: Writer) -> str:
    inner = _marked(runs, escape)
    return f"[{inner}]({_address(href)})" if href else inner


def _address(href: str) -> str:
    return f"<{href}>" if re.search(r"[()\s]", href) else href


def _marked(runs: list[Run], escape: Writer) -> str:
    """Bold outside, italic inside; code is written as it is."""
    parts = []
    for bold, group in groupby(runs, lambda run: run.bold):
        inner = "".join(
            _italic(italic, list(alike), escape)
            for italic, alike in groupby(group, lambda run: run.italic)
        )
        parts.append(f"**{inner}**" if bold else inner)
    return "".join(parts)


def _italic(italic: bool, runs: list[Run], escape: Writer) -> str:
    inner = "".join(_code(r.text) if r.code else escape(r.text) for r in runs)
    return f"*{inner}*" if italic else inner


def _code(text: str) -> str:
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
