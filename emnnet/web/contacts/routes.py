"""The contacts of an institution: the list with who gets mail today, and the form."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.selectors.absences import contact_lines
from emnnet.services.contacts import save_contact
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.contacts.forms import ContactForm
from emnnet.web.contacts.present import contacts_page
from emnnet.web.identity import acting
from emnnet.web.messages import translated

bp = Blueprint("contacts", __name__, url_prefix="/institutions/<slug>/contacts")
NEW = 0


@bp.get("")
@requires(office)
def index(slug: str) -> ResponseReturnValue:
    """Whom mail goes to today and why, and all contacts in their order."""
    body, today = the_institution(db.session, slug), clock.today()
    page = contacts_page(db.session, body, today)
    return render_template("contacts/index.html", body=body, page=page, today=today)


@bp.get("/new")
@requires(coordinators)
def new(slug: str) -> ResponseReturnValue:
    """The form for another contact."""
    return _form_page(slug, None, ContactForm(formdata=None))


@bp.post("/new")
@requires(coordinators)
def add(slug: str) -> ResponseReturnValue:
    """Add a contact."""
    return _saved(slug, None)


@bp.get("/<int:contact_id>")
@requires(coordinators)
def edit(slug: str, contact_id: int) -> ResponseReturnValue:
    """The form of one contact."""
    contact = the_contact(db.session, slug, contact_id)
    form = ContactForm(formdata=None)
    form.fill(contact)
    return _form_page(slug, contact, form)


@bp.post("/<int:contact_id>")
@requires(coordinators)
def change(slug: str, contact_id: int) -> ResponseReturnValue:
    """Change a contact."""
    return _saved(slug, contact_id)


def the_institution(session: Session, slug: str) -> Institution:
    """The institution of the address; a page that is not there otherwise."""
    found = session.scalar(select(Institution).where(Institution.slug == slug))
    return found or abort(404)


def the_contact(session: Session, slug: str, contact_id: int) -> Contact:
    """The contact of the address, of that institution."""
    found = session.scalar(
        select(Contact)
        .join(Contact.institution)
        .where(Institution.slug == slug, Contact.id == contact_id)
        .options(contains_eager(Contact.institution))
    )
    return found or abort(404)


def _saved(slug: str, contact_id: int | None) -> ResponseReturnValue:
    form = ContactForm()
    contact = the_contact(db.session, slug, contact_id) if contact_id else None
    _offer(form, the_institution(db.session, slug), contact)
    if not form.validate_on_submit():
        return _form_page(slug, contact, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            body = the_institution(session, slug)
            changed = session.get(Contact, contact_id) if contact_id else None
            given = form.given()
            save_contact(session, body, changed, given, by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        contact = the_contact(db.session, slug, contact_id) if contact_id else None
        return _form_page(slug, contact, form), HTTPStatus.CONFLICT
    flash(_("The contact is saved."), "done")
    return redirect(url_for(".index", slug=slug), HTTPStatus.SEE_OTHER)


def _offer(form: ContactForm, body: Institution, contact: Contact | None) -> None:
    lines = contact_lines(db.session, body.id, clock.today())
    form.offer([one.contact for one in lines if one.contact is not contact])


def _form_page(slug: str, contact: Contact | None, form: ContactForm) -> str:
    body = the_institution(db.session, slug)
    _offer(form, body, contact)
    return render_template("contacts/edit.html", body=body, contact=contact, form=form)
