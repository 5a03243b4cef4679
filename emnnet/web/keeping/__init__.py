"""Keeping the network true: forms, history, reorganisations, findings, sources."""

from emnnet.web.keeping import history as history
from emnnet.web.keeping import leaving as leaving
from emnnet.web.keeping import quality as quality
from emnnet.web.keeping import reorganising as reorganising
from emnnet.web.keeping import rows as rows
from emnnet.web.keeping import sources as sources
from emnnet.web.keeping.blueprint import bp

__all__ = ["bp"]
