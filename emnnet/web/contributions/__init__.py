"""Contributing: an institution's own pages."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.contributions.autosave
import emnnet.web.contributions.confirming
import emnnet.web.contributions.files
import emnnet.web.contributions.lists
import emnnet.web.contributions.mailed
import emnnet.web.contributions.more_time
import emnnet.web.contributions.outcomes
import emnnet.web.contributions.passing
import emnnet.web.contributions.routes
import emnnet.web.contributions.sending
import emnnet.web.contributions.why
from emnnet.web.contributions.blueprint import bp

__all__ = ["bp"]
