"""Choosing a password by the link of an invitation. GET shows, POST chooses."""

from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.links import Errand, LinkState
from emnnet.extensions import db
from emnnet.models.scoped_link import ScopedLink
from emnnet.services.accounts import PASSWORD_LENGTH
from emnnet.services.invitations import accept_invitation
from emnnet.services.scoped_links import find_scoped_link
from emnnet.transaction import committing
from emnnet.web.access import public
from emnnet.web.fields import stripped
from emnnet.web.messages import translated

bp = Blueprint("invitations", __name__, url_prefix="/account-invitation")
TOO_SHORT = _l("Use at least %(min)d characters.")


class PasswordForm(FlaskForm):
    """The address that was invited, and a password twice."""

    email = StringField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(_l("Enter your e-mail address."))],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        _l("Password"),
        description=_l("At least twelve characters; several words are good."),
        validators=[
            DataRequired(_l("Choose a password.")),
            Length(min=PASSWORD_LENGTH, message=TOO_SHORT),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same password again"),
        validators=[EqualTo("password", _l("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """The form; who has accepted already is led to the sign-in."""
    link = _link(db.session, token)
    if link.used_at is not None:
        return _to_sign_in()
    form = PasswordForm(formdata=None, email=link.user.email if link.user else "")
    return render_template("invitations/show.html", form=form)


@bp.post("/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    """The password is set; now sign in with it."""
    form = PasswordForm()
    link = _link(db.session, token)
    if link.used_at is not None:
        return _to_sign_in()
    if not form.validate_on_submit():
        page = render_template("invitations/show.html", form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    email, password = form.email.data or "", form.password.data or ""
    try:
        with committing() as session:
            link = _link(session, token, lock=True)
            if link.used_at is None:
                accept_invitation(session, link, email, password, now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.email.errors = [translated(error)]
        page = render_template("invitations/show.html", form=form)
        return page, HTTPStatus.CONFLICT
    flash(_("Your password is set. Sign in with it."), "done")
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)


def _to_sign_in() -> ResponseReturnValue:
    flash(_("This invitation was accepted already: sign in."), "info")
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)


def _link(session: Session, token: str, *, lock: bool = False) -> ScopedLink:
    """The link, unless it opens nothing: then the page that says why."""
    link = find_scoped_link(session, Errand.ACCOUNT, token, lock=lock)
    if link is None or link.user is None:
        page = render_template("links/not_valid.html")
        abort(make_response(page, HTTPStatus.NOT_FOUND))
    if link.used_at is not None:
        return link
    over = link.revoked_at is not None or link.user.deactivated_at is not None
    state = "cancelled" if over else link.state(clock.now())
    if state != LinkState.LIVE:
        page = render_template("invitations/over.html", state=state, link=link)
        abort(make_response(page, HTTPStatus.GONE))
    return link
