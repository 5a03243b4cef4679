"""The page behind "Away for a while?" in our mails, and the same for who is signed in.

GET shows, POST writes down. The link is for one contact and nothing else.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from typing import NoReturn

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.links import Errand, LinkState, masked
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.extensions import db
from emnnet.models.contact import Contact
from emnnet.models.scoped_link import ScopedLink
from emnnet.selectors.absences import colleagues, contact_of, open_absence
from emnnet.services.absences import end_absence, note_absence
from emnnet.services.scoped_links import find_scoped_link, renew_away_link
from emnnet.transaction import committing
from emnnet.web.access import has_role, public, requires
from emnnet.web.away.forms import AwayForm
from emnnet.web.identity import acting
from emnnet.web.messages import translated

bp = Blueprint("away", __name__, url_prefix="/away")
log = logging.getLogger(__name__)
Finder = Callable[[Session], Contact]


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """What stands about the contact, and the form. Changes nothing."""
    contact = _contact(db.session, token)
    with _as_the_mail_spoke(contact):
        return _page(contact, _filled(contact), token=token)


@bp.post("/<token>")
@public
def save(token: str) -> ResponseReturnValue:
    """Write down that the contact is away."""
    contact = _contact(db.session, token)
    by = Actor(ActorKind.LINK, contact.email, Role.CONTACT)
    with _as_the_mail_spoke(contact):
        return _saved(lambda session: _contact(session, token), by, token=token)


@bp.post("/<token>/end")
@public
def end(token: str) -> ResponseReturnValue:
    """The contact is there again."""
    contact = _contact(db.session, token)
    by = Actor(ActorKind.LINK, contact.email, Role.CONTACT)
    with _as_the_mail_spoke(contact):
        _end(lambda session: _contact(session, token), by)
    return redirect(url_for(".show", token=token), HTTPStatus.SEE_OTHER)


@bp.post("/<token>/renew")
@public
def renew(token: str) -> ResponseReturnValue:
    """Mail a new link to the stored address, whoever asks."""
    contact = _known_contact(_known_link(db.session, token))
    with committing() as session:
        renew_away_link(session, contact, now=clock.now())
    with _as_the_mail_spoke(contact):
        return render_template("links/renewed.html", address=masked(contact.email))


@bp.get("/mine")
@requires(has_role(Role.CONTACT))
def mine() -> ResponseReturnValue:
    """The same for a contact who is signed in."""
    contact = _own(db.session)
    return _page(contact, _filled(contact))


@bp.post("/mine")
@requires(has_role(Role.CONTACT))
def save_mine() -> ResponseReturnValue:
    """Write down one's own absence."""
    return _saved(_own, acting())


@bp.post("/mine/end")
@requires(has_role(Role.CONTACT))
def end_mine() -> ResponseReturnValue:
    """Back again."""
    _end(_own, acting())
    return redirect(url_for(".mine"), HTTPStatus.SEE_OTHER)


def _saved(find: Finder, by: Actor, token: str = "") -> ResponseReturnValue:
    contact, form = find(db.session), AwayForm()
    _offer(form, contact)
    if not form.validate_on_submit():
        return _page(contact, form, token=token), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            note_absence(session, find(session), form.note(), by=by, now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        page = _page(find(db.session), form, token=token)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    flash(
        _("Written down. Have a good time; this page also ends or changes it."), "done"
    )
    back = url_for(".show", token=token) if token else url_for(".mine")
    return redirect(back, HTTPStatus.SEE_OTHER)


def _end(find: Finder, by: Actor) -> None:
    now = clock.now()
    with committing() as session:
        absence = open_absence(session, find(session), clock.today())
        if absence is not None:
            end_absence(session, absence, by=by, now=now)
    flash(_("Welcome back: our mails go to you again."), "done")


def _page(contact: Contact, form: AwayForm, *, token: str = "") -> str:
    absence = open_absence(db.session, contact, clock.today())
    save_url = url_for(".save", token=token) if token else url_for(".save_mine")
    end_url = url_for(".end", token=token) if token else url_for(".end_mine")
    return render_template(
        "away/show.html",
        contact=contact,
        form=form,
        absence=absence,
        save_url=save_url,
        end_url=end_url,
    )


def _filled(contact: Contact) -> AwayForm:
    form = AwayForm(formdata=None)
    _offer(form, contact)
    today = clock.today()
    form.fill(open_absence(db.session, contact, today), today)
    return form


def _offer(form: AwayForm, contact: Contact) -> None:
    others = colleagues(db.session, contact, clock.today())
    known = current_user.is_authenticated
    form.offer(others, contact.institution.mailbox, open_addresses=known)


def _own(session: Session) -> Contact:
    """The contact of whoever is signed in; many accounts have none."""
    found = contact_of(
        session,
        current_user.contact_id,
        current_user.institution_id,
        current_user.email,
    )
    return found or abort(404)


def _contact(session: Session, token: str) -> Contact:
    """The contact whose link counts; else a page that says why it does not."""
    link = _known_link(session, token)
    contact = _known_contact(link)
    if link.state(clock.now()) is not LinkState.LIVE:
        with _as_the_mail_spoke(contact):
            page = _ended(link, contact, token)
        abort(make_response(page, HTTPStatus.GONE))
    return contact


def _known_link(session: Session, token: str) -> ScopedLink:
    link = find_scoped_link(session, Errand.ABSENCE, token)
    if link is None or link.revoked_at is not None:
        _refuse()
    return link


def _known_contact(link: ScopedLink) -> Contact:
    """Whose link it is; whoever left the institution has none any more."""
    contact = link.contact
    until = contact.valid_to if contact else None
    if contact is None or (until is not None and until < clock.today()):
        _refuse()
    return contact


def _refuse() -> NoReturn:
    log.info("an absence link that is not valid was tried")
    page = render_template("links/not_valid.html")
    abort(make_response(page, HTTPStatus.NOT_FOUND))


def _ended(link: ScopedLink, contact: Contact, token: str) -> str:
    address = masked(contact.email)
    return render_template("away/ended.html", link=link, token=token, address=address)


def _as_the_mail_spoke(contact: Contact) -> AbstractContextManager[None]:
    if "language" in cookie:
        return nullcontext()
    spoken: AbstractContextManager[None] = force_locale(contact.language)
    return spoken
