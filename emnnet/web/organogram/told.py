"""What changed between two days, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet.domain.network import Level, MembershipKind
from emnnet.domain.network_changes import Change, ChangeKind
from emnnet.graphs.compared import Badge
from emnnet.selectors.network_days import Comparison
from emnnet.selectors.organogram import Body
from emnnet.web.network_words import (
    CHANGE_MARKS,
    CHANGE_WORDS,
    LEVEL_WORDS,
    MEMBERSHIP_WORDS,
    TIE_WORDS,
)

NAMED = 2
"""As many bodies are named in a headline; more of them are counted."""


@dataclass(frozen=True)
class ToldChange:
    """One change as a row: the body, what happened, what was before, what came."""

    kind: ChangeKind
    body: Body
    before: str
    after: str

    @property
    def words(self) -> str:
        """The sign and the word of the kind."""
        return f"{CHANGE_MARKS[self.kind]} {CHANGE_WORDS[self.kind]}"


def told(comparison: Comparison, language: str) -> list[ToldChange]:
    """Every change as a row, in the order in which they are told."""
    return [_told(change, comparison, language) for change in comparison.changes]


def headline(comparison: Comparison, language: str) -> str:
    """A few words for a day: "UŽT: renamed; 17 bodies: new part in the network"."""
    by_kind: dict[ChangeKind, dict[str, None]] = {}
    for change in comparison.changes:
        by_kind.setdefault(change.kind, {})[change.slug] = None
    return "; ".join(
        f"{_bodies(slugs, comparison, language)}: {CHANGE_WORDS[kind]}"
        for kind, slugs in by_kind.items()
    )


def badges(comparison: Comparison) -> Mapping[str, Badge]:
    """What the box of each body says; the first kind gives the colour."""
    kinds: dict[str, dict[ChangeKind, None]] = {}
    for change in comparison.changes:
        kinds.setdefault(change.slug, {})[change.kind] = None
    return {slug: _badge(list(found)) for slug, found in kinds.items()}


def _badge(kinds: list[ChangeKind]) -> Badge:
    words = [f"{CHANGE_MARKS[kind]} {CHANGE_WORDS[kind]}" for kind in kinds]
    more = f" +{len(kinds) - 1}" if len(kinds) > 1 else ""
    return Badge(kinds[0].value, ", ".join(words), f"{words[0]}{more}")


def _bodies(slugs: Iterable[str], comparison: Comparison, language: str) -> str:
    names = [comparison.body(slug).names.short(language) for slug in slugs]
    if len(names) <= NAMED:
        return ", ".join(names)
    return str(ngettext("%(num)d body", "%(num)d bodies", len(names)))


def _told(change: Change, comparison: Comparison, language: str) -> ToldChange:
    before, after = _sides(change, comparison, language)
    return ToldChange(change.kind, comparison.body(change.slug), before, after)


def _sides(change: Change, comparison: Comparison, language: str) -> tuple[str, str]:
    """What stood before and what came after, in words."""
    match change.kind:
        case ChangeKind.RENAMED:
            old = comparison.before.by_slug[change.slug]
            new = comparison.after.by_slug[change.slug]
            return old.names.full(language), new.names.full(language)
        case ChangeKind.JOINED | ChangeKind.LEFT:
            return _roles(change.before), _roles(change.after)
        case ChangeKind.TIE_BEGUN | ChangeKind.TIE_ENDED:
            tie = _tie(change, comparison, language)
            return ("", tie) if change.kind is ChangeKind.TIE_BEGUN else (tie, "")
        case ChangeKind.THEME_TAKEN | ChangeKind.THEME_LEFT | ChangeKind.THEME_CHANGED:
            return (
                _theme(change.before, comparison, language),
                _theme(change.after, comparison, language),
            )
        case _:
            return (
                _names(change.before, comparison, language),
                _named_after(change, comparison, language),
            )


def _named_after(change: Change, comparison: Comparison, language: str) -> str:
    names = _names(change.after, comparison, language)
    match change.kind:
        case ChangeKind.MERGED:
            return str(_("taken over by: %(names)s", names=names))
        case ChangeKind.FOUNDED if names:
            return str(_("under: %(names)s", names=names))
        case ChangeKind.MOVED:
            return names or str(_("under nobody"))
        case _:
            return names


def _names(slugs: Iterable[str], comparison: Comparison, language: str) -> str:
    return ", ".join(comparison.body(slug).names.full(language) for slug in slugs)


def _roles(roles: Iterable[str]) -> str:
    return ", ".join(str(MEMBERSHIP_WORDS[MembershipKind(role)]) for role in roles)


def _tie(change: Change, comparison: Comparison, language: str) -> str:
    if change.tie is None:
        return ""
    other = comparison.body(change.tie.target).names.full(language)
    return f"{TIE_WORDS[change.tie.kind]} {other}"


def _theme(part: tuple[str, ...], comparison: Comparison, language: str) -> str:
    """A theme and the part in it: "Reception: leads"; nothing where there is none."""
    if not part:
        return ""
    theme, level = part
    return f"{comparison.themes[theme].name(language)}: {LEVEL_WORDS[Level(level)]}"
