"""Who asks: an NCP, the Commission, a country, or a person the document places."""

import re
from collections import Counter

from emnnet.domain.reading import countries
from emnnet.domain.reading.header import Header
from emnnet.domain.reading.manuscript import Manuscript, flat
from emnnet.domain.reading.outline import Span
from emnnet.domain.reading.values import Found, Requester, RequesterKind, Sureness

NCP = re.compile(r"\bE?NCPs?\b|\bcontact\s+point", re.I)
COMMISSION = re.compile(
    r"^(?:the\s+)?(?:COM\b|(?:European\s+)?Commission\b|DG\s+\w+)", re.I
)
NETWORK = re.compile(r"^(?:the\s+)?(?:EMN|European\s+Migration\s+Network)$", re.I)
ON_BEHALF = re.compile(r"[\s,(]+(?:on\s+behalf\s+of|for\s+the)\b.*$", re.I | re.S)
PERSON = re.compile(r"(?:[^\W\d_][\w.'\u2019-]*\s+){1,4}[^\W\d_][\w.'\u2019-]*")
CODE = re.compile(rf"\b{countries.CODE}\b")
BODY = re.compile(
    r"\b(?:agency|ministry|office|board|department|directorate|service|police|"
    r"government|authorit\w+|centre|center|unit|network|ombuds\w+)\b",
    re.I,
)

_C, _N, _A = countries.CODE, countries.NAME, countries.ADJECTIVE
_POINT = r"(?:EMN\s+)?(?:NCP|(?:National\s+)?Contact\s+Point(?:\s+\(NCP\))?)"
ASKER = (
    rf"(?:(?:{_C}|{_N}|{_A})\s+{_POINT}|{_POINT}\s+(?:of\s+|in\s+|for\s+)?(?:the\s+)?(?:{_N}|{_C})"
    rf"|(?:{_A})\s+(?:authorities|government|administration)|(?:European\s+)?Commission"
    rf"|(?:{_N})|(?:{_C})(?=\s+(?:has|is|would|launched))|EMN|European\s+Migration\s+Network)\b"
)
ASKED_BY = re.compile(
    r"\b(?:launched|initiated|issued|submitted|sent|requested|raised|proposed|prepared|received|taken)"
    rf"\s+(?:by|from)\s+(?:the\s+)?(?P<asker>{ASKER})"
)
ASKING = re.compile(
    rf"\b(?:[Tt]he\s+)?(?P<asker>{ASKER})\s+(?:(?:has|is|was|have|are|therefore|thus|now|hereby"
    r"|currently|also|kindly)\s+)*"
    r"(?:launch(?:ed|ing|es)|initiat(?:ed|ing)|issued|seek(?:s|ing)|would\s+like|wish(?:es)?"
    r"|wonders|decided\s+to|requests|requested|asks|asked|wants|interested\s+in|looking\s+for"
    r"|sends|sending)\b"
)
GOVERNING = re.compile(
    rf"\b(?P<who>{_A})\s+(?:government|authorities|ministry|ministries|minister|parliament"
    r"|administration|law|legislation|police|migration|immigration|national\s+legislation"
    r"|(?:[\w&-]+\s+){0,5}?(?:agency|board|council|department|directorate|guard|headquarters"
    r"|inspectorate|ministry|office|parliament|police|service))\b"
    rf"|\bRepublic\s+of\s+(?P<state>{_N})\b"
    rf"|\b(?P<answer>(?-i:{_C}))\s+(?:response|answer|reply)\s+for\s+example",
    re.I,
)
OPENING = re.compile(rf"\s*(?:In\s+|The\s+|In\s+the\s+)?(?P<who>{_N})\b")
MAY_ASK = countries.CODES - {
    "CH",
    "DK",
    "GE",
    "MD",
    "UA",
    "ME",
    "AM",
    "RS",
    "MK",
    "AL",
    "IS",
    "LI",
}


