"""Lines of command: who stands under whom, as a forest in which each stands once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Branch:
    """One body, those under it, and the further heads it answers to."""

    slug: str
    under: tuple["Branch", ...] = ()
    also_under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """`below` answers to `above`."""

    below: str
    above: str


def forest(slugs: Iterable[str], commands: Iterable[Command]) -> tuple[Branch, ...]:
    """Every slug once, under its first head, in the order given.

    A body with several heads names the others; one in a circle stands on top.
    """
    slugs, commands = list(slugs), list(commands)
    heads: dict[str, list[str]] = {slug: [] for slug in slugs}
    for command in commands:
        if command.above in heads and command.below in heads:
            heads[command.below].append(command.above)
    first = {slug: _first_head(slug, heads) for slug in slugs}
    under: dict[str, list[str]] = {slug: [] for slug in slugs}
    for slug, head in first.items():
        if head is not None:
            under[head].append(slug)
    tops = (slug for slug, head in first.items() if head is None)
    return tuple(_branch(slug, under, heads, first) for slug in tops)


def below(root: str, commands: Iterable[Command]) -> frozenset[str]:
    """`root` and everybody under it, however far down."""
    under: dict[str, list[str]] = {}
    for command in commands:
        under.setdefault(command.above, []).append(command.below)
    found, waiting = {root}, [root]
    while waiting:
        for slug in under.get(waiting.pop(), []):
            if slug not in found:
                found.add(slug)
                waiting.append(slug)
    return frozenset(found)


@dataclass(frozen=True)
class Reign:
    """`below` answers to `above` from a day to a day; none: open."""

    below: str
    above: str
    begins: date | None = None
    ends: date | None = None


def circle(new: Reign, others: Iterable[Reign]) -> tuple[str, ...]:
    """The chain by which a new line of command comes back to itself on some day.

    From the new line's lower body round to it again; empty where there is no such day.
    """
    over: dict[str, list[Reign]] = {}
    for one in others:
        over.setdefault(one.below, []).append(one)
    begin, end = new.begins or date.min, new.ends or date.max
    start: tuple[str, ...] = (new.below, new.above)
    waiting = [(new.above, begin, end, start)]
    seen: set[tuple[str, date, date]] = set()
    while waiting:
        slug, begin, end, chain = waiting.pop()
        if slug == new.below:
            return chain
        if (slug, begin, end) in seen:
            continue
        seen.add((slug, begin, end))
        for one in over.get(slug, []):
            first = max(begin, one.begins or date.min)
            last = min(end, one.ends or date.max)
            if first <= last:
                waiting.append((one.above, first, last, (*chain, one.above)))
    return ()


def above(slugs: Iterable[str], commands: Iterable[Command]) -> frozenset[str]:
    """Everybody above one of `slugs`, however far up, and not itself one of them."""
    heads: dict[str, list[str]] = {}
    for command in commands:
        heads.setdefault(command.below, []).append(command.above)
    asked = set(slugs)
    found, waiting = set(asked), list(asked)
    while waiting:
        for slug in heads.get(waiting.pop(), []):
            if slug not in found:
                found.add(slug)
                waiting.append(slug)
    return frozenset(found - asked)


def _first_head(slug: str, heads: Mapping[str, list[str]]) -> str | None:
    """The first head, unless the way up from it comes back to the body."""
    head = heads[slug][0] if heads[slug] else None
    above, seen = head, {slug}
    while above is not None and above not in seen:
        seen.add(above)
        above = heads[above][0] if heads[above] else None
    return None if above == slug else head


def _branch(
    slug: str,
    under: Mapping[str, list[str]],
    heads: Mapping[str, list[str]],
    first: Mapping[str, str | None],
) -> Branch:
    return Branch(
        slug=slug,
        under=tuple(_branch(each, under, heads, first) for each in under[slug]),
        also_under=tuple(head for head in heads[slug] if head != first[slug]),
    )
