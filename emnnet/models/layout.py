"""Layouts: where the nodes of a diagram lie, computed once or arranged by hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from emnnet.models.base import Base


class Layout(Base):
    """The places of one view of one graph, known by the digest of its content."""

    __tablename__ = "layout"
    __table_args__ = (UniqueConstraint("view", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    view: Mapped[str]  # network; by hand: network?with=themes
    digest: Mapped[str]  # by hand: empty, so that it outlives a change of content
    places: Mapped[dict[str, Any]]  # slug -> [x, y]
    made_at: Mapped[datetime]
    saved_by: Mapped[str | None]  # who arranged it by hand; None: computed
    version: Mapped[int] = mapped_column(default=1)  # of two who save, one is told
