"""What stands on the pages but is not text: page numbers, comments, broken words."""

import re
import unicodedata

from emnnet.domain.reading.manuscript import Edit, Manuscript
from emnnet.domain.reading.wordlists import words

LINE_ENDS = re.compile("\r\n?|[\v\u0085\u2028\u2029]")
BROKEN_SOFTLY = re.compile("\u00ad[ \t]*\n[ \t]*(\\w*[,.;:)\\]]*)([ \t]?)")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufffc\x00-\x08\x0e-\x1f]")
ODD_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
ODD_HYPHENS = re.compile("[\u2010\u2011]")
LIGATURES = re.compile("[\ufb00-\ufb06]")
ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]+")

COMMENT_HEAD = re.compile(r"\A\s*#.*\n(?s:.{0,4000}?)^#\s*-{3,}.*\bTEXT\b.*$", re.M)
COMMENT_LINE = re.compile(r"^#(?:\s*-{3,}.*| [A-Z][A-Z ]{2,}:.*)(?:\n|\Z)", re.M)
HEADING_SIGN = re.compile(r"^#{1,6} +(?=\S)", re.M)
QUOTE_SIGN = re.compile(r"^(?:>[ \t]?)+", re.M)

PAGE_LINE = re.compile(
    r"^[ \t]*(?:(?:page|p\.|psl\.)[ \t]*)?(?:\d{1,3}[ \t]*(?:of|/|\|)[ \t]*\d{1,3}"
    r"|[-\u2013\u2014][ \t]*\d{1,3}[ \t]*[-\u2013\u2014]|\d{1,3})[ \t]*$"
    r"|^[ \t]*page[ \t]+\d{1,3}[ \t]*$",
    re.M | re.I,
)
PAGE_TAIL = re.compile(
    r"(?<=[.?!:;)\]\"\u201d])\s+(?i:page\s+)?\d{1,3}\s+of\s+\d{1,3}[ \t]*(?=\n|\f|\Z)"
    r"|\s+(?i:page\s+)?\d{1,3}\s+of\s+\d{1,3}[ \t]*(?=\s*[\n\f]\s*\d{1,3}[ \t]+\S)",
)
PAGE_TURN = re.compile(r"\s+(\d{1,3})\s+of\s+\d{1,3}[ \t]*\n\s*(\d{1,3})[ \t]+(?=\S)")
PAGE_MARK = re.compile(r"(?:\A|(?<=[\n\f]))[ \t]*(\d{1,3})[ \t]+(?=\S)")
FIRST_WORDS = re.compile(
    r"(?:EMN|COM|AHQ|Ad[ -]?Hoc|Requested|Reply|[A-Z]{2} (?:EMN|Ad))\b", re.I
)
SHORTEST_PAGE = 400  # characters
FIRST_PAGE = 600  # characters within which page 1 begins
SENTENCE_ENDS = '.?!:;)]"\u201d'

BROKEN_PAIR = re.compile(r"(?<=\w)/[ \t]*\n[ \t]*(?=\w)")
BROKEN_WORD = re.compile(r"(\w+(?:-\w+)*)-[ \t]*\n[ \t]*(\w+)([,.;:)\]]*)([ \t]?)")
WORD = re.compile(r"\w+(?:-\w+)*")
HYPHEN_HEADS = words(
    "anti asylum co country cross decision eu first five follow four full half "
    "high human job labour large law long low mid multi non policy problem risk self "
    "semi short single six socio third three two well wide work year"
)
HYPHEN_TAILS = words(
    "ante based border born called country driven eu going granting hoc income level "
    "looking making month national nationals officio oriented paid person qualified "
    "reference "
    "related residence risk scale seeker seekers seeking skilled speaking specific "
    "term time wide year years"
)

BLANK_RUN = re.compile(" {2,}")
TAB_BLANKS = re.compile(" ?\t ?")
TAB_RUN = re.compile("\t{4,}")
LINE_BLANKS = re.compile("[ \t]{0,7}\n[ \t]{0,7}")
LINE_RUN = re.compile("[\n\f]{3,}")
FORM_FEED = re.compile(r"\s*\f\s*")


