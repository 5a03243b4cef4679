"""The edge of a unit of work: commit all of it or none."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from emnnet.extensions import db, writing


@contextmanager
def committing() -> Iterator[Session]:
    """Commit what is done inside, or roll all of it back.

    What was only read before is let go of first, so that the writing begins on
    the present state (in a request that may write, reading began as a writer).
    """
    session = db.session
    if not writing.get() and session.in_transaction():
        session.rollback()
    before = writing.set(True)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        writing.reset(before)
