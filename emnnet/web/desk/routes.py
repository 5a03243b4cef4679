"""The desk: what matters today."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from emnnet import clock
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.selectors.desk_needs import open_needs
from emnnet.selectors.desk_rows import open_queries
from emnnet.web.access import office, requires
from emnnet.web.desk.filters import DeskFilter
from emnnet.web.desk.present import desk

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """Queries that need somebody, and all that run, the most urgent first."""
    chosen, today = DeskFilter.read(request.args), clock.today()
    now = clock.now()
    hour = now.astimezone(clock.zone()).time()
    found = open_queries(db.session, today, current_app.config["CALENDAR"], hour)
    refused = [row.query_id for row in found.rows if row.not_theirs]
    page = desk(
        found,
        open_needs(db.session, refused),
        chosen,
        now=now,
        page=request.args.get("page", 1, type=int),
        clears=current_user.role in {Role.APPROVER, Role.ADMIN},
        all_needs="all" in request.args,
    )
    return render_template("desk/index.html", desk=page, chosen=chosen, today=today)