def cleaned(text: str) -> Manuscript:
    """The document without page furniture, one kind of blank, words made whole."""
    script = _short_blanks(_plain_characters(Manuscript(text)))
    script = script.sub(COMMENT_HEAD, "").sub(COMMENT_LINE, "").sub(HEADING_SIGN, "")
    script = _without_page_marks(script.sub(QUOTE_SIGN, "")).sub(PAGE_TURN, _turned)
    script = script.sub(PAGE_TAIL, "").sub(PAGE_LINE, "")
    script = _whole_words(script.sub(FORM_FEED, _page_end)).sub(BROKEN_PAIR, "/")
    return _short_blanks(script)


def _short_blanks(script: Manuscript) -> Manuscript:
    """No run of blanks is long; the rules would take long over one."""
    script = script.sub(BLANK_RUN, " ").sub(TAB_BLANKS, "\t").sub(TAB_RUN, "\t\t\t")
    return script.sub(LINE_BLANKS, "\n").sub(LINE_RUN, _few_lines)


def _few_lines(match: re.Match[str]) -> str:
    return "\n\f" if "\f" in match[0] else "\n\n"


def _turned(match: re.Match[str]) -> str:
    """ "1 of 23" and the 2 that begins the next page."""
    return "\f" if int(match[2]) == int(match[1]) + 1 else match[0]


def _joined(match: re.Match[str]) -> str:
    return match[1] + ("\n" if match[2] else "")


def _page_end(match: re.Match[str]) -> str:
    """A page ends a paragraph only where a sentence ends."""
    return (
        "\n\n"
        if match.string[match.start() - 1 : match.start()] in SENTENCE_ENDS
        else "\n"
    )


def _plain_characters(script: Manuscript) -> Manuscript:
    script = script.sub(LINE_ENDS, "\n").sub(BROKEN_SOFTLY, _joined).sub(INVISIBLE, "")
    script = script.sub(ODD_BLANKS, " ").sub(ODD_HYPHENS, "-")
    script = script.sub(LIGATURES, lambda m: unicodedata.normalize("NFKC", m[0]))
    return script.sub(ACCENTED, lambda m: unicodedata.normalize("NFC", m[0]))


def _without_page_marks(script: Manuscript) -> Manuscript:
    """Take off bare page numbers before a page's first word: 1, 2, 3 in order.

    Some hosts print a page as "2 Background information: ..." and end the one before
    with "... Member State. 1".
    """
    edits: list[Edit] = []
    for match in PAGE_MARK.finditer(script.text):
        if int(match[1]) != 1 + sum(1 for *_, put in edits if put == "\f"):
            continue
        if not _opens_page(script.text, match, edits[-1][1] if edits else 0):
            continue
        foot = re.search(
            rf"[.?!:;)\"\u201d](\s+{int(match[1]) - 1})\s*\Z",
            script.text[max(0, match.start() - 40) : match.start()],
        )
        if foot:
            end = match.start() - len(foot.string) + foot.end(1)
            edits.append((end - len(foot[1]), end, ""))
        edits.append((*match.span(), "\f"))
    return script.edited(edits)


def _opens_page(text: str, mark: re.Match[str], since: int) -> bool:
    if mark[1] == "1":
        return mark.start() < FIRST_PAGE and bool(FIRST_WORDS.match(text, mark.end()))
    before = text[: mark.start()].rstrip(" \t")
    if mark.start() - since < SHORTEST_PAGE:
        return False
    if before.endswith(("\n\n", "\n \n", "\f")) or text[mark.end()].isupper():
        return True
    return before.rstrip()[-1:] in SENTENCE_ENDS


def _whole_words(script: Manuscript) -> Manuscript:
    """Join words broken at a line's end; a real hyphen stays."""
    if not BROKEN_WORD.search(script.text):
        return script
    whole = BROKEN_WORD.sub(" ", script.text)
    known = {word.lower() for word in WORD.findall(whole)}

    def joined(match: re.Match[str]) -> str:
        left, right = match[1], match[2]
        kept = _keeps_hyphen(left, right, known)
        word = f"{left}-{right}" if kept else left + right
        return word + match[3] + ("\n" if match[4] else "")

    return script.sub(BROKEN_WORD, joined)


def _keeps_hyphen(left: str, right: str, known: set[str]) -> bool:
    low, lower = left.lower(), right.lower()
    if low + lower in known:
        return False
    if f"{low}-{lower}" in known or low in HYPHEN_HEADS or lower in HYPHEN_TAILS:
        return True
    if not (left.isalpha() and right.islower()) or left.isupper():
        return True
    return low in known and lower in known
