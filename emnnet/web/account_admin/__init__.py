"""Who may sign in: the administrators' page."""

from emnnet.web.account_admin.routes import bp

__all__ = ["bp"]
