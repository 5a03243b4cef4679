"""Relations between queries."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.query import QueryRelation
from emnnet.selectors.queries import find_by_reference
from emnnet.services.query_changes import relate as record_relation
from emnnet.services.query_changes import unrelate as remove_relation
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.queries.blueprint import bp, the_query
from emnnet.web.queries.forms import RelationForm


@bp.get("/<int:query_id>/relations")
@requires(coordinators)
def relate(query_id: int) -> ResponseReturnValue:
    """How is it related, and to which query?"""
    return _page(query_id, RelationForm(formdata=None))


@bp.post("/<int:query_id>/relations")
@requires(coordinators)
def related(query_id: int) -> ResponseReturnValue:
    """Record the relation."""
    form = RelationForm()
    if not form.validate_on_submit():
        return _page(query_id, form), 422
    try:
        with committing() as session:
            query = the_query(session, query_id)
            earlier = find_by_reference(session, form.reference.data)
            if earlier is None:
                raise DomainError(_("There is no query with this number."))
            kind, now = form.relation(), clock.now()
            record_relation(session, query, earlier, kind, by=acting(), now=now)
    except DomainError as error:
        form.reference.errors = [translated(error)]
        return _page(query_id, form), 422
    return redirect(url_for("queries.show", query_id=query_id), 303)


@bp.post("/<int:query_id>/relations/<int:relation_id>/remove")
@requires(coordinators)
def unrelate(query_id: int, relation_id: int) -> ResponseReturnValue:
    """Take a relation away."""
    with committing() as session:
        relation = session.get(QueryRelation, relation_id) or abort(404)
        if query_id not in {relation.query_id, relation.earlier_id}:
            abort(404)
        remove_relation(session, relation, by=acting(), now=clock.now())
    flash(_("The relation is taken away."), "done")
    return redirect(url_for("queries.show", query_id=query_id), 303)


def _page(query_id: int, form: RelationForm) -> str:
    query = the_query(db.session, query_id)
    return render_template("queries/relate.html", query=query, form=form)
