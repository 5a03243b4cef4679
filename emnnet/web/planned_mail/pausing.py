"""Pausing all automatic mail, and ending the pause."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.mail_pauses import ENDS_FIRST, IS_PAST
from emnnet.models.mail_decision import MailPause
from emnnet.services.mail_pauses import end_pause, pause_mail
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.planned_mail.blueprint import bp
from emnnet.web.planned_mail.forms import PauseForm

FIELDS = {IS_PAST: "begins", ENDS_FIRST: "until"}


@bp.get("/pause")
@requires(coordinators)
def pause() -> ResponseReturnValue:
    """From when to when, and why?"""
    form = PauseForm(formdata=None, data={"begins": clock.today()})
    return render_template("planned_mail/pause.html", form=form)


@bp.post("/pause")
@requires(coordinators)
def begin_pause() -> ResponseReturnValue:
    """No automatic mail on these days."""
    form = PauseForm()
    if not form.validate():
        return render_template("planned_mail/pause.html", form=form), 422
    try:
        with committing() as session:
            pause_mail(
                session,
                form.begins.data or clock.today(),
                form.until.data,
                form.reason.data or "",
                by=acting(),
                now=clock.now(),
            )
    except DomainError as error:
        form[FIELDS.get(error.message, "reason")].errors = [translated(error)]
        return render_template("planned_mail/pause.html", form=form), 422
    flash(_("Automatic mail is paused for these days."), "done")
    return redirect(url_for(".index"), 303)


@bp.post("/pauses/<int:pause_id>/end")
@requires(coordinators)
def finish_pause(pause_id: int) -> ResponseReturnValue:
    """Automatic mail goes on."""
    with committing() as session:
        row = session.get(MailPause, pause_id, with_for_update=True)
        if row is None:
            abort(404)
        end_pause(session, row, by=acting(), now=clock.now())
    flash(_("Automatic mail goes on: one mail for what is due, not the missed ones."))
    return redirect(url_for(".index"), 303)
