"""The blueprint that all pages of keeping share."""

from flask import Blueprint, abort
from sqlalchemy.orm import Session

from emnnet.models.institution import Institution
from emnnet.selectors.keeping import find_institution

bp = Blueprint("keeping", __name__, url_prefix="/keeping")


def the_body(session: Session, slug: str) -> Institution:
    """The body of the address; a page that is not there otherwise."""
    return find_institution(session, slug) or abort(404)
