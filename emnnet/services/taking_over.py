"""Taking paragraphs over from what an institution gave."""

from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.consolidation import Use
from emnnet.domain.errors import DomainError, IllegalAction, NotFound
from emnnet.domain.lifecycle import ContributionStatus, contribution_status
from emnnet.domain.markdown_text import paragraphs
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.contribution import ContributionVersion
from emnnet.models.national_response import Paragraph
from emnnet.models.question import Question
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.responses import find_response, piece_uses
from emnnet.services.responses import add_paragraph

NO_SUCH_PIECE = _n("This answer has no such paragraph any more.")
ALL_USED = _n("Every paragraph of this answer was used or looked at already.")
NOT_GIVEN = _n("This answer was returned or taken back: wait for the new version.")
USABLE = {ContributionStatus.SUBMITTED, ContributionStatus.ACCEPTED}


def take_over(
    session: Session,
    question: Question,
    version: ContributionVersion,
    piece: int | None = None,
    *,
    by: Actor,
    now: datetime,
) -> list[Paragraph]:
    """Add one paragraph of a version to the national text, or all not yet used.

    `piece` counts from 0. Raises `IllegalAction` for an answer that went back,
    `NotFound` or another `DomainError` where nothing is left to take.
    """
    query = version.contribution.assignment.query
    if contribution_status(facts_of(version.contribution, query)) not in USABLE:
        raise IllegalAction(NOT_GIVEN)
    texts = paragraphs(version.text)
    if piece is not None and not 0 <= piece < len(texts):
        raise NotFound(NO_SUCH_PIECE)
    chosen = (
        [texts[piece]] if piece is not None else _unused(session, question, version)
    )
    if not chosen:
        raise DomainError(ALL_USED)
    return [
        add_paragraph(session, question, text, source=version, by=by, now=now)
        for text in chosen
    ]


def _unused(
    session: Session, question: Question, version: ContributionVersion
) -> list[str]:
    response = find_response(session, question.id)
    texts = paragraphs(version.text)
    found = piece_uses(response, version.contribution_id, texts, version.number)
    unused = zip(texts, found, strict=True)
    return list(dict.fromkeys(text for text, one in unused if one.use is Use.NOT_YET))
