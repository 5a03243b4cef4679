"""Who should be asked what, by all that the office knows: proposals with reasons."""

from datetime import date

from sqlalchemy.orm import Session

from emnnet.domain.candidates import AskedQuestion
from emnnet.domain.question_themes import QueryWords
from emnnet.domain.routing import RoutingProposal, suggest
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.routing_memory import (
    Network,
    earlier_answers,
    kept_wording,
    network_on,
)


def proposals(
    session: Session, query: Query, on: date, *, language: str = "en"
) -> tuple[RoutingProposal, ...]:
    """For each question, whom to ask and why. Only partners of that day."""
    network = network_on(session, on, language=language)
    return proposed(session, query, query.questions, network, on, language=language)


def proposed(
    session: Session,
    query: Query,
    questions: list[Question],
    network: Network,
    on: date,
    *,
    language: str = "en",
) -> tuple[RoutingProposal, ...]:
    """The same where the network was read already; one statement more."""
    earlier = earlier_answers(session, query.id, query.theme_id)
    asked = [
        AskedQuestion(one.label, one.text, kept_wording(one.text)) for one in questions
    ]
    theme = network.theme_slugs.get(query.theme_id or 0)
    words = QueryWords(
        kept_wording(query.title),
        kept_wording(query.background),
        frozenset({theme} if theme else ()),
    )
    candidates = network.candidates(language)
    return suggest(asked, candidates, network.themes, earlier, query=words, on=on)
