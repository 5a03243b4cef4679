"""What moves a running query: more time, stopped clocks, another reply-by date."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.clocks.asked_time
import emnnet.web.clocks.extending
import emnnet.web.clocks.reply_by
import emnnet.web.clocks.stopping
from emnnet.web.clocks.blueprint import bp

__all__ = ["bp"]
