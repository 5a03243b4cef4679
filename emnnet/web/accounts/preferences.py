"""What somebody with an account chooses: the digest."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from emnnet import clock
from emnnet.domain.roles import OFFICE_ROLES, Role
from emnnet.extensions import db
from emnnet.models.user import User
from emnnet.selectors.absences import contact_of
from emnnet.services.digests import READERS, choose_digest
from emnnet.transaction import committing
from emnnet.web.access import requires, signed_in
from emnnet.web.accounts.routes import bp
from emnnet.web.doors import door_to
from emnnet.web.identity import acting

DAILY, OFF = "daily", "off"
DATED = OFFICE_ROLES | {Role.CONTACT}  # whose calendar may have our dates


@bp.get("/account")
@requires(signed_in)
def preferences() -> ResponseReturnValue:
    """One's own account."""
    return render_template(
        "accounts/preferences.html",
        user=db.session.get_one(User, current_user.user_id),
        gets_digest=current_user.role in READERS,
        away_url=door_to("away.mine") if _is_contact() else None,
        feeds_url=url_for("feeds.show") if current_user.role in DATED else None,
    )


@bp.post("/account/digest")
@requires(signed_in)
def choose() -> ResponseReturnValue:
    """Have the digest daily or not at all."""
    wanted = request.form.get("digest")
    if wanted in {DAILY, OFF}:
        with committing() as session:
            user = session.get_one(User, current_user.user_id)
            choose_digest(session, user, wanted == DAILY, by=acting(), now=clock.now())
        flash(_("Kept."), "done")
    return redirect(url_for(".preferences"), HTTPStatus.SEE_OTHER)


def _is_contact() -> bool:
    """Does the office write to whoever is signed in?"""
    known = contact_of(
        db.session,
        current_user.contact_id,
        current_user.institution_id,
        current_user.email,
    )
    return current_user.role is Role.CONTACT and known is not None
