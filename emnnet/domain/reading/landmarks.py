"""The words that mark the parts of a query's form, in every spelling met."""

import re

from emnnet.domain.reading.countries import NAME

_STARTS = r"(?:\A|(?<=[\n\t])|(?<=[.?!:;)\]] ))"
_NUMBER = r"(?:(?<!\w)\(?(?:\d{1,2}|I{1,3}V?)\s?[.):]?\s+|[A-D][.)]\s+)?"

PREFIX = (
    r"(?:(?:\bEMN\s+)?(?:\b(?:[A-Z]{2}|COM)\s+(?:EMN\s+)?(?:NCP\s+)?(?:'s\s+)?)?"
    r"\b(?:(?i:ad[\s-]*hoc[\s-]*(?:quer(?:y|ies)|request|question)s?)|AHQs?\b|(?i:ahq)(?=\s+on\b)))"
)
REQUESTED = re.compile(
    r"(?P<reply>\b(?:repl(?:y|ies)|responses?|answers?|input)\s+(?:is\s+|are\s+)?)?"
    r"\b(?P<word>requested)\s+(?:by|from|on)\b\s*:?"
    r"|\b(?P<field>requesting\s+(?:EMN\s+)?(?:NCP|country|member\s+state)"
    r"|requester|launched\s+by)\s*:",
    re.I,
)
FORM_REQUESTER = re.compile(
    r"\s*(?:the\s+)?(?:[A-Z]{2}|COM)\b|\s*[^\n.]{2,50}?\s+on\s+(?:the\s+)?\d"
    r"|\s*[^\n.]{0,40}?\b(?:NCP|Commission)\b"
)
FORM_REQUESTED = re.compile(
    rf"\b[Rr]equested\s+(?:by|from)\b\s*:?(?:{FORM_REQUESTER.pattern})"
)
REPLY_FIELD = re.compile(
    r"\b(?:repl(?:y|ies)|responses?|answers?|input|contributions?)\s+(?:(?:is|are|to\s+be)\s+)?"
    r"(?:requested|required|due|expected|wanted|needed|sent|submitted)\s+"
    r"(?:by|before|until|on|no\s+later\s+than)\b\s*:?"
    r"|\b(?:due\s+date|closing\s+date|(?:reply|answer|respond)[\s-]+(?:by|before|until)(?:\s+date)?"
    r"|to\s+be\s+(?:answered|returned)\s+(?:by|before|until))\s*:?"
    r"|\bdeadline(?:\s+(?:for|to)\s+(?:\w+\s+){0,4}?\w+)?\s*(?:[:=\u2013-]|is\b|was\b)?",
    re.I,
)
COMPILED = re.compile(
    r"\bCompil(?:ation|ed)(?:\s+of\s+\w+)?(?:\s+(?:was\s+)?(?:produced|made|prepared))?"
    r"\s*(?:on|date|:|(?:in|of|by)(?=\s+(?:the\s+)?\d))\s*:?",
    re.I,
)
RESPONSES_FROM = re.compile(
    r"\b(?:Responses|Replies|Answers|Contributions)\s+"
    r"(?:(?P<wanted>requested)\s+|received\s+|provided\s+)?(?:from|by)\b\s*:?",
)
DISCLAIMER = re.compile(r"\bDisclaimer\s*:?(?=\s)|\bDISCLAIMER\b\s*:?")
DISCLAIMER_END = re.compile(
    r"official\s+policy\s+of\s+[^.]{1,60}?Member\s+States?\s*\.", re.I
)
SECOND_DISCLAIMER = re.compile(
    r"(?:^(?:EMN\s+)?Ad[\s-]*Hoc\s+Query\s*:[^\n]*\n\s*)?\bDisclaimer\s*:", re.M | re.I
)
BACKGROUND = re.compile(
    rf"{_NUMBER}(?:\bBackground\s+(?i:information|context|note)\b|\bBACKGROUND"
    r"(?:\s+INFORMATION)?\b|\bContext\s+and\s+background\b|\bBackground\s*:)\s*:?"
    rf"|^{_NUMBER}(?:Background|Context|Introduction|Rationale|Purpose|Background"
    r"\s+and\s+\w+|Background\s*/\s*\w+)(?:\s+of\s+(?:the|this)\s+\w+)?[ \t]*(?::"
    r"|(?=\n))",
    re.M,
)
QUESTIONS = re.compile(
    rf"{_STARTS}{_NUMBER}(?:Questions?|QUESTIONS?)"
    r"(?:\s+(?:to|for|addressed\s+to)\s+(?:the\s+)?(?:EMN\s+)?(?:other\s+)?"
    r"(?:NCPs?|Member\s+States|\(Member\)\s+States|MSs?|EMN\s+NCPs?))?"
    r"\s*(?::|(?=\s(?:[A-Z(\"\u201c\u2022\u00b7-]|\d{1,2}[a-h]?(?:\.\d)?[.):\s-]\s*[A-Z]))"
    r"|(?=\s[a-h][.)]\s)|(?=\n))"
    r"|\bQuestions?\s*:?(?=\s+(?:1[.):]|Q1\b|a\))\s)"
)
TABLE = re.compile(
    rf"{_STARTS}{_NUMBER}(?:Responses?|RESPONSES?|Answers|Replies)\s*:?\s+"
    rf"(?=Country|Wider\b|Member\s+State\b|(?:{NAME})\b)"
    rf"|(?:(?<=[.?!] )|(?<=\n)){_NUMBER}Responses\s*:?\s*\Z"
    r"|\bCountry[\s|/\u2013-]*Wider\s*[Dd]issemination"
    r"|\bWider\s+[Dd]issemination\s*\??\s*(?:\[?\d{1,2}\]?)?\s+"
    rf"(?=Response|(?i:yes|no)\b|(?:{NAME})\b)",
)
RESPONDENTS = re.compile(
    r"^[ \t]*(?:Respondents|Responding\s+countries)\s*(?::|(?=\n))"
    r"|(?<=[.?!] )Respondents\s*:",
    re.M,
)
FINDINGS = re.compile(
    r"(?:^|(?<=[.:] ))[ \t]*(?:Some\s+of\s+)?(?:the\s+)?"
    r"(?:(?:Key|Main|Preliminary|Summary\s+of(?:\s+the)?)\s+)?"
    r"Findings(?:\s+of\s+(?:this|the)\s+[^\n:.]{2,40})?\s*(?::|(?=\n))",
    re.M | re.I,
)
SIGN_OFF = re.compile(
    r"(?:^|(?<=[.?!] ))(?:(?:with\s+)?(?:kind|best|warm"
    r"|kindest)(?:est)?\s+(?:regards|wishes)"
    r"|yours\s+(?:sincerely|faithfully)|sincerely\s+yours|regards,"
    r"|(?:many\s+)?thanks?(?:\s+you)?(?:\s+very\s+much)?\s+(?:in\s+advance|for\s+your)"
    r"|many\s+thanks\b|we\s+thank\s+you"
    r"|pagarbiai\b|su\s+pagarba\b|i\u0161\s+anksto\s+d\u0117koj\w+)",
    re.I | re.M,
)
GREETING = re.compile(r"^[ \t]*Dear\s+[^\n.]{1,60}[,:!\n]", re.M)
STARS = re.compile(r"^[ \t]*(?:\*[ \t]*){5,}$", re.M)
