"""Rows of the network in few words: for titles and refusals."""

from sqlalchemy.orm import Session

from emnnet.domain.messages import Message, _n, message
from emnnet.models.base import Base
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName, Institution
from emnnet.models.network_change import NetworkChange
from emnnet.models.source import Source
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.services.network_edits import TRACKED

KINDS = {
    "institution": _n("Institution"),
    "former_name": _n("Name of other days"),
    "institution_fact": _n("What a fact stands on"),
    "tie": _n("Tie"),
    "membership": _n("Part in the network"),
    "competence": _n("Competence"),
    "contact": _n("Contact"),
    "source": _n("Source"),
    "theme": _n("Theme"),
    "theme_term": _n("Word of another vocabulary"),
    "assignment": _n("Questions put to an institution"),
    "user_account": _n("Account"),
    "routing_cell": _n("Routing of a query"),
    "contribution": _n("Contribution"),
    "outbox_message": _n("Mail of the office"),
    "arrived_mail": _n("Mail that arrived"),
    "task": _n("Task of the office"),
    "absence": _n("Absence"),
    "closure": _n("Day on which an institution is closed"),
    "calendar_feed": _n("Calendar somebody follows"),
    "link": _n("Personal link"),
    "scoped_link": _n("Personal link"),
    "query": _n("Query"),
}
OTHER = _n("Other work")
NAMED = _n("%(kind)s, %(name)s")


def kind_of(table: str) -> Message:
    """What the rows of a table are, as a word of the field."""
    return message(KINDS.get(table, OTHER))


def told_of(session: Session, change: NetworkChange) -> Message:
    """A changed row in words; of one that is gone only what kind it was."""
    kind = kind_of(change.table_name)
    row = session.get(TRACKED[change.table_name], change.row_id)
    name = "" if row is None else told(session, row)
    return message(NAMED, kind=kind, name=name) if name else kind


def told(session: Session, row: Base) -> str:
    """A row in few words: abbreviations and kinds."""
    if isinstance(row, Institution):
        return row.short
    if isinstance(row, Source):
        return row.title or row.code
    if isinstance(row, Theme):
        return row.name_en
    if isinstance(row, Tie):
        ends = (row.from_institution_id, row.to_institution_id)
        return " – ".join(session.get_one(Institution, one).short for one in ends)
    body = session.get(Institution, getattr(row, "institution_id", None) or 0)
    parts = [body.short] if body else []
    if isinstance(row, Competence):
        parts.append(session.get_one(Theme, row.theme_id).name_en)
    elif isinstance(row, FormerName):
        parts.append(row.name_en)
    elif isinstance(row, Contact):
        parts.append(row.role_title)
    return ", ".join(parts)
