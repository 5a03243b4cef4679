"""An institution's facts and ties, put into words and groups."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import LazyString

from emnnet.domain.network import Aspect, TieKind
from emnnet.models.institution import Institution
from emnnet.selectors.institution_claims import Backed
from emnnet.selectors.institution_page import InstitutionPage, TieLine
from emnnet.web.network_words import ASPECT_WORDS, DUTY_WORDS, TIES_FROM, TIES_TO


@dataclass(frozen=True)
class Fact:
    """One fact: its name, its text, where it leads, and what it stands on."""

    label: LazyString
    text: str
    url: str | None
    backed: Backed | None


@dataclass(frozen=True)
class TieGroup:
    """The ties of one kind and direction, under one heading."""

    heading: LazyString
    lines: tuple[TieLine, ...]


def facts(page: InstitutionPage, language: str) -> list[Fact]:
    """What is known of it besides names, ties and dates."""
    body = page.institution
    told = [
        (Aspect.FUNCTION, _function(body, language), None),
        (Aspect.DUTY, str(DUTY_WORDS[body.duty]) if body.duty else "", None),
        (Aspect.WEBSITE, body.website or "", body.website),
        (Aspect.EMAIL, body.mailbox or "", f"mailto:{body.mailbox}"),
        (Aspect.ADDRESS, body.address or "", None),
    ]
    return [
        Fact(ASPECT_WORDS[aspect], text, url, page.claims.facts.get(aspect))
        for aspect, text, url in told
        if text
    ]


def tie_groups(ties: Iterable[TieLine]) -> list[TieGroup]:
    """The ties by kind; cooperation has no direction."""
    groups: dict[tuple[TieKind, bool], list[TieLine]] = {}
    for tie in ties:
        outgoing = tie.outgoing or tie.kind is TieKind.COOPERATES_WITH
        groups.setdefault((tie.kind, outgoing), []).append(tie)
    order = list(TieKind)
    ordered = sorted(
        groups.items(), key=lambda item: (order.index(item[0][0]), item[0])
    )
    return [
        TieGroup((TIES_FROM if outgoing else TIES_TO)[kind], tuple(lines))
        for (kind, outgoing), lines in ordered
    ]


def _function(body: Institution, language: str) -> str:
    first, second = body.function_en, body.function_lt
    return (second or first) if language == "lt" else (first or second)
