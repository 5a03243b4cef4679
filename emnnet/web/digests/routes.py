"""One click ends the digest (RFC 8058); a page says why duty mails cannot be ended.

The click comes from a mail program: without cookie, without a CSRF token. All it can
do is end a digest, and the token in the address is all it needs.
"""

from http import HTTPStatus

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.links import Errand
from emnnet.domain.roles import Actor, ActorKind
from emnnet.extensions import csrf, db
from emnnet.models.user import User
from emnnet.services.digests import choose_digest
from emnnet.services.scoped_links import find_scoped_link
from emnnet.transaction import committing
from emnnet.web.access import public

bp = Blueprint("digests", __name__)


@bp.get("/unsubscribe/<token>")
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """What the link ends, and a button. Changes nothing."""
    user = _reader(db.session, token)
    return render_template("digests/unsubscribe.html", user=user, token=token)


@bp.post("/unsubscribe/<token>")
@public
def end(token: str) -> ResponseReturnValue:
    """End the digest. The second time it is ended already, and no harm is done."""
    with committing() as session:
        user = _reader(session, token)
        by = Actor(ActorKind.LINK, user.email, user.role, user.id)
        choose_digest(session, user, False, by=by, now=clock.now())
    return render_template("digests/ended.html")


@bp.get("/mails")
@public
def why() -> ResponseReturnValue:
    """Which mails there are, which can be ended, and why the others cannot."""
    return render_template("digests/why.html")


def _reader(session: Session, token: str) -> User:
    """Whose digest it is. A link that was replaced by a later mail's still counts."""
    link = find_scoped_link(session, Errand.UNSUBSCRIBE, token)
    if link is None or link.user is None:
        page = render_template("links/not_valid.html")
        abort(make_response(page, HTTPStatus.NOT_FOUND))
    return link.user


csrf.exempt(end)
