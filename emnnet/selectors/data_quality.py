"""What the rules of data quality look at, read in one statement."""

from datetime import date
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from emnnet.domain.data_quality import BodyLife, NetworkRows, PartRow, TieRow
from emnnet.models.assignment import Assignment
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.question import Question
from emnnet.models.routing_cell import RoutingCell
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.selectors.network import valid_on
from emnnet.selectors.reading import Reading, Rows, Selection


def network_rows(session: Session, today: date) -> NetworkRows:
    """The network with all its days, for `domain.data_quality.findings`."""

    def made(
        bodies: Rows, ties: Rows, memberships: Rows, competences: Rows
    ) -> NetworkRows:
        return NetworkRows(
            today=today,
            bodies={row.id: _life(row) for row in bodies},
            ties=[_tie(row) for row in _in_order(ties)],
            parts=[
                *(_part(row, "membership") for row in _in_order(memberships)),
                *(_part(row, "competence") for row in _in_order(competences)),
            ],
            reachable=frozenset(row.id for row in bodies if row.is_reachable),
            planned=frozenset(row.id for row in bodies if row.is_planned),
        )

    selections = _bodies(today), _ties(), _memberships(), _competences()
    return Reading(selections, made).take(session)


def _in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: row.id)


def _bodies(today: date) -> Selection:
    """The bodies; which have a contact today, and which are to be asked."""
    return select(
        Institution.id,
        Institution.slug,
        Institution.abbreviation,
        Institution.name_en,
        Institution.sector,
        Institution.valid_from,
        Institution.valid_to,
        Institution.id.in_(_reachable(today)).label("is_reachable"),
        Institution.id.in_(_planned()).label("is_planned"),
    )


def _life(row: Any) -> BodyLife:
    return BodyLife(
        row.id,
        row.slug,
        row.abbreviation.split(" / ")[0] or row.name_en,
        row.sector,
        row.valid_from,
        row.valid_to,
    )


def _reachable(today: date) -> Select[int]:
    return select(Contact.institution_id).where(
        valid_on(Contact, today), Contact.for_routing
    )


def _planned() -> Select[int]:
    asked = exists().where(
        Assignment.query_id == Question.query_id,
        Assignment.institution_id == RoutingCell.institution_id,
    )
    return (
        select(RoutingCell.institution_id)
        .join(Question, Question.id == RoutingCell.question_id)
        .where(~asked)
    )


def _ties() -> Selection:
    return select(
        Tie.id,
        Tie.kind,
        Tie.from_institution_id,
        Tie.to_institution_id,
        Tie.valid_from,
        Tie.valid_to,
        Tie.standing,
        Tie.source_codes,
    )


def _tie(row: Any) -> TieRow:
    return TieRow(
        row.id,
        row.kind,
        row.from_institution_id,
        row.to_institution_id,
        row.valid_from,
        row.valid_to,
        row.standing,
        bool(row.source_codes),
    )


def _memberships() -> Selection:
    return select(*_columns(Membership), Membership.kind)


def _competences() -> Selection:
    return select(
        *_columns(Competence), Competence.theme_id, Theme.name_en.label("theme")
    ).join(Theme)


def _columns(part: type[Membership] | type[Competence]) -> tuple[Any, ...]:
    return (
        part.id,
        part.institution_id,
        part.valid_from,
        part.valid_to,
        part.standing,
        part.source_codes,
    )


def _part(row: Any, table: str) -> PartRow:
    of_theme = table == "competence"
    return PartRow(
        row.id,
        table,
        row.institution_id,
        row.theme_id if of_theme else row.kind,
        row.theme if of_theme else row.kind.value,
        row.valid_from,
        row.valid_to,
        row.standing,
        bool(row.source_codes),
    )
