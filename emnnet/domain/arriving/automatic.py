"""Is a message written by a program? RFC 3834, and what is used beside it.

One sure mark is enough. A weak one is not: to take a person's answer for a machine's
would lose it, while the other mistake only puts a needless text before somebody.
"""

import re
from datetime import date, timedelta

from emnnet.domain.arriving.letters import ArrivedLetter
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.reading.dates import WrittenDate, written_dates

FAR = timedelta(days=370)
HEAD = 4_000  # characters in which an absence is told
NEAR = 60  # characters between the word and its date

SAYS_SO = _n("Its headers say that a program wrote it (%(header)s: %(value)s).")
OURS = _n("It is a mail of this system that came back.")
RECEIPT = _n("It is a notice that a mail was displayed.")
TWO_HINTS = _n("Several things hint at a program: %(hints)s.")

VACATION = re.compile(
    r"\b(out of (the )?office|automatic reply|auto(matic)?[- ]?reply|auto[- ]?response"
    r"|on (annual |maternity |sick )?leave|vacation|away from"
    r"|automatinis atsakymas|atostog\w*|n\u0117ra biure|nedarbing\w*|komandiruot\w*"
    r"|abwesenheit\w*|automatische antwort|nicht im b\u00fcro"
    r"|r\u00e9ponse automatique|absen(t|ce) du bureau|absence|en cong\u00e9s?"
    r"|automatyczna odpowied\u017a|prombūtn\w*|automaatvastus)",
    re.IGNORECASE,
)
MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|nereply|bounces?)\b", re.I
)
UNTIL = re.compile(
    r"\b(until|till|through|up to|iki|ligi|bis(?: (?:zum|einschlie\u00dflich))?"
    r"|jusqu['\u2019]au|do dnia)\b",
    re.IGNORECASE,
)
BACK = re.compile(
    r"\b(back (?:in the office )?(?:on|from)|be back"
    r"|return(?:ing)?(?: to (?:the )?(?:office|work))? on"
    r"|gr\u012f\u0161(?:iu|ta|tu|im)?(?: \u012f darb\u0105)?|dirbsiu nuo"
    r"|ab dem|wieder ab|zur\u00fcck (?:am|ab)|de retour (?:le|\u00e0 partir du))\b",
    re.IGNORECASE,
)


def automatic_reasons(letter: ArrivedLetter) -> tuple[Message, ...]:
    """Why it must be a program's; empty if it may well be a person's."""
    sure = [*_sure(letter)]
    if sure:
        return tuple(sure)
    hints = weak_hints(letter)
    if len(hints) >= 2:
        return (message(TWO_HINTS, hints=hints),)
    return ()


def weak_hints(letter: ArrivedLetter) -> tuple[str, ...]:
    """Marks that a person's message may carry, too."""
    marks = letter.marks
    found = [
        name
        for name in ("x-auto-response-suppress", "list-id", "list-unsubscribe")
        if marks.get(name)
    ]
    if marks.get("precedence", "").strip().lower() in {"bulk", "junk", "list"}:
        found.append("precedence")
    if marks.get("return-path", "").strip() == "<>":
        found.append("return-path")
    if MACHINES.match(letter.from_address):
        found.append("from")
    if VACATION.search(letter.subject):
        found.append("subject")
    return tuple(found)


def _sure(letter: ArrivedLetter) -> list[Message]:
    marks, found = letter.marks, []
    if marks.get("x-emnnet-key"):
        found.append(message(OURS))
    if letter.is_receipt:
        found.append(message(RECEIPT))
    submitted = marks.get("auto-submitted", "").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        found.append(message(SAYS_SO, header="Auto-Submitted", value=submitted[:60]))
    for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply"):
        value = marks.get(name, "").strip().lower()
        if value and value not in {"no", "false", "0"}:
            found.append(message(SAYS_SO, header=name, value=value[:60]))
    if marks.get("precedence", "").strip().lower() in {"auto_reply", "auto-reply"}:
        found.append(message(SAYS_SO, header="Precedence", value="auto_reply"))
    return found


def absent_until(letter: ArrivedLetter, today: date) -> date | None:
    """The last day of an absence that the message tells of, within a year.

    "Until the 20th" is the 20th, "back on the 20th" the day before it.
    """
    told = f"{letter.subject}\n{letter.text[:HEAD]}"
    told = re.sub(r"\s+", " ", told)
    days: list[date] = []
    for found in UNTIL.finditer(told):
        days += _days(told, found.end(), today)
    for found in BACK.finditer(told):
        days += [day - timedelta(days=1) for day in _days(told, found.end(), today)]
    return max(
        (day for day in days if today <= day <= today + FAR),
        default=None,
    )


def _days(text: str, start: int, today: date) -> list[date]:
    near = text[start : start + NEAR]
    for written in written_dates(near):
        day = _day(written, today)
        return [day] if day else []
    return []


def _day(written: WrittenDate, today: date) -> date | None:
    return written.on() if written.year else written.after(today)
