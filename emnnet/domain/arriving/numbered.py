"""Which part of a text answers which question: by the numbers that stand in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

LEAD = (
    r"[>\s*#_]*(?P<word>(?:(?:answers?|reply|response|atsakym\w*)\s*(?:to|\u012f|:)?\s*)?"
    r"(?:(?:questions?|klausim\w*|q|kl?\.?)\s*(?:no\.?|nr\.?)?\s*)?)"
)
TAIL = (
    r"(?:\s*(?P<style>[.):\u2013\u2014])[.)]?(?=\s|$)|\s*-\s|\s*$"
    r"|\s*(?:klausim\w*|atsakym\w*)\b\s*[:.]?)"
)
ANSWER = re.compile(
    r"^\s*\**(?:answer|reply|response|atsakymas|our answer|a)\**\s*[:.\u2013-]\s*", re.I
)
SHORTEST_QUESTION = 12  # letters that must agree before a text counts as repeated


@dataclass(frozen=True)
class Asked:
    """A question of the assignment: its number as printed, and its words."""

    label: str
    text: str


def by_number(body: str, asked: Sequence[Asked]) -> Mapping[str, str]:
    """The text under each question's number, by label; empty if there is none.

    Only numbers of questions that were asked count, in their order, so that a list
    inside an answer does not begin the next one. Questions repeated are left out.
    """
    lines = body.splitlines()
    found = _places(lines, asked)
    if not found:
        return {}
    ends = [at for at, _one, _rest in found[1:]] + [len(lines)]
    texts: dict[str, str] = {}
    for (at, one, rest), end in zip(found, ends, strict=True):
        text = _answer([rest, *lines[at + 1 : end]], one)
        if text:
            texts[one.label] = text
    return texts


def _places(lines: list[str], asked: Sequence[Asked]) -> list[tuple[int, Asked, str]]:
    """Line, question and the rest of that line, in the order of the questions."""
    found: list[tuple[int, Asked, str]] = []
    first, style = 0, None
    for at, line in enumerate(lines):
        for place in range(first, len(asked)):
            match = _label(asked[place]).match(line)
            if match is None or not _fits(match, style):
                continue
            found.append((at, asked[place], line[match.end() :]))
            first, style = place + 1, style or match["style"]
            break
    return found


@lru_cache(maxsize=500)
def _label(one: Asked) -> re.Pattern[str]:
    label = re.escape(one.label.strip().rstrip(".)"))
    return re.compile(LEAD + label + TAIL, re.IGNORECASE)


def _fits(match: re.Match[str], style: str | None) -> bool:
    """Where the questions are "1.", a "2)" belongs to a list inside an answer."""
    return bool(match["word"].strip()) or style is None or match["style"] == style


def _answer(lines: list[str], one: Asked) -> str:
    """The lines without quotation marks and without the question itself."""
    first, *others = lines
    fresh = [line for line in others if not line.startswith(">")]
    own = _without_question(first, one)
    text = "\n".join([own, *_unrepeated(fresh, one)]).strip()
    return ANSWER.sub("", re.sub(r"\n{3,}", "\n\n", text)).strip()


def _unrepeated(lines: list[str], one: Asked) -> list[str]:
    """The lines below the number, without those that only repeat the question."""
    at = 0
    while at < len(lines) and (not lines[at].strip() or _is_part(lines[at], one)):
        at += 1
    return lines[at:]


def _is_part(line: str, one: Asked) -> bool:
    said = _letters(line)
    return len(said) >= SHORTEST_QUESTION and said in _letters(one.text)


def _without_question(line: str, one: Asked) -> str:
    """The line after the question, if it begins with the question's words."""
    said, asked = _letters(line), _letters(one.text)
    if len(asked) >= SHORTEST_QUESTION and said.startswith(asked):
        left = len(asked)
        for at, sign in enumerate(line):
            left -= sign.isalnum()
            if left == 0:
                return line[at + 1 :].lstrip(" ?!.:)\t")
    return "" if _is_part(line, one) else line.strip()


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
