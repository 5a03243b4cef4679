"""A corrected answer: whose paragraphs it leaves as they were is not asked again."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.markdown_text import paragraphs
from emnnet.domain.word_changes import closest
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.national_response import ParagraphSource
from emnnet.selectors.responses import allowed_before, allowed_by


def pass_unchanged(session: Session, version: ContributionVersion) -> None:
    """Mark sources as seen whose paragraph stands in the new version as it was seen.

    Where the new version says otherwise how far it may travel, all are asked about.
    """
    session.flush()
    sources = session.scalars(
        select(ParagraphSource)
        .join(ParagraphSource.contribution_version)
        .where(ContributionVersion.contribution_id == version.contribution_id)
        .options(
            joinedload(ParagraphSource.contribution_version)
            .joinedload(ContributionVersion.contribution)
            .selectinload(Contribution.versions)
        )
    ).all()
    for source in sources:
        if _is_as_seen(source, version):
            source.seen_number = version.number


def _is_as_seen(source: ParagraphSource, version: ContributionVersion) -> bool:
    """Does the paragraph nearest to the quote read as it did when it was compared?"""
    if allowed_by(source) != allowed_before(source):
        return False
    contribution = source.contribution_version.contribution
    texts = {one.number: one.text for one in contribution.versions}
    seen = texts.get(source.seen_number)
    return seen is not None and _nearest(source, seen) == _nearest(source, version.text)


def _nearest(source: ParagraphSource, text: str) -> str | None:
    pieces = paragraphs(text)
    here = closest(source.quote, pieces)
    return None if here is None else pieces[here]
