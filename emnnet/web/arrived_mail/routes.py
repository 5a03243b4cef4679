"""The mail that arrived, in its states, and one message."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from emnnet.domain.arriving.kinds import ArrivedState
from emnnet.extensions import db
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.selectors.arrived_mail import (
    arrived_counts,
    arrived_lines,
    assignable,
    intake_failing_since,
    places_of,
)
from emnnet.web.access import office, requires
from emnnet.web.arrived_mail.blueprint import bp, the_mail
from emnnet.web.arrived_mail.forms import AssignForm, ConfirmForm, FileForm
from emnnet.web.arrived_mail.present import arrived_page, mail_page
from emnnet.web.doors import door_to
from emnnet.web.mail_tabs import mail_tabs

ENDPOINT = "arrived_mail.index"


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """The messages in one state, the newest first."""
    state = _chosen(request.args.get("state", ""))
    page = max(1, request.args.get("page", 1, int))
    counts = arrived_counts(db.session)
    shown = arrived_page(
        state,
        counts,
        arrived_lines(db.session, state, page),
        page=page,
        failing_since=intake_failing_since(db.session),
    )
    tabs = mail_tabs(ENDPOINT, {ENDPOINT: counts[ArrivedState.TO_SEE]})
    return render_template("arrived_mail/index.html", arrived=shown, tabs=tabs)


@bp.get("/<int:mail_id>")
@requires(office)
def show(mail_id: int) -> ResponseReturnValue:
    """One message: its words, its files, and what can be done about it."""
    return page_of(the_mail(db.session, mail_id))


def page_of(
    mail: ArrivedMail,
    *,
    assign: AssignForm | None = None,
    confirm: tuple[int, ConfirmForm] | None = None,
) -> str:
    """The page of a message, with forms that were refused as they were filled in."""
    assign = assign or AssignForm(formdata=None)
    assign.offer(assignable(db.session, mail))
    trusted = bool(current_app.config["MAIL_TRUSTED_AUTHSERV"])
    return render_template(
        "arrived_mail/show.html",
        page=mail_page(mail, places_of(db.session, mail), is_checked=trusted),
        tabs=mail_tabs(ENDPOINT),
        assign=assign,
        filing=FileForm(formdata=None),
        confirm=confirm[1] if confirm else ConfirmForm(formdata=None),
        confirmed=confirm[0] if confirm else 0,
        absences_url=_absences(mail),
    )


def _absences(mail: ArrivedMail) -> str | None:
    """Where the office writes down an absence that a machine told of."""
    contact, body = mail.contact, mail.institution
    if contact is None or body is None or contact.institution_id != body.id:
        return None
    day = mail.absent_until
    until = day.isoformat() if day else None
    return door_to("contacts.away", slug=body.slug, contact_id=contact.id, until=until)


def _chosen(word: str) -> ArrivedState:
    known = {state.value for state in ArrivedState}
    return ArrivedState(word) if word in known else ArrivedState.TO_SEE
