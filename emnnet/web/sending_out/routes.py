"""Recording that the response was sent, closing the query, opening it again."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.query import Query
from emnnet.selectors.closing import find_closing
from emnnet.selectors.sending_out import find_departure
from emnnet.services.sending_out import close_query, record_sent, reopen_query
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.doors import door_to
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.query_tabs import query_tabs
from emnnet.web.query_words import STATUS_TONES, STATUS_WORDS
from emnnet.web.sending_out.forms import ReopenForm, SentForm

bp = Blueprint("sending_out", __name__, url_prefix="/desk/queries/<int:query_id>")


@bp.get("/sending")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """Is it cleared, the file to send, and the day on which it left."""
    return _sending_page(query_id)


@bp.post("/sending")
@requires(coordinators)
def send(query_id: int) -> ResponseReturnValue:
    """Record the day; from now on the text is fixed."""
    form = SentForm()
    if not form.validate_on_submit() or form.sent_on.data is None:
        return _sending_page(query_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            query, day = _query(session, query_id), form.sent_on.data
            record_sent(session, query, day, by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.sent_on.errors = [translated(error)]
        return _sending_page(query_id, form), HTTPStatus.CONFLICT
    flash(_("Recorded as sent. The text is fixed now."), "done")
    return redirect(url_for(".show", query_id=query_id), HTTPStatus.SEE_OTHER)


@bp.get("/closing")
@requires(office)
def closing(query_id: int) -> ResponseReturnValue:
    """Whom closing tells, before it is done; or how to open the query again."""
    return _closing_page(query_id)


@bp.post("/closing")
@requires(coordinators)
def close(query_id: int) -> ResponseReturnValue:
    """Ask nobody any more, and tell who did not answer."""
    try:
        with committing() as session:
            query = _query(session, query_id)
            told = close_query(session, query, by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        return _closing_page(query_id, refused=translated(error)), HTTPStatus.CONFLICT
    flash(
        ngettext(
            "Closed. %(num)d institution is told that its answer is no longer needed.",
            "Closed. %(num)d institutions are told that their answer is no longer"
            " needed.",
            told,
        ),
        "done",
    )
    return redirect(url_for(".closing", query_id=query_id), HTTPStatus.SEE_OTHER)


@bp.post("/reopening")
@requires(coordinators)
def reopen(query_id: int) -> ResponseReturnValue:
    """Take the closing back, for a reason."""
    form = ReopenForm()
    if not form.validate_on_submit():
        return _closing_page(query_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            query, reason = _query(session, query_id), form.reason.data
            reopen_query(session, query, reason, by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        page = _closing_page(query_id, form, refused=translated(error))
        return page, HTTPStatus.CONFLICT
    flash(_("Open again."), "done")
    return redirect(url_for(".closing", query_id=query_id), HTTPStatus.SEE_OTHER)


def _sending_page(query_id: int, form: SentForm | None = None) -> str:
    departure = find_departure(db.session, query_id)
    if departure is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(
        "sending_out/show.html",
        departure=departure,
        form=form or SentForm(formdata=None, sent_on=clock.today()),
        state=(STATUS_WORDS[departure.status], STATUS_TONES[departure.status]),
        publication=door_to("publishing.show", query_id=query_id),
        may_write=current_user.is_coordinator,
        tabs=query_tabs(query_id, "sending_out.show"),
    )


def _closing_page(
    query_id: int, form: ReopenForm | None = None, *, refused: str = ""
) -> str:
    ending = find_closing(db.session, query_id, clock.today())
    if ending is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(
        "sending_out/closing.html",
        query=ending.query,
        notices=ending.notices,
        form=form or ReopenForm(formdata=None),
        refused=refused,
        may_write=current_user.is_coordinator,
        tabs=query_tabs(query_id, "sending_out.show"),
    )


def _query(session: Session, query_id: int) -> Query:
    query = session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    return query
