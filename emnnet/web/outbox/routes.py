"""What mail waits, left, was dropped or failed, and trying it again."""

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

from emnnet import clock
from emnnet.domain.mail_wordings import find_text
from emnnet.extensions import db
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task
from emnnet.selectors.outbox import (
    MAIL_TASKS,
    MailState,
    find_mail,
    mail_counts,
    mail_lines,
    mail_tasks,
    reminders_of,
)
from emnnet.services.mail_tasks import retry as retry_mail
from emnnet.services.tasks import finish_task
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.doors import door_to
from emnnet.web.identity import acting
from emnnet.web.mail_tabs import mail_tabs
from emnnet.web.mailbox.routes import is_open
from emnnet.web.outbox.present import line_of, outbox_page
from emnnet.web.outbox.words import state_of

bp = Blueprint("outbox", __name__, url_prefix="/desk/mail")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """The mails in one state, and what a person has to see to."""
    state = _chosen(request.args.get("state", ""))
    page = max(1, request.args.get("page", 1, int))
    shown = outbox_page(
        state,
        mail_counts(db.session),
        mail_lines(db.session, state, page),
        mail_tasks(db.session),
        page=page,
        now=clock.now(),
    )
    return render_template(
        "outbox/index.html",
        outbox=shown,
        pages=mail_tabs("outbox.index"),
        mailbox=is_open(current_app.config),
    )


@bp.get("/<int:message_id>")
@requires(office)
def show(message_id: int) -> ResponseReturnValue:
    """One mail: its words as they left, and what became of it."""
    message = find_mail(db.session, message_id)
    if message is None:
        abort(404)
    reminders = reminders_of(db.session, message)
    return render_template(
        "outbox/show.html",
        message=message,
        line=line_of(message, len(reminders), clock.now()),
        state=state_of(message),
        reminders=reminders,
        wording_url=_wording_url(message),
    )


@bp.post("/<int:message_id>/retry")
@requires(coordinators)
def retry(message_id: int) -> ResponseReturnValue:
    """Try a mail again now."""
    with committing() as session:
        message = session.get(OutboxMessage, message_id, with_for_update=True)
        if message is None:
            abort(404)
        retry_mail(session, message, by=acting(), now=clock.now())
    flash(_("The mail is tried again within seconds."))
    return redirect(url_for(".index"), 303)


@bp.post("/tasks/<int:task_id>/done")
@requires(coordinators)
def finish(task_id: int) -> ResponseReturnValue:
    """Somebody has seen to it."""
    with committing() as session:
        task = session.get(Task, task_id)
        if task is None or task.kind not in MAIL_TASKS:
            abort(404)
        finish_task(task, by=acting(), now=clock.now())
    return redirect(url_for(".index"), 303)


def _wording_url(message: OutboxMessage) -> str | None:
    """The page of the wording it was written with, if it was the office's own."""
    wording = message.wording
    if wording is None:
        return None
    text = find_text(wording.kind, wording.occasion)
    if text is None:
        return None
    return door_to(
        "mail_wordings.show",
        slug=text.slug,
        language=wording.language,
        duty=wording.duty,
    )


def _chosen(word: str) -> MailState:
    known = {state.value for state in MailState}
    return MailState(word) if word in known else MailState.WAITING
