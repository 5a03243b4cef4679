"""The whole network as files: out for everybody or the office, in with a preview."""

from emnnet.web.network_files import changing, linked
from emnnet.web.network_files.routes import bp

__all__ = ["bp", "changing", "linked"]
