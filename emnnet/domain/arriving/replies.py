"""A reply in three parts: what is new, the signature, and what it answers.

Our own rules, which would rather keep a line too many in the new part than lose one.
All three parts are shown; none is thrown away.
"""

import re
from dataclasses import dataclass

SEPARATOR = re.compile(
    r"^\s*(?:-{2,}|_{5,}|\*{2,})?\s*(?:original message|forwarded message"
    r"|original appointment|pirmin\u0117 \u017einut\u0117|pradinis lai\u0161kas"
    r"|persi\u0173sta \u017einut\u0117|urspr\u00fcngliche nachricht"
    r"|message d['\u2019]origine)\s*(?:-{2,}|:)?\s*$",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"forwarded|persi\u0173st|weitergeleitet|transf\u00e9r", re.IGNORECASE
)
WROTE = re.compile(
    r"\b(wrote|writes|ra\u0161\u0117|para\u0161\u0117|schrieb\b.{0,80}|a \u00e9crit"
    r"|napisa\u0142\(?a?\)?|kirjutas|rakst\u012bja)\s*:\s*$",
    re.IGNORECASE,
)
DATED = re.compile(r"\d{1,2}|@")
RULE = re.compile(r"^\s*_{10,}\s*$")
FIRST_FIELD = re.compile(r"^\s*\*?(from|nuo|von|de)\s*:\*?\s*\S", re.IGNORECASE)
FIELD = re.compile(
    r"^\s*\*?(sent|date|to|cc|subject|i\u0161si\u0173sta|data|kam|kopija|tema"
    r"|gesendet|datum|an|betreff|envoy\u00e9|\u00e0|objet)\s*:\*?\s*\S",
    re.IGNORECASE,
)
DASHES = re.compile(r"^-- ?$")
CLOSING = re.compile(
    r"^\s*(pagarbiai|su pagarba|nuo\u0161ird\u017eiai|geriausi linkėjimai|geros dienos"
    r"|(kind|best|warm|with (kind|best)) regards|regards|best wishes|sincerely"
    r"|yours (sincerely|faithfully)|(mit )?freundlichen? gr\u00fc\u00df(en|e)?|mfg"
    r"|cordialement|bien \u00e0 vous|z powa\u017caniem)\b[\s,.!]*$",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"^\s*(sent from my|i\u0161si\u0173sta i\u0161|von meinem .* gesendet"
    r"|get outlook for)",
    re.IGNORECASE,
)
LONGEST_SIGNATURE = 15  # lines
LONGEST_INTRO = 300  # characters


@dataclass(frozen=True)
class ReplyText:
    """The parts of a reply, in the order in which they matter."""

    text: str
    signature: str = ""
    quoted: str = ""
    is_forwarded: bool = False


def parted(body: str) -> ReplyText:
    """Set apart what is new. Answers between quoted lines stay where they stand."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    quoted = [at for at, line in enumerate(lines) if line.startswith(">")]
    if quoted and _has_words(_fresh(lines[quoted[0] : quoted[-1]])):
        new, signature = _without_signature(lines)
        return ReplyText(_joined(new), _joined(signature))
    end = _quotation_begins(lines)
    above, below = lines[:end], lines[end:]
    if _has_words(above):
        new, signature = _without_signature(above)
        return ReplyText(_joined(new), _joined(signature), _joined(below))
    if below and FORWARDED.search(below[0]):
        return ReplyText(_joined(lines), is_forwarded=True)
    return _written_below(lines, quoted)


def _written_below(lines: list[str], quoted: list[int]) -> ReplyText:
    """The quotation first, the answer under it."""
    start = quoted[-1] + 1 if quoted else len(lines)
    new, signature = _without_signature(lines[start:])
    return ReplyText(_joined(new), _joined(signature), _joined(lines[:start]))


def _fresh(lines: list[str]) -> list[str]:
    return [line for line in lines if not (line.startswith(">") or WROTE.search(line))]


def _quotation_begins(lines: list[str]) -> int:
    """The first line of what is answered; the number of lines if there is none."""
    for at, line in enumerate(lines):
        if SEPARATOR.match(line) or line.startswith(">") or _is_header(lines, at):
            return at
        if _is_intro(lines, at):
            return at - 1 if _is_two_lines(lines, at) else at
    return len(lines)


def _is_header(lines: list[str], at: int) -> bool:
    """A block "From: … Sent: … To: … Subject: …", under a rule or without one."""
    if RULE.match(lines[at]):
        rest = [line for line in lines[at + 1 : at + 4] if line.strip()]
        return bool(rest) and FIRST_FIELD.match(rest[0]) is not None
    if not FIRST_FIELD.match(lines[at]):
        return False
    following = [line for line in lines[at + 1 : at + 8] if line.strip()]
    return sum(FIELD.match(line) is not None for line in following) >= 2


def _is_intro(lines: list[str], at: int) -> bool:
    """ "On Monday … wrote:", in one line or two, with a date or an address in it."""
    line = lines[at]
    if not WROTE.search(line) or len(line) > LONGEST_INTRO:
        return False
    before = lines[at - 1] if at else ""
    return bool(DATED.search(line) or DATED.search(before))


def _is_two_lines(lines: list[str], at: int) -> bool:
    before = lines[at - 1] if at else ""
    return bool(DATED.search(before)) and (at == 1 or not lines[at - 2].strip())


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    last = len(lines)
    while last and not lines[last - 1].strip():
        last -= 1
    for at in range(last):
        if DASHES.match(lines[at]) and last - at <= 2 * LONGEST_SIGNATURE:
            return lines[:at], lines[at:]
    for at in range(max(0, last - LONGEST_SIGNATURE), last):
        if CLOSING.match(lines[at]) or DEVICE.match(lines[at]):
            return lines[:at], lines[at:]
    return lines, []


def _has_words(lines: list[str]) -> bool:
    return any(re.search(r"\w", line) for line in lines)


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
