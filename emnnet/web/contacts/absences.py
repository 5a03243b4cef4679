"""Absences that the office writes down for a contact, and new addresses it confirms."""

from datetime import date
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.absence import Absence
from emnnet.models.contact import Contact
from emnnet.selectors.absences import colleagues, open_absence
from emnnet.services.absences import (
    confirm_substitute,
    end_absence,
    note_absence,
    refuse_substitute,
)
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.away.forms import AwayForm
from emnnet.web.contacts.routes import bp, the_contact
from emnnet.web.identity import acting
from emnnet.web.messages import translated


@bp.get("/<int:contact_id>/away")
@requires(coordinators)
def away(slug: str, contact_id: int) -> ResponseReturnValue:
    """The form that a contact has behind the link in its mails."""
    contact, form = the_contact(db.session, slug, contact_id), AwayForm(formdata=None)
    form.fill(open_absence(db.session, contact, clock.today()), clock.today())
    form.until.data = form.until.data or _told_day(request.args.get("until", ""))
    return _page(contact, form)


def _told_day(word: str) -> date | None:
    """The last day that an automatic reply named, handed on by the page of the mail."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


@bp.post("/<int:contact_id>/away")
@requires(coordinators)
def note_away(slug: str, contact_id: int) -> ResponseReturnValue:
    """Write down that the contact is away."""
    contact, form = the_contact(db.session, slug, contact_id), AwayForm()
    _offer(form, contact)
    if not form.validate_on_submit():
        return _page(contact, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            one = the_contact(session, slug, contact_id)
            note_absence(session, one, form.note(), by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        contact = the_contact(db.session, slug, contact_id)
        return _page(contact, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The absence is written down."), "done")
    return redirect(url_for(".index", slug=slug), HTTPStatus.SEE_OTHER)


@bp.post("/absences/<int:absence_id>/end")
@requires(coordinators)
def end_away(slug: str, absence_id: int) -> ResponseReturnValue:
    """The contact is there again."""
    with committing() as session:
        absence = _absence(session, slug, absence_id)
        end_absence(session, absence, by=acting(), now=clock.now())
    flash(_("The absence is ended."), "done")
    return redirect(url_for(".index", slug=slug), HTTPStatus.SEE_OTHER)


@bp.post("/absences/<int:absence_id>/confirm")
@requires(coordinators)
def confirm(slug: str, absence_id: int) -> ResponseReturnValue:
    """The proposed address becomes a contact and gets the mail meanwhile."""
    with committing() as session:
        absence = _absence(session, slug, absence_id)
        confirm_substitute(session, absence, by=acting(), now=clock.now())
    flash(_("The address is a contact now and gets the mail meanwhile."), "done")
    return redirect(url_for(".index", slug=slug), HTTPStatus.SEE_OTHER)


@bp.post("/absences/<int:absence_id>/refuse")
@requires(coordinators)
def refuse(slug: str, absence_id: int) -> ResponseReturnValue:
    """The proposed address is not taken."""
    with committing() as session:
        absence = _absence(session, slug, absence_id)
        refuse_substitute(session, absence, by=acting(), now=clock.now())
    flash(_("The address is not taken: mail goes to the next contact."), "done")
    return redirect(url_for(".index", slug=slug), HTTPStatus.SEE_OTHER)


def _absence(session: Session, slug: str, absence_id: int) -> Absence:
    absence = session.get(Absence, absence_id)
    if absence is None or absence.contact.institution.slug != slug:
        abort(404)
    return absence


def _offer(form: AwayForm, contact: Contact) -> None:
    others = colleagues(db.session, contact, clock.today())
    form.offer(others, contact.institution.mailbox, open_addresses=True)


def _page(contact: Contact, form: AwayForm) -> str:
    _offer(form, contact)
    return render_template("contacts/away.html", contact=contact, form=form)
