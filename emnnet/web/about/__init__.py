"""What the network and its National Contact Point are."""

from emnnet.web.about.routes import bp

__all__ = ["bp"]
