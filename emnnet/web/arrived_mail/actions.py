"""What the office does about a message."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.documents.opening import UnreadableDocument, open_limited
from emnnet.domain.reading.reader import read_query
from emnnet.extensions import db
from emnnet.files.store import FileMissing, read
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.services.arrived_mail import file_mail, mark_taken
from emnnet.services.arrived_mail import undo as undo_mail
from emnnet.services.intakes import take_in
from emnnet.services.mailed_drafts import confirm_for_institution
from emnnet.services.mailed_drafts import discard as discard_draft
from emnnet.services.mailed_drafts import move as move_draft
from emnnet.services.mailed_proposals import assign as assign_mail
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.arrived_mail.blueprint import bp, the_draft, the_mail
from emnnet.web.arrived_mail.forms import AssignForm, ConfirmForm, FileForm
from emnnet.web.arrived_mail.routes import page_of
from emnnet.web.file_room import files_folder
from emnnet.web.identity import acting
from emnnet.web.messages import spoken, translated

LONGEST_NAME = 200


@bp.post("/<int:mail_id>/assign")
@requires(coordinators)
def assign(mail_id: int) -> ResponseReturnValue:
    """Say which query the message answers; its parts are put beside the questions."""
    form = AssignForm()
    if not form.validate():
        return page_of(the_mail(db.session, mail_id), assign=form), 422
    with committing() as session:
        mail = the_mail(session, mail_id)
        assignment = session.get(Assignment, form.assignment.data) or abort(404)
        found = assign_mail(session, mail, assignment, by=acting(), now=clock.now())
        count = len(found)
    if count:
        flash(_("Put beside its questions. Look at each of them below."), "done")
    else:
        flash(_("Put beside its query. No open question or no text was found."), "info")
    return _back(mail_id)


@bp.post("/drafts/<int:draft_id>/confirm")
@requires(coordinators)
def confirm(draft_id: int) -> ResponseReturnValue:
    """Take an answer over as the institution's draft, with a reason."""
    form = ConfirmForm()
    draft = the_draft(db.session, draft_id)
    mail_id = draft.arrived_mail_id
    if not form.validate():
        mail = the_mail(db.session, mail_id)
        return page_of(mail, confirm=(draft_id, form)), 422
    with committing() as session:
        confirm_for_institution(
            session,
            the_draft(session, draft_id),
            form.note.data or "",
            by=acting(),
            now=clock.now(),
        )
    flash(_("It is the institution's draft now. It was not submitted."), "done")
    return _back(mail_id)


@bp.post("/drafts/<int:draft_id>/discard")
@requires(coordinators)
def discard(draft_id: int) -> ResponseReturnValue:
    """It is not to become an answer."""
    with committing() as session:
        draft = the_draft(session, draft_id)
        mail_id = draft.arrived_mail_id
        discard_draft(session, draft, by=acting(), now=clock.now())
    flash(_("Discarded. The mail itself stays."), "done")
    return _back(mail_id)


@bp.post("/drafts/<int:draft_id>/move")
@requires(coordinators)
def move(draft_id: int) -> ResponseReturnValue:
    """Put a part of the message beside another question."""
    with committing() as session:
        draft = the_draft(session, draft_id)
        mail_id = draft.arrived_mail_id
        wanted = request.form.get("contribution", 0, int)
        contribution = session.get(Contribution, wanted)
        if contribution is None or (
            contribution.assignment_id != draft.contribution.assignment_id
        ):
            abort(404)
        move_draft(session, draft, contribution)
    return _back(mail_id)


@bp.post("/<int:mail_id>/query")
@requires(coordinators)
def read_as_query(mail_id: int) -> ResponseReturnValue:
    """Read the message as a new query, and go on to the form beside it."""
    mail = the_mail(db.session, mail_id)
    if mail.intake_id is not None:
        return redirect(url_for("intakes.show", intake_id=mail.intake_id), 303)
    sha256 = mail.stored_file.sha256
    db.session.rollback()  # reading may take seconds: nobody waits for us meanwhile
    try:
        opened = open_limited(read(files_folder(), sha256), "message.eml")
    except FileMissing:
        abort(404)
    except UnreadableDocument as error:
        flash(translated(error), "error")
        return _back(mail_id)
    for warning in opened.warnings:
        flash(spoken(warning), "warning")
    return redirect(
        url_for("intakes.show", intake_id=_taken_in(mail_id, opened.text)), 303
    )


@bp.post("/<int:mail_id>/file")
@requires(coordinators)
def put_away(mail_id: int) -> ResponseReturnValue:
    """Nothing is to be done about it."""
    form = FileForm()
    reason = (form.reason.data or "") if form.validate() else ""
    with committing() as session:
        mail = the_mail(session, mail_id)
        file_mail(session, mail, reason, by=acting(), now=clock.now())
    flash(_("Filed."), "done")
    return redirect(url_for(".index"), 303)


@bp.post("/<int:mail_id>/undo")
@requires(coordinators)
def undo(mail_id: int) -> ResponseReturnValue:
    """Put it before the office again."""
    with committing() as session:
        undo_mail(session, the_mail(session, mail_id), by=acting(), now=clock.now())
    flash(_("It stands among what is to be seen to again."), "done")
    return _back(mail_id)


def _taken_in(mail_id: int, text: str) -> int:
    """The id of the intake; of two who press at once, the second finds the first's."""
    with committing() as session:
        mail = the_mail(session, mail_id)
        session.refresh(mail, ["intake_id"], with_for_update={"of": ArrivedMail})
        if mail.intake_id is not None:
            return mail.intake_id
        intake = take_in(
            session,
            text,
            read_query(text),
            by=acting(),
            now=clock.now(),
            file_name=f"{mail.subject[:LONGEST_NAME] or 'message'}.eml",
            stored_file=mail.stored_file,
        )
        mail.intake_id = intake.id
        mark_taken(session, mail, by=acting(), now=clock.now())
        return intake.id


def _back(mail_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show", mail_id=mail_id), 303)
