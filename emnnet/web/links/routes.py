"""The door behind the mailed link. GET shows it, POST walks through.

Mail scanners follow links: whatever a GET did, they would do.
"""

import logging
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from emnnet import clock
from emnnet.domain.links import LinkState, masked
from emnnet.extensions import db
from emnnet.models.link import Link
from emnnet.selectors.links import find_link, link_issued_after
from emnnet.services.links import is_withdrawn, open_link, refuse_link, renew_link
from emnnet.transaction import committing
from emnnet.web import guest
from emnnet.web.access import public
from emnnet.web.askers import asker

bp = Blueprint("links", __name__, url_prefix="/link")
log = logging.getLogger(__name__)


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """What the link is for, and a button. Changes nothing."""
    link = _known_link(token)
    if link.state(clock.now()) is not LinkState.LIVE:
        log.info("link %d was looked at, but counts no more", link.id)
        return _ended(link, token)
    query = link.assignment.query
    with _as_the_mail_spoke(link):
        return render_template(
            "links/show.html",
            link=link,
            token=token,
            asker=asker(query.requester_code, query.requester_printed),
        )


@bp.post("/<token>")
@public
def enter(token: str) -> ResponseReturnValue:
    """Open a session limited to the assignment, and leave the token behind."""
    link, now = _known_link(token), clock.now()
    if link.state(now) is not LinkState.LIVE:
        with committing() as session:
            refuse_link(session, link, now=now)
        return _ended(link, token)
    with committing() as session:
        open_link(session, link, now=now)
    guest.let_in(link)
    target = url_for("contributions.show", assignment_id=link.assignment_id)
    return redirect(target, HTTPStatus.SEE_OTHER)


@bp.post("/<token>/renew")
@public
def renew(token: str) -> ResponseReturnValue:
    """Mail a new link to the stored address, whoever asks."""
    link = _known_link(token)
    with committing() as session:
        renew_link(session, link, now=clock.now())
    with _as_the_mail_spoke(link):
        return render_template("links/renewed.html", address=masked(link.recipient))


@bp.get("/")
@public
def without_token() -> ResponseReturnValue:
    """A link that lost its key on the way."""
    return _not_valid()


def _ended(link: Link, token: str) -> ResponseReturnValue:
    newer = link_issued_after(db.session, link) if link.replaced_at else None
    with _as_the_mail_spoke(link):
        page = render_template(
            "links/ended.html",
            link=link,
            token=token,
            newer_at=newer or link.replaced_at,
            address=masked(link.recipient),
        )
    return page, HTTPStatus.GONE


def _as_the_mail_spoke(link: Link) -> AbstractContextManager[None]:
    """The reader's language, unless another one was chosen on these pages."""
    if link.contact is None or "language" in cookie:
        return nullcontext()
    spoken: AbstractContextManager[None] = force_locale(link.contact.language)
    return spoken


def _known_link(token: str) -> Link:
    link = find_link(db.session, token)
    if link is None or is_withdrawn(link, now=clock.now()):
        log.info("a link that is not valid was tried")
        abort(make_response(*_not_valid()))
    return link


def _not_valid() -> tuple[str, HTTPStatus]:
    return render_template("links/not_valid.html"), HTTPStatus.NOT_FOUND
