"""Lines of command: who stands under whom, as a forest in which each stands once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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
