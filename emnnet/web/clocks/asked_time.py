"""Institutions that asked for more time: granted or refused with one button."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.selectors.time_requests import find_request
from emnnet.services.time_requests import grant, refuse
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.clocks.blueprint import back, bp, the_query, there
from emnnet.web.clocks.forms import RefuseForm
from emnnet.web.filters import day
from emnnet.web.identity import acting


@bp.post("/requests/<int:request_id>/grant")
@requires(coordinators)
def grant_time(query_id: int, request_id: int) -> ResponseReturnValue:
    """As much time as was asked for; the institution is told."""
    with committing() as session:
        the_query(session, query_id)
        asked = there(find_request(session, query_id, request_id))
        until = grant(session, asked, by=acting(), now=clock.now()).new_on
    flash(_("There is more time, until %(day)s.", day=day(until)), "done")
    return back(query_id)


@bp.post("/requests/<int:request_id>/refuse")
@requires(coordinators)
def refuse_time(query_id: int, request_id: int) -> ResponseReturnValue:
    """The date stays; the institution is told, with a reason if one is given."""
    form = RefuseForm()
    answer = (form.answer.data or "") if form.validate() else ""
    with committing() as session:
        the_query(session, query_id)
        asked = there(find_request(session, query_id, request_id))
        refuse(session, asked, answer, by=acting(), now=clock.now())
    flash(_("The date stays. The institution is told."), "done")
    return back(query_id)
