"""The copy a partner gets of what was sent: plain text to keep and to search."""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from emnnet.documents.printable import one_line, printable

VILNIUS = ZoneInfo("Europe/Vilnius")
_WIDTH = 72


@dataclass(frozen=True)
class ReceiptAnswer:
    """A question and what was sent; `outcome`, `dissemination` in words, or ""."""

    label: str
    question: str
    text: str
    outcome: str = ""
    dissemination: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What one institution sent for one query at one moment (aware)."""

    reference: str
    title: str
    institution: str
    submitted_at: datetime
    answers: tuple[ReceiptAnswer, ...]
    language: str = "en"


@dataclass(frozen=True)
class _Words:
    locale: str
    institution: str
    sent: str
    dissemination: str
    attachments: str


_ENGLISH = _Words("en_GB", "Institution", "Sent", "Wider dissemination", "Attached")
_LITHUANIAN = _Words("lt_LT", "Institucija", "Išsiųsta", "Platesnė sklaida", "Pridėta")


def receipt_text(receipt: Receipt) -> str:
    """The copy as text; answers stay letter for letter as they were written."""
    words = _LITHUANIAN if receipt.language.startswith("lt") else _ENGLISH
    answers = [_answer(answer, words) for answer in receipt.answers]
    return "\n\n".join([_head(receipt, words), *answers]) + "\n"


def _head(receipt: Receipt, words: _Words) -> str:
    local = receipt.submitted_at.astimezone(VILNIUS)
    moment = format_datetime(local, "d MMMM y, HH:mm", locale=words.locale)
    if words is _LITHUANIAN:
        moment = format_datetime(local, "y-MM-dd HH:mm", locale=words.locale)
    title = one_line(f"{receipt.reference} {receipt.title}")
    institution = f"{words.institution}: {one_line(receipt.institution)}"
    return "\n".join([*_wrapped(title), institution, f"{words.sent}: {moment}"])


def _answer(answer: ReceiptAnswer, words: _Words) -> str:
    question = one_line(f"{answer.label} {answer.question}")
    facts = [answer.outcome]
    if answer.dissemination:
        facts.append(f"{words.dissemination}: {answer.dissemination}")
    if answer.attachments:
        named = ", ".join(one_line(name) for name in answer.attachments)
        facts.append(f"{words.attachments}: {named}")
    said = [printable(answer.text).strip(), "\n".join(fact for fact in facts if fact)]
    parts = ["\n".join([*_wrapped(question), "-" * _WIDTH]), *said]
    return "\n\n".join(part for part in parts if part)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
