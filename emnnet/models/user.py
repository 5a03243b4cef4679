"""Accounts, and the failures to sign in that limit further tries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from emnnet.domain.roles import Role
from emnnet.models.base import Base
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution


class User(Base):
    """Somebody who signs in with a password."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint(
            "role <> 'contact' OR institution_id IS NOT NULL", name="contact_of"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # in lower case
    name: Mapped[str]
    role: Mapped[Role]
    language: Mapped[str] = mapped_column(default="en")
    password_hash: Mapped[str]
    session_key: Mapped[str] = mapped_column(unique=True)  # new one: all sessions end
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]  # by mail, to choose a password
    accepted_at: Mapped[datetime | None]
    wants_digest: Mapped[bool] = mapped_column(default=True)  # each working morning

    institution: Mapped[Institution | None] = relationship()
    contact: Mapped[Contact | None] = relationship()

    @property
    def is_open_invitation(self) -> bool:
        """Was it invited, and has chosen no password yet?"""
        return self.invited_at is not None and self.accepted_at is None


class SignInFailure(Base):
    """One failed try to sign in; the edge counts them by address and by account."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index(None, "email", "at"), Index(None, "origin", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    origin: Mapped[str]
    at: Mapped[datetime]
