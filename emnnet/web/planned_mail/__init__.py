"""What will be sent: the automatic mail of the next days, and what was sent before."""

from emnnet.web.planned_mail import ahead, deciding, next_day, pausing, routes
from emnnet.web.planned_mail.blueprint import bp

__all__ = ["ahead", "bp", "deciding", "next_day", "pausing", "routes"]
