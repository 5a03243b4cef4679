"""What the rules of data quality look at, read in four statements for any network."""

from datetime import date

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

Asked = tuple[frozenset[int], frozenset[int]]


def network_rows(session: Session, today: date) -> NetworkRows:
    """The network with all its days, for `domain.data_quality.findings`."""
    bodies, (reachable, planned) = _bodies(session, today)
    return NetworkRows(
        today=today,
        bodies=bodies,
        ties=_ties(session),
        parts=[*_memberships(session), *_competences(session)],
        reachable=reachable,
        planned=planned,
    )


def _bodies(session: Session, today: date) -> tuple[dict[int, BodyLife], Asked]:
    """The bodies; which have a contact today, and which are to be asked."""
    rows = session.execute(
        select(
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
    ).all()
    bodies = {
        row.id: BodyLife(
            row.id,
            row.slug,
            row.abbreviation.split(" / ")[0] or row.name_en,
            row.sector,
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    }
    reachable = frozenset(row.id for row in rows if row.is_reachable)
    return bodies, (reachable, frozenset(row.id for row in rows if row.is_planned))


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


def _ties(session: Session) -> list[TieRow]:
    rows = session.execute(
        select(
            Tie.id,
            Tie.kind,
            Tie.from_institution_id,
            Tie.to_institution_id,
            Tie.valid_from,
            Tie.valid_to,
            Tie.standing,
            Tie.source_codes,
        ).order_by(Tie.id)
    )
    return [TieRow(*row[:7], bool(row.source_codes)) for row in rows]


def _memberships(session: Session) -> list[PartRow]:
    rows = session.scalars(select(Membership).order_by(Membership.id))
    return [
        PartRow(
            row.id, "membership", row.institution_id, row.kind, row.kind.value,
            row.valid_from, row.valid_to, row.standing, bool(row.source_codes),
        )
        for row in rows
    ]  # fmt: skip


def _competences(session: Session) -> list[PartRow]:
    rows = session.execute(
        select(Competence, Theme.name_en).join(Theme).order_by(Competence.id)
    )
    return [
        PartRow(
            row.id, "competence", row.institution_id, row.theme_id, theme,
            row.valid_from, row.valid_to, row.standing, bool(row.source_codes),
        )
        for row, theme in rows
    ]  # fmt: skip
