"""Deciding how far the national answer to a question may travel."""

from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.domain.audience import Dissemination
from emnnet.domain.errors import DomainError
from emnnet.selectors.responses import find_response
from emnnet.services.clearance import LOOSER, NO_TEXT, decide_dissemination
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.workbench.blueprint import bp
from emnnet.web.workbench.finding import query_of, question_of
from emnnet.web.workbench.forms import DecisionForm
from emnnet.web.workbench.routes import back, posted_view, refused, wrong


@bp.post("/questions/<int:question_id>/dissemination")
@requires(coordinators)
def decide(query_id: int, question_id: int) -> ResponseReturnValue:
    """Yes or no; further than the sources allow only with a reason."""
    view, form = posted_view(question_id), DecisionForm()
    view.typed.decision = form
    if not form.validate_on_submit():
        return wrong(query_id, view)
    try:
        with committing() as session:
            question = question_of(session, query_id, question_id)
            response = find_response(session, question.id)
            if response is None:
                raise DomainError(NO_TEXT)
            decide_dissemination(
                session,
                query_of(session, query_id),
                response,
                Dissemination(form.dissemination.data),
                form.reason.data or "",
                by=acting(),
                now=clock.now(),
            )
    except DomainError as error:
        if error.message != LOOSER:
            return refused(query_id, view, error)
        form.reason.errors = [translated(error)]
        return wrong(query_id, view)
    return back(query_id, view, "dissemination")
