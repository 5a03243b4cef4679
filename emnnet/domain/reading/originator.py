"""Who wanted the query: the body that the background says is asking."""

import re

from emnnet.domain.reading import countries
from emnnet.domain.reading.manuscript import Manuscript, flat, trimmed
from emnnet.domain.reading.outline import Span
from emnnet.domain.reading.sentences import sentences
from emnnet.domain.reading.values import Found, Requester, RequesterKind, Sureness
from emnnet.domain.reading.wordlists import words

_HEAD = (
    r"(?:[Mm]inistr(?:y|ies)|[Mm]inister|[Dd]epartment|[Dd]irectorate(?:[\s-]General)?|[Aa]gency"
    r"|Board|Services?|[Oo]ffice|Police|Guard|Inspectorate|[Oo]mbuds\w+|Council|Committee"
    r"|Administration|Authority|Institute|Cent(?:re|er)|University|[Gg]overnment|Bureau"
    r"|Secretariat|Secretary|Foundation|Association|Chancellery|Court|Parliament|Division"
    r"|NGO|Headquarters|Prefecture|Red\s+Cross|Unit|[Aa]uthorities)"
)
_WORD = r"(?:[A-Z][\w'\u2019&-]*|" + _HEAD + r")"
_JOIN = (
    r"(?:(?:of|for|and|on|in|&|to|against|under|within|de|des)(?:\s+the)?"
    r"|,(?=\s+[A-Z]\w+(?:,|\s+and\b)))"
)
BODY = re.compile(rf"\b(?:[Tt]he\s+)?(?P<body>{_WORD}(?:(?:\s+{_JOIN})*\s+{_WORD})*)")
ACRONYM = re.compile(r"\b[Tt]he\s+(?P<body>[A-Z][A-Z\u0160\u017d]{2,9})\b")
HEAD = re.compile(rf"\b{_HEAD}\b")
ASIDE = re.compile(
    r"\s*(?:\([^()]{1,120}\))?(?:\s*,\s+(?:which|who|a|as|the|in|together)\b[^.]{1,160}?,"
    r"|\s+(?:which|who|that)\s+[^,.]{1,100}?(?=\s+(?:is|are|would|wish|has)\b))?\s*"
)
_SOFTLY = r"(?:\w+ly\s+|also\s+|now\s+|therefore\s+|thus\s+|at\s+present\s+|again\s+)*"
ASKS = re.compile(
    rf"{_SOFTLY}(?:would\s+(?:like|appreciate|be\s+(?:grateful|interested)|welcome|need)"
    r"|hopes?\s+to|wish(?:es)?\s+to|wants?\s+to|asks?\b|asked\b|requests?\b|requested\b|wonders?\b|seeks?\b"
    r"|kindly\b|needs?\b|expressed\b|initiated\b|launched\b|addressed\b|approached\b|turned\s+to\b"
    rf"|(?:is|are)\s+{_SOFTLY}(?:interested|asking|seeking|requesting|looking\s+for)"
    rf"|(?:has|have)\s+{_SOFTLY}(?:asked|requested|initiated|launched|commissioned|funded"
    r"|approached|expressed|addressed|turned))"
)
WORKS = re.compile(
    rf"(?:(?:is|are)\s+{_SOFTLY}(?:in\s+the\s+process\b|about\s+to\b|\w+ing\b)"
    rf"|(?:has|have)\s+{_SOFTLY}(?:been\s+\w+|started|begun|decided|proposed|set\s+up|prepared"
    r"|drafted|established|received|noticed|undertaken)"
    rf"|{_SOFTLY}(?:intends?|plans?|aims?|considers?|examines?|prepares?|faces?)\b)"
)
BEHALF = re.compile(
    r"\b(?:[Oo]n\s+behalf\s+of|(?:[Aa]t|[Uu]pon|[Oo]n|[Bb]y)\s+(?:the\s+)?(?:request|initiative)\s+(?:of|from)"
    r"|(?:initiated|commissioned|proposed|requested|asked|raised|originated)\s+by|originator\s*:"
    r"|come[s]?\s+from)\s+"
)
PRONOUN = re.compile(r"(?:They|It|The\s+latter)\s+")
MEMBER = re.compile(
    r"(?:\A|(?<=[.:?!\n])\s+)(?P<body>[A-Z](?:(?![.?!]\s+[A-Z])[^()\n]){2,80}?)\s*,?"
    r"\s*\(?\s*(?:which\s+is\s+)?a\s+member\s+of\s+the\s+(?:\w+\s+){0,2}"
    r"(?:National\s+)?(?:Migration\s+)?Network"
)
STATE = re.compile(
    rf"\b(?P<body>Republic\s+of\s+{countries.NAME})\s+(?:would\s+(?:like|appreciate)|wishes|seeks"
    r"|is\s+(?:seeking|interested))"
)
FOREIGN = re.compile(
    r"\b(?:European|Europe|Council\s+of|Court\s+of\s+Justice|EU|Union|United\s+Nations|CJEU"
    r"|Member\s+States?|EMN|NCPs?|National\s+Contact\s+Point|National\s+Network)\b"
)
NO_BODY = words(
    "EMN NCP NCPS AHQ TCN TCNS EASO EUAA IES CEAS ECHR CJEU ECJ MSS DIRECTIVE"
)
NEW_SENTENCE = re.compile(r"\s(?=The\s)")  # "Background The Ministry", over a line end
OPENERS = re.compile(
    r"^(?:(?:In|At|On|For|To|As|Since|Due|Therefore|However|Currently|Recently|This|That|These|Our"
    r"|Thus|Furthermore|Also|And|Article|Law|Act|Directive|Regulation|The)\b,?\s*(?:the\s+)?)+"
)


