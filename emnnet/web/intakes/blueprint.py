"""The blueprint, and the intake that a page is about."""

from flask import Blueprint, abort
from sqlalchemy.orm import Session

from emnnet.models.intake import Intake
from emnnet.selectors.intakes import find_intake

bp = Blueprint("intakes", __name__, url_prefix="/queries/register")


def the_intake(
    session: Session, intake_id: int, *, to_register: bool = False
) -> Intake:
    """The intake of the address; a page that is not there otherwise."""
    return find_intake(session, intake_id, to_register=to_register) or abort(404)
