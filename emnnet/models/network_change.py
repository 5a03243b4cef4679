"""The history of the network: acts, each with the rows it changed. Only added to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.reorganisation import Reform
from emnnet.domain.roles import ActorKind
from emnnet.models.base import Base, growing


class ActKind(StrEnum):
    """By which way the network was changed."""

    EDITED = "edited"  # one form
    LOADED = "loaded"  # files
    REORGANISED = "reorganised"
    FOLLOWED = "followed"  # what a planned reorganisation moved on its day
    LEFT = "left"  # a contact left
    UNDONE = "undone"


class NetworkAct(Base):
    """Somebody changed the network: who, when and why. Its rows are its changes."""

    __tablename__ = "network_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ActKind] = mapped_column(growing(ActKind))
    said: Mapped[dict[str, Any]]  # a packed message: what was done
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(index=True)
    actor_kind: Mapped[ActorKind]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(
        ForeignKey("network_act.id"), unique=True
    )
    digest: Mapped[str] = mapped_column(default="")  # over its changes; in the chain

    changes: Mapped[list[NetworkChange]] = relationship(order_by="NetworkChange.id")


class NetworkChange(Base):
    """One row of the network before and after an act. None: it was not there."""

    __tablename__ = "network_change"
    __table_args__ = (Index(None, "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("network_act.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    # Plain numbers: the body may be gone again when its founding was undone.
    institution_id: Mapped[int | None] = mapped_column(index=True)
    other_institution_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class Reorganisation(Base):
    """A reorganisation, and when what is open follows it."""

    __tablename__ = "reorganisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("network_act.id"), unique=True)
    reform: Mapped[Reform] = mapped_column(growing(Reform))
    cutover_on: Mapped[date] = mapped_column(index=True)  # the first day of the new
    plan: Mapped[dict[str, Any]]  # which body's work goes where, by ids
    followed_at: Mapped[datetime | None]  # the open assignments have moved
    followed_act_id: Mapped[int | None] = mapped_column(ForeignKey("network_act.id"))
    cancelled_at: Mapped[datetime | None]  # it was undone
