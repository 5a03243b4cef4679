"""Suggestions for the page of the grid: which ones are shown, and why in words."""

from dataclasses import dataclass

from flask_babel import get_locale

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.routing import RoutingProposal, Suggestion
from emnnet.domain.routing_grid import Key
from emnnet.selectors.routing_grid import Grid, GridPage
from emnnet.selectors.routing_memory import Body
from emnnet.web.messages import spoken

SHOWN_SHARE, SHOWN_MOST = 0.45, 4  # of a proposal: what is worth an outlined letter


@dataclass(frozen=True)
class SuggestionView:
    """Why a body is proposed."""

    name: str
    short: str
    body: Body
    role: CellRole
    score: float
    reasons: list[str]


def suggested_cells(page: GridPage) -> dict[Key, CellRole]:
    """The suggestions that are shown, for the rows where nobody is chosen yet."""
    taken = {question for question, _ in page.grid.roles}
    by_slug = {body.slug: body.id for body in page.grid.columns}
    return {
        (question.id, by_slug[one.institution]): one.role
        for question, proposal in zip(page.grid.questions, page.proposals, strict=True)
        if question.id not in taken
        for one in worth_showing(proposal)
        if one.institution in by_slug
    }


def worth_showing(proposal: RoutingProposal) -> list[Suggestion]:
    """The lead, and those who come near enough to it."""
    if not proposal.suggestions:
        return []
    least = proposal.suggestions[0].score * SHOWN_SHARE
    return [one for one in proposal.suggestions if one.score >= least][:SHOWN_MOST]


def in_words(grid: Grid, proposal: RoutingProposal) -> list[SuggestionView]:
    """All that is proposed for a question, each with its reasons."""
    bodies = {body.slug: body for body in grid.columns}
    return [
        SuggestionView(
            name=bodies[one.institution].names.full(language()),
            short=short_name(bodies[one.institution]),
            body=bodies[one.institution],
            role=one.role,
            score=one.score,
            reasons=[spoken(reason) for reason in one.reasons],
        )
        for one in proposal.suggestions
        if one.institution in bodies
    ]


def short_name(body: Body) -> str:
    """What fits the head of a column: an abbreviation, else the first word."""
    return body.names.abbreviation.split(" / ")[0] or body.names.en.split()[0]


def language() -> str:
    """The language of the page, as a code."""
    return str(get_locale())
