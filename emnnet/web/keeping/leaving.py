"""A contact leaves: what follows is shown before, then done."""

from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.services.leaving import leave, what_follows
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.contacts.routes import the_contact
from emnnet.web.identity import acting
from emnnet.web.keeping.blueprint import bp
from emnnet.web.keeping.flashes import flash_done
from emnnet.web.messages import translated


@bp.get("/<slug>/contacts/<int:contact_id>/leave")
@requires(coordinators)
def leaving(slug: str, contact_id: int) -> ResponseReturnValue:
    """What would follow: open questions, accounts, and whether it is the last one."""
    return _page(slug, contact_id)


@bp.post("/<slug>/contacts/<int:contact_id>/leave")
@requires(coordinators)
def let_go(slug: str, contact_id: int) -> ResponseReturnValue:
    """The contact is no longer one of the institution's."""
    try:
        with committing() as session:
            act = leave(
                session,
                the_contact(session, slug, contact_id),
                by=acting(),
                now=clock.now(),
                why=request.form.get("why", "")[:500],
                knows_last=bool(request.form.get("knows_last")),
            )
            act_id = act.id
    except DomainError as error:
        db.session.rollback()
        return _page(slug, contact_id, translated(error)), HTTPStatus.CONFLICT
    flash_done(_("The contact has left. Open questions are back in the inbox."), act_id)
    return redirect(url_for("contacts.index", slug=slug), HTTPStatus.SEE_OTHER)


def _page(slug: str, contact_id: int, refused: str = "") -> str:
    contact = the_contact(db.session, slug, contact_id)
    follows = what_follows(db.session, contact, clock.today())
    return render_template(
        "keeping/leave.html",
        contact=contact,
        body=contact.institution,
        follows=follows,
        refused=refused,
    )
