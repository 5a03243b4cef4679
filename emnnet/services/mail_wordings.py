"""The office's own wordings: kept as versions, taken back, given up again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, NotFound, StaleVersion
from emnnet.domain.mail_wordings import Text, check_wording
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.mail_wording import MailWording
from emnnet.selectors.mail_wordings import versions_of

OVERTAKEN = _n(
    "%(name)s has saved another version meanwhile. What you wrote stands below; compare"
    " it with theirs under “Versions” and save again."
)
SAME = _n("Nothing has changed: this is what is sent already.")
NO_VERSION = _n("There is no such version.")


@dataclass(frozen=True)
class Place:
    """Which wording: of which text, in which language, for whom."""

    text: Text
    language: str
    duty: str


def save_wording(
    session: Session,
    place: Place,
    subject: str,
    body: str,
    *,
    seen: int,
    by: Actor,
    now: datetime,
) -> MailWording:
    """Keep a new version, which counts from now on; it is based on the version `seen`.

    Raises `BadWording`, and `StaleVersion` for the second of two who save.
    """
    subject, body = " ".join(subject.split(" ")).strip(), tidied(body)
    check_wording(place.text, subject, body)
    return _add(session, place, subject, body, None, seen=seen, by=by, now=now)


def reset_wording(
    session: Session, place: Place, *, seen: int, by: Actor, now: datetime
) -> MailWording:
    """The shipped text counts again; the versions stay."""
    return _add(session, place, None, None, None, seen=seen, by=by, now=now)


def take_back_wording(
    session: Session, place: Place, number: int, *, seen: int, by: Actor, now: datetime
) -> MailWording:
    """An earlier version counts again, as a version of its own.

    Raises `NotFound`, and `BadWording` where it cannot be used any more.
    """
    versions = versions_of(session, place.text, place.language, place.duty)
    earlier = next((one for one in versions if one.number == number), None)
    if earlier is None:
        raise NotFound(NO_VERSION)
    subject, body = earlier.subject, earlier.body
    if subject is not None and body is not None:
        check_wording(place.text, subject, body)
    return _add(session, place, subject, body, number, seen=seen, by=by, now=now)


def tidied(body: str) -> str:
    """Line ends of one kind, no blanks at their ends, no empty lines around."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _add(
    session: Session,
    place: Place,
    subject: str | None,
    body: str | None,
    taken_from: int | None,
    *,
    seen: int,
    by: Actor,
    now: datetime,
) -> MailWording:
    versions = versions_of(session, place.text, place.language, place.duty)
    last = versions[0] if versions else None
    if (last.number if last else 0) != seen:
        raise StaleVersion(OVERTAKEN, name=last.saved_by if last else "")
    if (subject, body) == ((last.subject, last.body) if last else (None, None)):
        raise DomainError(SAME)
    row = MailWording(
        kind=place.text.kind,
        occasion=place.text.occasion,
        language=place.language,
        duty=place.duty,
        number=seen + 1,
        subject=subject,
        body=body,
        taken_from=taken_from,
        saved_at=now,
        saved_by=by.name,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # in this very moment
        raise StaleVersion(OVERTAKEN, name="—") from None
    return row
