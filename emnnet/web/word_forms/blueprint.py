"""The blueprint, and who may come in: the institution itself, or a coordinator."""

from http import HTTPStatus

from flask import Blueprint, abort, g
from flask_login import current_user

from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.word_return import WordReturn
from emnnet.selectors.assignments import find_assignment
from emnnet.selectors.word_forms import find_word_return
from emnnet.web import guest

bp = Blueprint("word_forms", __name__, url_prefix="/word-forms")


def may_fill(assignment_id: int, **_: object) -> bool:
    """Guard: whoever may answer, and coordinators on behalf of the institution."""
    return guest.may_contribute(assignment_id) or for_office()


def for_office() -> bool:
    """Is it somebody of the office who looks?"""
    return bool(current_user.is_authenticated and current_user.is_coordinator)


def assignment_at_hand(assignment_id: int) -> Assignment:
    """The assignment of the address; 404 where there is none."""
    if g.assignment is None:
        g.assignment = find_assignment(db.session, assignment_id)
    found: Assignment | None = g.assignment
    return found or abort(HTTPStatus.NOT_FOUND)


def return_at_hand(assignment: Assignment, return_id: int) -> WordReturn:
    """The form that came back; 404 where there is none of this assignment."""
    found = find_word_return(db.session, assignment, return_id)
    return found or abort(HTTPStatus.NOT_FOUND)