def read_originator(script: Manuscript, told: Span) -> Found[str] | None:
    """The body named in `told` as asking, or as at work on the matter."""
    text = script.text
    member = MEMBER.search(text, told.start, told.end)
    state = STATE.search(text, told.start, told.end)
    span = (
        (member.span("body") if member else None)
        or _on_behalf(text, told)
        or _subject_of(text, told, ASKS)
        or _subject_of(text, told, WORKS)
        or _meant_by_pronoun(text, told)
        or (state.span("body") if state else None)
    )
    return _found(script, *_fullest(text, told, *span)) if span else None


def commission_behind(asker: Found[Requester] | None) -> Found[str] | None:
    """The Commission, where it asks itself and no other body is named."""
    if asker is None or asker.value.kind is not RequesterKind.COMMISSION:
        return None
    return Found("European Commission", asker.passage, Sureness.LIKELY)


def _fullest(text: str, told: Span, start: int, end: int) -> tuple[int, int]:
    """The longest form of the name: "Lithuanian Police Department" for the latter "
    "two, "Ministry of the Interior" for "the Ministry" behind it."""
    name = flat(text[start:end])
    short = " " not in name
    for match in BODY.finditer(text, told.start, told.end):
        span = _kept(text, *match.span("body"))
        words = flat(text[slice(*span)]) if span else ""
        if span is None or words == name:
            continue
        if words.endswith(f" {name}") and countries.find_code(words.removesuffix(name)):
            return span
        if short and span[1] <= start and name in words.split():
            return span
    return start, end


def _found(script: Manuscript, start: int, end: int) -> Found[str]:
    name = flat(script.text[start:end])
    return script.found(name[0].upper() + name[1:], start, end, Sureness.LIKELY)


def _on_behalf(text: str, told: Span) -> tuple[int, int] | None:
    for match in BEHALF.finditer(text, told.start, told.end):
        body = BODY.match(text, match.end(), told.end)
        if body:
            span = _kept(text, *body.span("body"))
            if span:
                return span
    return None


def _subject_of(text: str, told: Span, verb: re.Pattern[str]) -> tuple[int, int] | None:
    """The first body that is the subject of such a verb."""
    candidates = [*BODY.finditer(text, told.start, told.end)]
    if verb is ASKS:
        candidates += ACRONYM.finditer(text, told.start, told.end)
    for match in sorted(candidates, key=lambda found: found.start("body")):
        aside = ASIDE.match(text, match.end())
        if not verb.match(text, aside.end() if aside else match.end()):
            continue
        if match.re is ACRONYM:
            if match["body"].upper() not in NO_BODY:
                return match.span("body")
            continue
        span = _kept(text, *match.span("body"))
        if span:
            return span
    return None


def _meant_by_pronoun(text: str, told: Span) -> tuple[int, int] | None:
    """The subject of the sentence before "They would like to ask"."""
    before: list[tuple[int, int]] = []
    for start, end in sentences(text, told.start, told.end):
        first, last = trimmed(text, start, end)
        pronoun = PRONOUN.match(text, first)
        if pronoun and before and ASKS.match(text, pronoun.end()):
            body = BODY.match(text, *before[-1])
            return _kept(text, *body.span("body")) if body else None
        before.append((first, last))
    return None


def _kept(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name without a sentence's first words; None if it names no such body."""
    start = max([start, *(m.end() for m in NEW_SENTENCE.finditer(text, start, end))])
    words = text[start:end]
    opener = OPENERS.match(words)
    if opener:
        start, words = start + opener.end(), words[opener.end() :]
    if not HEAD.search(words) or FOREIGN.search(words):
        return None
    only = words.split()
    return None if len(only) == 1 and only[0][0].islower() else (start, end)
