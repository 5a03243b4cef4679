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
from emnnet.selectors.chases import OpenChase, open_chases
from emnnet.selectors.planned_entries import assignments_of, owed_parts
from emnnet.selectors.planned_mail import Terms, read_terms
from emnnet.web.access import office, requires
from emnnet.web.ladder.words import STEPS
from emnnet.web.planned_mail.blueprint import bp, the_calendar
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
    query = full_query(db.session, query_id)
    today, calendar = office_day(clock.now()), the_calendar()
    terms = read_terms(db.session, calendar, today)
    ids = select(Assignment.id).where(Assignment.query_id == query_id)
    chosen = list(db.session.scalars(ids))
    known = assignments_of(db.session, chosen)
    lines = [
        _ahead(one, known[one.assignment_id], terms, today)
        for one in open_chases(db.session, today, assignment_ids=chosen)
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


def _ahead(one: OpenChase, assignment: Assignment, terms: Terms, today: date) -> Ahead:
    """Each mail is taken to leave on its day; pauses of all mail are left aside."""
    rules = ladder_for(one.duty, terms.ladders).active
    days = planned_days(one.chase, today, terms.calendar, rules)
    owed = owed_parts(assignment, {one.contribution_id})
    return Ahead(
        assignment.institution.short,
        ", ".join(each.question.label for each in owed),
        one.chase.due_on,
        [(day, str(STEPS[due.kind])) for day, due in days],
    )
