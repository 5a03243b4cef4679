"""The responses by country: Country / Wider Dissemination / Response."""

import re

from emnnet.domain.reading import countries
from emnnet.domain.reading.manuscript import Manuscript, trimmed
from emnnet.domain.reading.outline import Span
from emnnet.domain.reading.values import CountryRow

WIDER = r"(?:Wider\s+[Dd]issemination\s*\??\s*:?\s*)"
ROW = re.compile(
    rf"(?:(?:^|(?<=[.?!:;)\]\"|] )|(?<=Country )|(?<=Response )|(?<=\t))[|\s]*"
    rf"(?:EMN\s+NCP\s+)?(?P<name>{countries.NAME}|UK)(?:\s*\([A-Z]{{2}}\))?"
    rf"(?:(?:[\s|:]*{WIDER}?[\s|:]*(?P<open>(?i:yes|no))(?=[\s|.:\dA-Z]|$)[\s|.:]*"
    r"(?:Response\s*:?\s*)?)|(?P<blank>[ ]?(?:\t[ ]?){2}|\s*\|\s*\|)))",
    re.M,
)


def read_rows(script: Manuscript, table: Span | None) -> tuple[CountryRow, ...]:
    """One row a country; a response goes up to the next country's row."""
    if table is None:
        return ()
    matches = list(ROW.finditer(script.text, table.start, table.end))
    ends = [match.start() for match in matches[1:]] + [table.end] * bool(matches)
    return tuple(
        _row(script, match, end) for match, end in zip(matches, ends, strict=True)
    )


def _row(script: Manuscript, match: re.Match[str], end: int) -> CountryRow:
    start, end = trimmed(script.text, match.end(), end)
    name = match.start("name")
    return CountryRow(
        country=countries.find_code(match["name"]) or "",
        dissemination=match["open"].lower() == "yes" if match["open"] else None,
        text=script.text[start:end].strip(" |\t\n"),
        passage=script.passage(name, max(end, match.end("name"))),
    )
