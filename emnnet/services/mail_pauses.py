"""Stopping all automatic mail for some days, and letting it go again."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.mail_pauses import Quiet, check_quiet, find_quiet
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.mail_decision import MailPause
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.ladders import mail_pauses, quiets
from emnnet.services.events import record_office
from emnnet.services.outbox import UNENDED

STREAM = "mail"
ENDED = _n("This pause has ended already.")


def pause_mail(
    session: Session,
    begins: date,
    until: date | None,
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> MailPause:
    """No automatic mail on these days. Raises `DomainError` for days that cannot be."""
    quiet = Quiet(begins, until, reason.strip(), by.name)
    check_quiet(quiet, office_day(now))
    pause = MailPause(
        begins=begins,
        until=until,
        reason=quiet.reason,
        made_at=now,
        made_by=by.name,
    )
    session.add(pause)
    session.flush()
    record_office(
        session,
        STREAM,
        EventKind.MAIL_PAUSED,
        by=by,
        now=now,
        begins=begins,
        until=until,
        reason=quiet.reason,
    )
    return pause


def end_pause(session: Session, pause: MailPause, *, by: Actor, now: datetime) -> None:
    """Automatic mail goes on: what waited is looked at again at once, one mail an item.

    Raises `IllegalAction` where it has ended.
    """
    if pause.ended_at is not None:
        raise IllegalAction(ENDED)
    pause.ended_at, pause.ended_by = now, by.name
    session.flush()
    today = office_day(now)
    if find_quiet(quiets(mail_pauses(session, today)), today) is None:
        _let_go(session, now)
    record_office(session, STREAM, EventKind.MAIL_RESUMED, by=by, now=now)


def _let_go(session: Session, now: datetime) -> None:
    """Days off and what is no longer true are looked at when a mail is to leave."""
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.kind.in_([kind for kind in MailKind if kind.is_automatic]),
            OutboxMessage.attempts == 0,
            OutboxMessage.next_try_at > now,
            UNENDED,
        )
        .values(next_try_at=now)
        .execution_options(synchronize_session=False)
    )
