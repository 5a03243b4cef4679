"""What a mail would say if it left now; nothing is written, its links open nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import unquote

from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.mails import MailKind
from emnnet.domain.moments import office_day
from emnnet.mail.errand_links import NO_TOKEN as NO_TOKEN
from emnnet.mail.errand_links import shown_links
from emnnet.mail.links import link_url
from emnnet.mail.material import gather
from emnnet.mail.messages import Letter, write
from emnnet.models.institution import Institution
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.contacts import Addressee
from emnnet.selectors.reminders import RemindedOf


def reminder_letter(
    session: Session,
    institution: Institution,
    to: Addressee,
    entries: Sequence[RemindedOf],
    calendar: Calendar,
    *,
    now: datetime,
    today: date | None = None,
) -> Letter:
    """The reminder an institution would get: the very text, the links masked."""
    links = {entry.assignment.id: unquote(link_url(NO_TOKEN)) for entry in entries}
    with session.no_autoflush:
        message = OutboxMessage(
            key="",
            kind=MailKind.REMINDER,
            recipient=to.email,
            language=to.language,
            facts={},
            queued_at=now,
            next_try_at=now,
        )
        message.institution = institution
        material = gather(
            session,
            message,
            entries,
            links,
            calendar=calendar,
            today=today or office_day(now),
            errands=shown_links(to.contact_id),
        )
    return write(message, material)
