"""Who may open an institution's form: the holder of a link, or its own contact.

A link's session is looked up in the table on every request. A newer link does not
end it, for a reminder would cut off who is writing; a contact who left does.
"""

from datetime import timedelta

from flask import g, session
from flask_login import current_user

from emnnet import clock
from emnnet.domain.roles import Actor, Role
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.link import Link
from emnnet.selectors.assignments import find_assignment
from emnnet.selectors.links import find_opened_link
from emnnet.services.links import holder, is_withdrawn
from emnnet.web.identity import acting

KEY = "links"
MOST_LINKS = 40  # a cookie is small
GRACE = timedelta(hours=12)  # who began before the link's end may finish


def let_in(link: Link) -> None:
    """Open the session, or widen it: several links, several tabs."""
    session.permanent = True
    if link.contact is not None:
        session.setdefault("language", link.contact.language)  # as the mail spoke
    opened = [id_ for id_ in session.get(KEY, []) if id_ != link.id]
    session[KEY] = [*opened, link.id][-MOST_LINKS:]


def opened_links() -> list[int]:
    """The ids of the links that were opened in this browser."""
    return list(session.get(KEY, []))


def may_contribute(assignment_id: int, **_: object) -> bool:
    """Guard: did the visitor open this assignment's link, or is it their own?"""
    return _access(assignment_id) is not None


def may_list(**_: object) -> bool:
    """Guard: somebody of an institution, or whoever opened a link."""
    contact = current_user.is_authenticated and current_user.role is Role.CONTACT
    return bool(contact or opened_links())


def assignment_at_hand() -> Assignment:
    """The assignment that the guard has let the visitor in to."""
    assignment: Assignment = g.assignment
    return assignment


def contributor() -> Actor:
    """Who acts for the institution: the person signed in, or the link's address."""
    link: Link | None = g.link
    return holder(link) if link is not None else acting()


def _access(assignment_id: int) -> Assignment | None:
    """Their assignment, or none; remembered for this request."""
    g.link, g.assignment = None, _own(assignment_id)
    if g.assignment is None:
        g.link = _live_link(assignment_id)
        g.assignment = g.link.assignment if g.link else None
    found: Assignment | None = g.assignment
    return found


def _own(assignment_id: int) -> Assignment | None:
    if not current_user.is_authenticated or current_user.role is not Role.CONTACT:
        return None
    assignment = find_assignment(db.session, assignment_id)
    if assignment and assignment.institution_id == current_user.institution_id:
        return assignment
    return None


def _live_link(assignment_id: int) -> Link | None:
    if not opened_links():
        return None
    link = find_opened_link(db.session, opened_links(), assignment_id)
    now = clock.now()
    if link is None or is_withdrawn(link, now=now) or now >= link.expires_at + GRACE:
        return None
    return link
