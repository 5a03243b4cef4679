"""The workbench: what partners gave beside what the country says."""

from emnnet.web.workbench import answers, decisions, paragraphs, removing, routes
from emnnet.web.workbench.blueprint import bp

__all__ = ["answers", "bp", "decisions", "paragraphs", "removing", "routes"]
