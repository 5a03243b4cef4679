"""All that an institution was asked."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from emnnet import clock
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.selectors.assignments import standings
from emnnet.web import guest
from emnnet.web.access import requires
from emnnet.web.contributions.blueprint import bp
from emnnet.web.contributions.present import distance_to


@bp.get("")
@requires(guest.may_list)
def index() -> ResponseReturnValue:
    """What is asked of the institution now, and what it answered before."""
    listed = standings(db.session, _institution_id(), guest.opened_links())
    now = clock.now()
    distances = {
        one.assignment.id: distance_to(one.assignment, now, owed=one.is_owed)
        for one in listed
    }
    return render_template(
        "contributions/index.html",
        owed=[one for one in listed if one.is_owed],
        done=[one for one in listed if not one.is_owed],
        distances=distances,
    )


def _institution_id() -> int | None:
    if not current_user.is_authenticated or current_user.role is not Role.CONTACT:
        return None
    institution_id: int | None = current_user.institution_id
    return institution_id
