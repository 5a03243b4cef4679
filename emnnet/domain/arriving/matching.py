"""Which of our questions a message answers: what it names, and who sent it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from emnnet.domain.messages import Message, _n, message

ONLY_OPEN = _n("It is the only query that this institution has open.")
SEVERAL_OPEN = _n("This institution has several open queries, and the mail names none.")
NOTHING_OPEN = _n("This institution has no open query, and the mail names none.")
NOT_THEIRS = _n("It names a query that the sender's institution was not asked.")
SEVERAL_THEIRS = _n("It names a query that was put to several of the sender's bodies.")
UNKNOWN_SENDER = _n("The sender is no contact of an institution today.")


@dataclass(frozen=True)
class Candidate:
    """A query put to an institution."""

    assignment_id: int
    institution_id: int
    query_id: int


@dataclass(frozen=True)
class Clue:
    """What a message names, and what that could be; the strongest clue stands first."""

    why: Message
    candidates: tuple[Candidate, ...]
    query_id: int | None = None  # of a query named as a whole


@dataclass(frozen=True)
class Match:
    """What a message is about, as far as it can be told."""

    institution_id: int | None = None
    query_id: int | None = None
    assignment_id: int | None = None
    is_sure: bool = False  # a known sender, and a query put to their institution
    why: tuple[Message, ...] = ()


def match(
    clues: Sequence[Clue], own: Sequence[Candidate], senders: Collection[int]
) -> Match:
    """The one assignment meant, or the best guess with its reasons.

    `own` are the open assignments of `senders`: the institutions whose contact the
    sender is today.
    """
    if not senders:
        return _of_stranger(clues)
    for clue in clues:
        theirs = [one for one in clue.candidates if one.institution_id in senders]
        if len(theirs) == 1:
            return _matched(theirs[0], clue.why)
        if theirs:
            return _guessed(None, theirs[0].query_id, clue.why, message(SEVERAL_THEIRS))
    sender = _only(senders)
    if clues:
        return _guessed(sender, _query(clues[0]), clues[0].why, message(NOT_THEIRS))
    if len(own) == 1:
        return _matched(own[0], message(ONLY_OPEN))
    return _guessed(sender, None, message(SEVERAL_OPEN if own else NOTHING_OPEN))


def _guessed(institution: int | None, query: int | None, *why: Message) -> Match:
    return Match(institution, query, why=why)


def _of_stranger(clues: Sequence[Clue]) -> Match:
    unknown = message(UNKNOWN_SENDER)
    for clue in clues:
        if len(clue.candidates) == 1:
            (one,) = clue.candidates
            why = (clue.why, unknown)
            return Match(one.institution_id, one.query_id, one.assignment_id, why=why)
    if clues:
        return Match(query_id=_query(clues[0]), why=(clues[0].why, unknown))
    return Match(why=(unknown,))


def _matched(one: Candidate, why: Message) -> Match:
    return Match(
        one.institution_id, one.query_id, one.assignment_id, is_sure=True, why=(why,)
    )


def _query(clue: Clue) -> int | None:
    named = {one.query_id for one in clue.candidates}
    return next(iter(named)) if len(named) == 1 else clue.query_id


def _only(institutions: Collection[int]) -> int | None:
    return next(iter(institutions)) if len(institutions) == 1 else None
