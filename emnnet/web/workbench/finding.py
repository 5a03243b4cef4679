"""Finding what a form is about: only what belongs to the query of the address."""

from http import HTTPStatus

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.errors import NotFound
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.national_response import Paragraph
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.services.responses import get_paragraph


def question_of(session: Session, query_id: int, question_id: int) -> Question:
    """A question of this query, or 404."""
    question = session.get(Question, question_id)
    if question is None or question.query_id != query_id:
        abort(HTTPStatus.NOT_FOUND)
    return question


def paragraph_of(session: Session, query_id: int, paragraph_id: int) -> Paragraph:
    """A paragraph of this query, or 404. Raises `NotFound` if it was deleted."""
    paragraph = get_paragraph(session, paragraph_id)
    if paragraph.response.question.query_id != query_id:
        abort(HTTPStatus.NOT_FOUND)
    return paragraph


def find_paragraph_of(
    session: Session, query_id: int, paragraph_id: int
) -> Paragraph | None:
    """A paragraph of this query; none if somebody deleted it meanwhile."""
    try:
        return paragraph_of(session, query_id, paragraph_id)
    except NotFound:
        return None


def contribution_of(
    session: Session, query_id: int, contribution_id: int
) -> Contribution:
    """A contribution to this query as it stands now, held until the commit; or 404."""
    contribution = session.scalar(
        select(Contribution)
        .join(Contribution.assignment)
        .where(Contribution.id == contribution_id, Assignment.query_id == query_id)
        .options(
            joinedload(Contribution.assignment).joinedload(Assignment.query),
            joinedload(Contribution.question),
        )
        .with_for_update(of=Contribution)
    )
    return contribution or abort(HTTPStatus.NOT_FOUND)


def version_of(
    session: Session, query_id: int, version_id: int | None
) -> ContributionVersion:
    """A version of a contribution to this query, or 404."""
    version = session.get(ContributionVersion, version_id or 0)
    if version is None or version.contribution.assignment.query_id != query_id:
        abort(HTTPStatus.NOT_FOUND)
    return version


def query_of(session: Session, query_id: int) -> Query:
    """The query of the address, unless it was deleted; or 404."""
    query = session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    return query
