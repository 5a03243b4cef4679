"""The closures that are on or to come; noting one, taking one back."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.absence import Closure
from emnnet.models.institution import Institution
from emnnet.selectors.absences import absences, closures, institutions_with_contacts
from emnnet.services.closures import end_closure, note_closure
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.closures.forms import ClosureForm
from emnnet.web.identity import acting
from emnnet.web.messages import translated

bp = Blueprint("closures", __name__, url_prefix="/settings/closures")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """The list, and the form."""
    return _page(ClosureForm(formdata=None))


@bp.post("")
@requires(coordinators)
def note() -> ResponseReturnValue:
    """Note a closure; one that overlaps another is refused."""
    form = ClosureForm()
    form.offer(institutions_with_contacts(db.session), str(get_locale()))
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            body = session.get_one(Institution, int(form.institution.data))
            note_closure(session, body, form.note(), by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        return _page(form), HTTPStatus.CONFLICT
    flash(_("The closure is noted. Mail to the institution follows it."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<int:closure_id>/end")
@requires(coordinators)
def take_back(closure_id: int) -> ResponseReturnValue:
    """The institution is open again, or was never closed."""
    with committing() as session:
        closure = session.get(Closure, closure_id)
        if closure is None:
            abort(404)
        end_closure(session, closure, by=acting(), now=clock.now())
    flash(_("The closure is taken back: mail goes out as usual."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _page(form: ClosureForm) -> str:
    form.offer(institutions_with_contacts(db.session), str(get_locale()))
    rows = closures(db.session, clock.today())
    return render_template(
        "closures/index.html",
        form=form,
        rows=rows,
        away=absences(db.session, clock.today()),
        today=clock.today(),
    )
