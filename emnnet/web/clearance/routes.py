"""Asking for clearance, giving it, returning the text, going on without."""

from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.documents.national_response import country_name, row_dissemination
from emnnet.domain.errors import DomainError
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.selectors.clearing import find_clearing
from emnnet.services.clearance import (
    ask_clearance,
    clear_by_exception,
    decide_clearance,
)
from emnnet.transaction import committing
from emnnet.web.access import approvers, coordinators, office, requires
from emnnet.web.clearance.forms import ExceptionForm, VerdictForm
from emnnet.web.clearance.words import OUTCOME_TONES, OUTCOME_WORDS
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.query_tabs import query_tabs
from emnnet.web.query_words import STATUS_TONES, STATUS_WORDS

bp = Blueprint(
    "clearance", __name__, url_prefix="/desk/queries/<int:query_id>/clearance"
)
CLEARING_ROLES = {Role.ADMIN, Role.APPROVER}


@bp.get("")
@requires(office)
def show(query_id: int) -> ResponseReturnValue:
    """The whole response as it will leave, and what is to be done with it."""
    return _page(query_id)


@bp.post("/request")
@requires(coordinators)
def ask(query_id: int) -> ResponseReturnValue:
    """Ask a second person to read it."""
    try:
        with committing() as session:
            query, user = _query(session, query_id), _user(session)
            ask_clearance(session, query, user, by=acting(), now=clock.now())
    except DomainError as error:
        return _refused(query_id, error)
    flash(_("Clearance is asked for. Who may clear it gets a mail."), "done")
    return _back(query_id)


@bp.post("/<int:clearance_id>")
@requires(approvers)
def decide(query_id: int, clearance_id: int) -> ResponseReturnValue:
    """Approve the text that was read, or return it."""
    form = VerdictForm()
    if not form.validate_on_submit():
        return _page(query_id, verdict=form), HTTPStatus.UNPROCESSABLE_ENTITY
    approves = request.form.get("outcome") == "approved"
    outcome = ClearanceOutcome.APPROVED if approves else ClearanceOutcome.RETURNED
    if not approves and not form.reason.data:
        form.reason.errors = [_("Say what is to be changed.")]
        return _page(query_id, verdict=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            clearance = session.get(Clearance, clearance_id)
            if clearance is None or clearance.query_id != query_id:
                abort(HTTPStatus.NOT_FOUND)
            decide_clearance(
                session,
                clearance,
                outcome,
                form.reason.data or "",
                _user(session),
                by=acting(),
                now=clock.now(),
            )
    except DomainError as error:
        return _refused(query_id, error, verdict=form)
    flash(_("Approved.") if approves else _("Returned with your reason."), "done")
    return _back(query_id)


@bp.post("/exception")
@requires(coordinators)
def go_on(query_id: int) -> ResponseReturnValue:
    """Go on without a second reader, for a reason."""
    form = ExceptionForm()
    if not form.validate_on_submit():
        return _page(query_id, exception=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            query, user = _query(session, query_id), _user(session)
            now, reason = clock.now(), form.reason.data
            clear_by_exception(session, query, reason, user, by=acting(), now=now)
    except DomainError as error:
        return _refused(query_id, error, exception=form)
    flash(_("Cleared by exception. The approvers are told."), "done")
    return _back(query_id)


def _page(
    query_id: int,
    *,
    verdict: VerdictForm | None = None,
    exception: ExceptionForm | None = None,
    refused: str = "",
) -> str:
    clearing = find_clearing(db.session, query_id, current_user.user_id)
    if clearing is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(
        "clearance/show.html",
        clearing=clearing,
        state=(STATUS_WORDS[clearing.status], STATUS_TONES[clearing.status]),
        country=country_name(current_app.config["OFFICE_COUNTRY"]),
        row=row_dissemination(clearing.texts),
        verdict=verdict or VerdictForm(formdata=None),
        exception=exception or ExceptionForm(formdata=None),
        refused=refused,
        may_clear=current_user.role in CLEARING_ROLES,
        outcome_words=OUTCOME_WORDS,
        outcome_tones=OUTCOME_TONES,
        tabs=query_tabs(query_id, "clearance.show"),
    )


def _refused(
    query_id: int,
    error: DomainError,
    *,
    verdict: VerdictForm | None = None,
    exception: ExceptionForm | None = None,
) -> ResponseReturnValue:
    """The page with the reason on top; what was typed is still there."""
    db.session.rollback()
    page = _page(
        query_id, verdict=verdict, exception=exception, refused=translated(error)
    )
    return page, HTTPStatus.CONFLICT


def _back(query_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show", query_id=query_id), HTTPStatus.SEE_OTHER)


def _query(session: Session, query_id: int) -> Query:
    query = session.get(Query, query_id)
    if query is None or query.deleted_at is not None:
        abort(HTTPStatus.NOT_FOUND)
    return query


def _user(session: Session) -> User:
    return session.get_one(User, current_user.user_id)
