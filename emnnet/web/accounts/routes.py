"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from emnnet import clock
from emnnet.domain.roles import Role
from emnnet.services.accounts import TooManyTries
from emnnet.services.accounts import sign_in as check_password
from emnnet.transaction import committing
from emnnet.web.access import public, requires, signed_in
from emnnet.web.accounts.forms import SignInForm
from emnnet.web.identity import Account, origin
from emnnet.web.messages import translated
from emnnet.web.redirects import same_site

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The door of the office and of contacts with an account."""
    form = SignInForm(formdata=None, next=request.args.get("next", ""))
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Check the password; a new session begins."""
    form = SignInForm()
    account = _account(form) if form.validate_on_submit() else None
    if account is None:
        return render_template("accounts/sign_in.html", form=form), 422
    language = session.get("language")
    session.clear()  # nobody goes on in a session that was there before
    session.permanent = True
    if language:
        session["language"] = language
    login_user(account)
    return redirect(same_site(form.next.data, _home(account.role)), 303)


@bp.post("/sign-out")
@requires(signed_in)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


def _account(form: SignInForm) -> Account | None:
    try:
        with committing() as work:
            user = check_password(
                work,
                form.email.data,
                form.password.data,
                origin=origin(),
                now=clock.now(),
            )
            account = Account(user) if user else None
    except TooManyTries as error:
        form.email.errors = [translated(error)]
        return None
    if account is None:
        form.email.errors = [_("Address or password is not right.")]
    return account


def _home(role: Role) -> str:
    if role is Role.CONTACT:
        return url_for("contributions.index")
    if role is Role.READER:
        return url_for("home.index")
    return url_for("desk.index")
