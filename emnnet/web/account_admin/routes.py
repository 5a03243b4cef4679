"""The list of accounts; inviting, changing the role, deactivating."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.models.institution import Institution
from emnnet.models.user import User
from emnnet.selectors.accounts import account_lines
from emnnet.services import invitations
from emnnet.services.accounts import change_role, deactivate, reactivate
from emnnet.transaction import committing
from emnnet.web.access import admins, requires
from emnnet.web.account_admin.forms import InviteForm, RoleForm
from emnnet.web.frames import ROLES
from emnnet.web.identity import acting
from emnnet.web.messages import translated

bp = Blueprint("account_admin", __name__, url_prefix="/settings/accounts")


@bp.get("")
@requires(admins)
def index() -> ResponseReturnValue:
    """All accounts, and the form to invite."""
    return _page(InviteForm(formdata=None))


@bp.post("")
@requires(admins)
def invite() -> ResponseReturnValue:
    """Make an account and promise the mail with which it is opened."""
    form = InviteForm()
    form.offer(_institutions(db.session), str(get_locale()))
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            invitations.invite(
                session,
                form.email.data or "",
                form.name.data or "",
                Role(form.role.data),
                by=acting(),
                now=clock.now(),
                institution=_institution(session, form.institution_id),
                language=form.language.data,
            )
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        return _page(form), HTTPStatus.CONFLICT
    flash(_("Invited. The mail leaves within seconds."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.get("/<int:user_id>")
@requires(admins)
def edit(user_id: int) -> ResponseReturnValue:
    """What one account is for."""
    user, form = _user(db.session, user_id), RoleForm(formdata=None)
    form.role.data, form.institution.data = user.role, str(user.institution_id or "")
    return _edit_page(user_id, form)


@bp.post("/<int:user_id>")
@requires(admins)
def change(user_id: int) -> ResponseReturnValue:
    """Change what the account is for; it counts from the next page on."""
    form = RoleForm()
    form.offer(_institutions(db.session), str(get_locale()))
    if not form.validate_on_submit():
        return _edit_page(user_id, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            body = _institution(session, form.institution_id)
            role, user = Role(form.role.data), _user(session, user_id)
            change_role(session, user, role, body, by=acting(), now=clock.now())
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        return _edit_page(user_id, form), HTTPStatus.CONFLICT
    flash(_("The role is changed."), "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<int:user_id>/deactivate")
@requires(admins)
def close(user_id: int) -> ResponseReturnValue:
    """Nobody signs in with it any more; its sessions end."""
    return _done(
        lambda session: deactivate(
            session, _user(session, user_id), by=acting(), now=clock.now()
        ),
        _("The account is deactivated, and its sessions are ended."),
    )


@bp.post("/<int:user_id>/activate")
@requires(admins)
def open_again(user_id: int) -> ResponseReturnValue:
    """The account may be used again."""
    return _done(
        lambda session: reactivate(
            session, _user(session, user_id), by=acting(), now=clock.now()
        ),
        _("The account is active again."),
    )


@bp.post("/<int:user_id>/invite-again")
@requires(admins)
def invite_again(user_id: int) -> ResponseReturnValue:
    """Send another invitation; the earlier link opens nothing any more."""
    return _done(
        lambda session: invitations.invite_again(
            session, _user(session, user_id), by=acting(), now=clock.now()
        ),
        _("Invited again. The mail leaves within seconds."),
    )


@bp.post("/<int:user_id>/cancel")
@requires(admins)
def cancel(user_id: int) -> ResponseReturnValue:
    """Nobody can accept the invitation any more."""
    return _done(
        lambda session: invitations.cancel_invitation(
            session, _user(session, user_id), by=acting(), now=clock.now()
        ),
        _("The invitation is cancelled."),
    )


def _done(act: Callable[[Session], None], said: str) -> ResponseReturnValue:
    with committing() as session:
        act(session)
    flash(said, "done")
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _page(form: InviteForm) -> str:
    form.offer(_institutions(db.session), str(get_locale()))
    return render_template(
        "account_admin/index.html",
        form=form,
        lines=account_lines(db.session),
        role_words=ROLES,
    )


def _edit_page(user_id: int, form: RoleForm) -> str:
    form.offer(_institutions(db.session), str(get_locale()))
    user = _user(db.session, user_id)
    line = next(one for one in account_lines(db.session) if one.user.id == user.id)
    return render_template("account_admin/edit.html", form=form, line=line)


def _user(session: Session, user_id: int) -> User:
    return session.get(User, user_id) or abort(404)


def _institution(session: Session, institution_id: int | None) -> Institution | None:
    return session.get(Institution, institution_id) if institution_id else None


def _institutions(session: Session) -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.name_en)))
