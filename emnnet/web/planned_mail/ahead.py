"""The reminders that lie ahead of each institution of one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from emnnet import clock
from emnnet.domain.ladder import ladder_for
from emnnet.domain.moments import office_day
from emnnet.domain.outlook import planned_days
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.selectors.assignment_names import AssignmentName, names_reading
from emnnet.selectors.chase_facts import around_reading
from emnnet.selectors.chases import OpenChase, asked_ids, chases_of, owed_among
from emnnet.selectors.planned_mail import Terms
from emnnet.selectors.reading import read
from emnnet.web.access import office, requires
from emnnet.web.ladder.words import STEPS
from emnnet.web.planned_mail.blueprint import bp, the_terms
from emnnet.web.queries.blueprint import full_query
from emnnet.web.query_tabs import query_tabs


@dataclass(frozen=True)
class Ahead:
    """One institution, or one of its questions: the steps to come with their days."""

    institution: str
    labels: str
    due_on: date
    steps: Sequence[tuple[date, str]]


@bp.get("/of/<int:query_id>")
@requires(office)
def of_query(query_id: int) -> ResponseReturnValue:
    """The plan for each institution, as a page or as a part of the query's page."""
    today = office_day(clock.now())
    query = full_query(db.session, query_id)
    mine = select(Assignment.id).where(Assignment.query_id == query_id)
    terms, owed = read(db.session, the_terms(today), owed_among(mine))
    ids = asked_ids(owed)
    around, names = read(db.session, around_reading(ids, today), names_reading(ids))
    lines = [
        _ahead(one, names[one.assignment_id], terms, today)
        for one in chases_of(owed, around)
    ]
    lines.sort(key=lambda line: (line.due_on, line.institution))
    part = bool(request.headers.get("HX-Request"))
    return render_template(
        "planned_mail/ahead.html" if part else "planned_mail/of_query.html",
        query=query,
        lines=lines,
        part=part,
        tabs_of=query_tabs(query_id, "queries.show"),
    )


def _ahead(one: OpenChase, about: AssignmentName, terms: Terms, today: date) -> Ahead:
    """Each mail is taken to leave on its day; pauses of all mail are left aside."""
    rules = ladder_for(one.duty, terms.ladders).active
    days = planned_days(one.chase, today, terms.calendar, rules)
    return Ahead(
        about.institution.short,
        about.labels(one.parts),
        one.chase.due_on,
        [(day, str(STEPS[due.kind])) for day, due in days],
    )
