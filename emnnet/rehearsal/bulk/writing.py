"""Writing thousands of queries, some hundreds in a transaction."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.models.query import Query
from emnnet.rehearsal.bulk.ground import Ground, read_ground
from emnnet.rehearsal.bulk.responding import respond
from emnnet.rehearsal.bulk.rows import Rows
from emnnet.rehearsal.bulk.story import invent
from emnnet.rehearsal.bulk.telling import finish, tell
from emnnet.transaction import committing

BATCH = 250


def write_queries(size: int, seed: int, today: date) -> Iterator[int]:
    """Write so many queries with all that belongs to them; yields how many are done.

    The same seed makes the same queries on the same day and the same ground. Raises
    `NothingToStandOn` where the network or the accounts are missing.
    """
    with committing() as session:
        ground = read_ground(session, today)
        numbers = Counter(_highest_numbers(session))
    for start in range(0, size, BATCH):
        batch = range(start, min(start + BATCH, size))
        _write(batch, seed, today, ground, numbers)
        yield batch.stop


def _write(
    batch: range, seed: int, today: date, ground: Ground, numbers: Counter[int]
) -> None:
    with committing() as session:
        rows = Rows(session)
        for index in batch:
            random = Random(f"{seed}:{index}")  # noqa: S311 -- repeatable, no secret
            story = invent(random, ground, today)
            numbers[story.launched_on.year] += 1
            told = tell(rows, story, ground, numbers[story.launched_on.year])
            respond(rows, told, ground)
            finish(rows, told)
        rows.write()
        rows.settle()


def _highest_numbers(session: Session) -> dict[int, int]:
    """The last own number of each year."""
    wanted = select(Query.year, func.max(Query.number)).group_by(Query.year)
    return dict(session.execute(wanted).all())