def read_requester(
    script: Manuscript, header: Header, told: Span, originator: Found[str] | None
) -> Found[Requester] | None:
    """Who asks: from "Requested by", else from the sentences of `told`.

    Where nobody is said to ask, the country of the body behind the query is a guess.
    """
    if header.requester is None:
        return _from_sentences(script, told) or _behind(originator)
    span = header.requester
    words = ON_BEHALF.sub("", span.of(script.text))
    requester = _named(flat(words))
    sureness = Sureness.SURE
    if not requester.code:
        code, sureness = _placed(told.of(script.text))
        requester = Requester(code, requester.printed, requester.kind)
    return script.found(requester, span.start, span.start + len(words), sureness)


def _behind(originator: Found[str] | None) -> Found[Requester] | None:
    code = _code_within(originator.value) if originator else None
    if originator is None or code is None:
        return None
    requester = Requester(code, originator.value, RequesterKind.UNKNOWN)
    return Found(requester, originator.passage, Sureness.UNSURE)


def _named(printed: str) -> Requester:
    """The requester by the words printed, without a look at the rest."""
    bare = re.sub(r"^the\s+", "", printed.strip(), flags=re.I)
    if COMMISSION.match(bare):
        return Requester("COM", printed, RequesterKind.COMMISSION)
    if NETWORK.match(bare):
        return Requester("EMN", printed, RequesterKind.EMN)
    if NCP.search(bare):
        return Requester(_code_within(bare) or "", printed, RequesterKind.NCP)
    code = countries.find_code(bare)
    if code:
        return Requester(code, printed, RequesterKind.COUNTRY)
    if BODY.search(bare):
        return Requester(_code_within(bare) or "", printed, RequesterKind.UNKNOWN)
    if PERSON.fullmatch(bare):
        return Requester("", printed, RequesterKind.PERSON)
    return Requester("", printed, RequesterKind.UNKNOWN)


def _code_within(words: str) -> str | None:
    """The one country that some words name by code, name or adjective."""
    code = CODE.search(words)
    if code:
        return countries.find_code(code[0])
    named = re.search(rf"\b(?:{countries.NAME}|{countries.ADJECTIVE})\b", words)
    return countries.find_code(named[0]) if named else None


def _from_sentences(script: Manuscript, told: Span) -> Found[Requester] | None:
    for pattern in (ASKED_BY, ASKING):
        match = pattern.search(script.text, told.start, told.end)
        if match:
            requester = _spoken(flat(match["asker"]))
            return script.found(requester, *match.span("asker"), Sureness.LIKELY)
    return None


def _spoken(words: str) -> Requester:
    requester = _named(words)
    if requester.kind is RequesterKind.UNKNOWN and requester.code:
        return Requester(requester.code, words, RequesterKind.COUNTRY)
    return requester


def _placed(told: str) -> tuple[str, Sureness]:
    """The country that the background speaks for, where a person asks."""
    strong = Counter(_strong_codes(told))
    if strong:
        (code, most), *rest = strong.most_common(2)
        if not rest or most > rest[0][1]:
            return code, Sureness.LIKELY
    opening = OPENING.match(told)
    code = _code_within(opening["who"]) or "" if opening else ""
    if code in MAY_ASK and not strong:
        return code, Sureness.UNSURE
    both = re.compile(rf"\b(?:{countries.NAME}|{countries.ADJECTIVE})\b")
    weak = Counter(m.code for m in countries.mentions(told, both) if m.code in MAY_ASK)
    if weak:
        (code, most), *rest = weak.most_common(2)
        if most >= 2 and (not rest or most >= 2 * rest[0][1]):
            return code, Sureness.UNSURE
    return "", Sureness.SURE


def _strong_codes(told: str) -> list[str]:
    names = [match["asker"] for match in ASKING.finditer(told)]
    names += [next(filter(None, match.groups())) for match in GOVERNING.finditer(told)]
    codes = (_code_within(name) for name in names)
    return [code for code in codes if code in MAY_ASK]
