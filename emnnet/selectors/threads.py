"""Which mail began a conversation: later ones of it refer to that one."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.outbox import OutboxMessage


def thread_root(
    session: Session, message: OutboxMessage, assignment_ids: Sequence[int] = ()
) -> str | None:
    """The Message-ID of the first mail this side got about the same query.

    None for the first one itself, and for a mail about several: a reader's program
    would join their conversations into one.
    """
    asked = set(assignment_ids)
    if message.assignment_id is not None:
        asked.add(message.assignment_id)
    if len(asked) > 1:
        return None
    if message.institution_id is not None and asked:
        same = OutboxMessage.assignment_id.in_(
            asked
        ) & OutboxMessage.institution_id.is_not(None)
    elif message.query_id is not None:
        same = (
            (OutboxMessage.query_id == message.query_id)
            & OutboxMessage.institution_id.is_(None)
            & (OutboxMessage.recipient == message.recipient)
        )
    else:
        return None
    wanted = (
        select(OutboxMessage.message_id)
        .where(same, OutboxMessage.sent_at.is_not(None), OutboxMessage.id != message.id)
        .order_by(OutboxMessage.sent_at, OutboxMessage.id)
        .limit(1)
    )
    return session.scalar(wanted)
