"""What has a page of its own that anybody may read."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.institution import Institution
from emnnet.models.network_change import NetworkChange
from emnnet.models.query import Query
from emnnet.selectors.published import IS_PUBLIC

MOST = 20_000  # a map of pages may name 50,000


def public_institutions(session: Session) -> list[str]:
    """Their slugs, in the order of the slugs."""
    return list(session.scalars(select(Institution.slug).order_by(Institution.slug)))


def public_queries(session: Session) -> list[tuple[str, date | None]]:
    """References and days of publication, the newest first."""
    found = session.execute(
        select(Query.year, Query.number, Query.published_at)
        .where(IS_PUBLIC)
        .order_by(Query.published_at.desc())
        .limit(MOST)
    )
    return [
        (f"{row.year}.{row.number}", row.published_at and row.published_at.date())
        for row in found
    ]


def find_renamed_slug(session: Session, slug: str) -> str | None:
    """The slug that a body has now, where it once had this one; None: nobody had."""
    was = NetworkChange.before["slug"].as_string()
    return session.scalar(
        select(Institution.slug)
        .join(NetworkChange, NetworkChange.row_id == Institution.id)
        .where(NetworkChange.table_name == "institution", was == slug)
        .where(Institution.slug != slug)
        .order_by(NetworkChange.id.desc())
        .limit(1)
    )
