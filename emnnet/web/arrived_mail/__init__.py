"""Mail that arrived: read, put beside its query, taken as a draft or filed."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.arrived_mail.actions
import emnnet.web.arrived_mail.files
import emnnet.web.arrived_mail.routes
from emnnet.web.arrived_mail.blueprint import bp

__all__ = ["bp"]
