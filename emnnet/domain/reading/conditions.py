"""Conditions: questions that are to be answered only if ..."""

import re

LONGEST = 200
_QUESTION = r"(?:[Qq](?:uestion)?s?\.?\s*(?:no\.?\s*)?|point\s+|no\.?\s*|#)?"
_NUMBERS = (
    rf"{_QUESTION}\(?\d{{1,2}}(?:\.\d)?\)?\s?[a-h]?\)?"
    rf"(?:\s*(?:and|or|,|-|/)\s*{_QUESTION}\d{{1,2}}[a-h]?)*"
)
_TO = (
    rf"(?:\s*,?\s*(?:to|for|in|under)\s+(?:the\s+)?(?:{_NUMBERS}|(?:the\s+)?(?:previous|first|second"
    r"|above|preceding|last)\s+question|(?:any|either|both)\s+of\s+(?:the\s+)?(?:above|these)"
    r"|question\s+above))?"
)
_YES = (
    r"(?:yes|no|so|not|any|applicable|relevant|available|possible|positive|affirmative|negative"
    r"|different|other|partially|partly)"
)
SHORT = re.compile(
    rf"\(?[Ii]f\s+[\"'\u201c\u2018]?{_YES}\b[\"'\u201d\u2019]?(?:\s+and\b[^,:?]{{0,60}})?{_TO}"
    rf"|[Ii]f\s+(?:the\s+|your\s+)?(?:answer|reply|response)s?{_TO}\s+(?:is|was|are)\s+"
    r"[\"'\u201c\u2018]?(?:yes|no|positive|negative|affirmative|in\s+the\s+affirmative)[\"'\u201d\u2019]?"
    rf"{_TO}"
    rf"|[Ii]n\s+(?:the\s+)?(?:case|event)\s+of\s+(?:an?\s+)?(?:\"?(?:yes|no)\"?|(?:positive|negative"
    rf"|affirmative)(?:\s+(?:answer|reply|response))?){_TO}"
    r"|[Ii]n\s+the\s+(?:affirmative|negative)"
    r"|[Ii]f\s+(?:you|your\s+\w+(?:\s+\w+)?)\s+(?:have\s+|has\s+)?(?:answered|replied|responded)\s+"
    rf"(?:with\s+)?[\"'\u201c\u2018]?(?:yes|no|positively|negatively|affirmatively)[\"'\u201d\u2019]?{_TO}",
    re.I,
)
LONG = re.compile(
    r"(?:If\s+(?:you|your|there|such|this|these|they|it|any|none|only|the\s+answer"
    r"|the\s+(?:Member\s+)?State|MSs?|Member\s+States?|applicable|available)\b"
    r"|(?:Only\s+)?[Ff]or\s+(?:those\s+|the\s+)?(?:\(?Member\)?\s+States|MSs?|countries|NCPs|those)\s+"
    r"(?:that|which|who|where|with)\b|In\s+case\b|Where\s+(?:applicable|relevant|available)\b"
    r"|Provided\s+that\b|Unless\b)"
)
COMMA = re.compile(r"[,:;]")
ASKING = re.compile(r"\s(?:what|which|how|when|where|who|why|please)\s")


def read_condition(text: str) -> str | None:
    """The condition that a question opens with: "If yes to Q1"; None if it has none."""
    words = text.lstrip(" (\u2022-\u2013")
    short = SHORT.match(words)
    if short:
        return " ".join(short[0].strip(" (,:").split())
    opening = LONG.match(words)
    if opening is None:
        return None
    end = _end(words, opening.end())
    return " ".join(words[:end].split()) if 0 < end <= LONGEST else None


def _end(words: str, start: int) -> int:
    """Where the condition ends: at a comma, else where the asking begins."""
    question = words.find("?", start)
    end = len(words) if question < 0 else question
    found = COMMA.search(words, start, end) or ASKING.search(words, start, end)
    return found.start() if found else -1
