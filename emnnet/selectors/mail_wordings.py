"""Reading the office's own wordings: those that count, and what there was before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from emnnet.domain.mail_wordings import EVERY_DUTY, Text
from emnnet.models.mail_wording import MailWording


@dataclass(frozen=True)
class Wordings:
    """The wordings of one kind of mail in one language, by occasion and duty."""

    rows: Mapping[tuple[str, str], MailWording] = field(default_factory=dict)

    def find(self, occasion: str, duty: str) -> MailWording | None:
        """The one for this duty, else for all; none where the shipped text counts."""
        for wanted in dict.fromkeys((duty, EVERY_DUTY)):
            row = self.rows.get((occasion, wanted))
            if row is not None and not row.is_shipped:
                return row
        return None


NO_WORDINGS = Wordings()


def wordings_of(session: Session, kind: str, language: str) -> Wordings:
    """What counts for the mails of one kind. One statement."""
    rows = session.scalars(
        select(MailWording).where(
            MailWording.kind == kind, MailWording.language == language, _is_last()
        )
    )
    return Wordings({(row.occasion, row.duty): row for row in rows})


def all_wordings(session: Session) -> list[MailWording]:
    """Every wording that counts, whatever it is for. One statement."""
    wanted = select(MailWording).where(_is_last(), MailWording.body.is_not(None))
    return list(session.scalars(wanted))


def versions_of(
    session: Session, text: Text, language: str, duty: str
) -> list[MailWording]:
    """All versions of one wording, the newest first. One statement."""
    wanted = (
        select(MailWording)
        .where(
            MailWording.kind == text.kind,
            MailWording.occasion == text.occasion,
            MailWording.language == language,
            MailWording.duty == duty,
        )
        .order_by(MailWording.number.desc())
    )
    return list(session.scalars(wanted))


def _is_last() -> ColumnElement[bool]:
    """Is there no version with a higher number?"""
    other = aliased(MailWording)
    highest = (
        select(func.max(other.number))
        .where(
            other.kind == MailWording.kind,
            other.occasion == MailWording.occasion,
            other.language == MailWording.language,
            other.duty == MailWording.duty,
        )
        .scalar_subquery()
    )
    return MailWording.number == highest
