"""The blueprint, apart from its views: they stand in several files."""

from flask import Blueprint, abort
from sqlalchemy.orm import Session

from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.mailed_draft import MailedDraft
from emnnet.selectors.arrived_mail import find_arrived, find_draft

bp = Blueprint("arrived_mail", __name__, url_prefix="/desk/mail/arrived")


def the_mail(session: Session, mail_id: int) -> ArrivedMail:
    """The message of the address, or 404."""
    return find_arrived(session, mail_id) or abort(404)


def the_draft(session: Session, draft_id: int) -> MailedDraft:
    """The answer of the address, or 404."""
    return find_draft(session, draft_id) or abort(404)
