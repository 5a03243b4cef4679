"""Making and revoking the private address: by one's account, or by a mailed link."""

from http import HTTPStatus

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from emnnet import clock
from emnnet.domain.roles import OFFICE_ROLES, Actor, Role
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.link import Link
from emnnet.selectors.feeds import find_made
from emnnet.services.feeds import Owner, make_feed, revoke_feed
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import has_role, requires
from emnnet.web.feeds.blueprint import bp
from emnnet.web.identity import acting

SEE_OTHER = HTTPStatus.SEE_OTHER
dated = has_role(*OFFICE_ROLES, Role.CONTACT)


@bp.get("/calendar-address")
@requires(dated)
def show() -> ResponseReturnValue:
    """Whether there is an address, and how to use one."""
    return _page(Owner(user_id=current_user.user_id))


@bp.post("/calendar-address")
@requires(dated)
def make() -> ResponseReturnValue:
    """Make the address, or another one; it is shown only now."""
    return _made(Owner(user_id=current_user.user_id), acting())


@bp.post("/calendar-address/revoked")
@requires(dated)
def revoke() -> ResponseReturnValue:
    """The address leads nowhere any more."""
    _revoked(Owner(user_id=current_user.user_id), acting())
    return redirect(url_for(".show"), SEE_OTHER)


@bp.get("/calendar-address/<int:assignment_id>")
@requires(guest.may_contribute)
def show_by_link(assignment_id: int) -> ResponseReturnValue:
    """The same for a contact who came by a mailed link."""
    if guest_link() is None:
        return redirect(url_for(".show"), SEE_OTHER)
    return _page(_linked_owner(), guest.assignment_at_hand())


@bp.post("/calendar-address/<int:assignment_id>")
@requires(guest.may_contribute)
def make_by_link(assignment_id: int) -> ResponseReturnValue:
    """Make the address of the contact the link was mailed to."""
    owner = _linked_owner() or abort(HTTPStatus.NOT_FOUND)
    return _made(owner, guest.contributor(), guest.assignment_at_hand())


@bp.post("/calendar-address/<int:assignment_id>/revoked")
@requires(guest.may_contribute)
def revoke_by_link(assignment_id: int) -> ResponseReturnValue:
    """Revoke the address of the contact the link was mailed to."""
    owner = _linked_owner() or abort(HTTPStatus.NOT_FOUND)
    _revoked(owner, guest.contributor())
    target = url_for(".show_by_link", assignment_id=assignment_id)
    return redirect(target, SEE_OTHER)


def guest_link() -> Link | None:
    """The link by which the visitor came in; none for an account."""
    link: Link | None = g.link
    return link


def _linked_owner() -> Owner | None:
    """The contact of the link; none where it was mailed to no contact of ours."""
    link = guest_link()
    known = link is not None and link.contact_id is not None
    return Owner(contact_id=link.contact_id) if link and known else None


def _made(
    owner: Owner, by: Actor, assignment: Assignment | None = None
) -> ResponseReturnValue:
    with committing() as session:
        token = make_feed(session, owner, by=by, now=clock.now())
    address = url_for("feeds.calendar", token=token, _external=True)
    return _page(owner, assignment, address)


def _revoked(owner: Owner, by: Actor) -> None:
    with committing() as session:
        revoke_feed(session, owner, by=by, now=clock.now())
    flash(
        _("The address leads nowhere any more. Programs that ask for it get nothing.")
    )


def _page(
    owner: Owner | None, assignment: Assignment | None = None, address: str = ""
) -> str:
    made = find_made(db.session, **vars(owner)) if owner else None
    suffix = "_by_link" if assignment else ""
    about = assignment.id if assignment else None
    return render_template(
        "feeds/show.html",
        has_owner=owner is not None,
        made=made,
        address=address,
        assignment=assignment,
        for_office=assignment is None and current_user.is_office,
        make_url=url_for(f".make{suffix}", assignment_id=about),
        revoke_url=url_for(f".revoke{suffix}", assignment_id=about),
    )
