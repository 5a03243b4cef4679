"""Whom the office writes to in an institution: contacts, absences, order."""

from emnnet.web.contacts import absences as absences
from emnnet.web.contacts.routes import bp

__all__ = ["bp"]
