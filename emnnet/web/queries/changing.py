"""Changing what a query says."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.corrections import (
    PlannedCorrection,
    digest,
    planned_corrections,
)
from emnnet.selectors.form_choices import form_choices
from emnnet.services.query_changes import change_query
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.queries.blueprint import bp, full_query, the_query
from emnnet.web.queries.forms import QueryForm
from emnnet.web.queries.question_list import rearranged


@bp.get("/<int:query_id>/change")
@requires(coordinators)
def change(query_id: int) -> ResponseReturnValue:
    """The query as a form."""
    query = full_query(db.session, query_id)
    form = QueryForm(formdata=None, data=_typed(query))
    return _page(query, form)


@bp.post("/<int:query_id>/change")
@requires(coordinators)
def save(query_id: int) -> ResponseReturnValue:
    """Save it, unless somebody else did so meanwhile."""
    query, form = full_query(db.session, query_id), QueryForm()
    form.offer(form_choices(db.session))
    place = rearranged(form, request.form)
    if place is not None:
        return _page(query, form, focus=place)
    if not form.validate():
        return _page(query, form), 422
    corrections = _corrections(query, form)
    if corrections and form.seen_corrections.data != digest(corrections):
        form.seen_corrections.data = digest(corrections)
        return _page(query, form, corrections=corrections)
    try:
        with committing() as session:
            query = the_query(session, query_id)
            version = int(form.version.data or 0)
            change_query(
                session,
                query,
                form.draft(),
                version=version,
                due_on=form.new_date.data if corrections else None,
                by=acting(),
                now=clock.now(),
            )
    except DomainError as error:
        return _refused(query_id, form, error)
    flash(_("Saved."), "done")
    return redirect(url_for("queries.show", query_id=query_id), 303)


def _refused(query_id: int, form: QueryForm, error: DomainError) -> ResponseReturnValue:
    """The reason above the form, the typed text in it, the newest version under it."""
    query = the_query(db.session, query_id)
    form.form_errors.append(translated(error))
    form.version.data = str(query.version)
    form.version.raw_data = None
    return _page(query, form, corrections=_corrections(query, form)), 409


def _corrections(query: Query, form: QueryForm) -> list[PlannedCorrection]:
    """What the form would correct in questions that institutions have."""
    texts = [(one.question_id, one.text) for one in form.draft().questions]
    return planned_corrections(db.session, query, texts)


def _page(
    query: Query,
    form: QueryForm,
    *,
    focus: int | None = None,
    corrections: Sequence[PlannedCorrection] = (),
) -> str:
    form.offer(form_choices(db.session))
    return render_template(
        "queries/change.html",
        query=query,
        form=form,
        focus=focus,
        corrections=corrections,
        institutions=len({o.assignment.id for c in corrections for o in c.affected}),
    )


def _typed(query: Query) -> dict[str, object]:
    """The query as the form holds it."""
    plain = {
        name: getattr(query, name)
        for name in QueryForm.__dict__
        if hasattr(query, name) and name not in {"tags", "questions"}
    }
    questions = [
        {
            "question_id": question.id,
            "label": question.label,
            "text": question.text,
            "depth": question.depth,
            "condition": question.condition,
        }
        for question in query.questions
    ]
    tags = ", ".join(sorted(tag.tag for tag in query.tags))
    return {**plain, "tags": tags, "questions": questions}
