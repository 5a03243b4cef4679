"""Which themes nobody, or only one partner, is competent for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from emnnet.domain.network import Level


class Gap(StrEnum):
    """What is thin about the competence for a theme."""

    NOBODY = "nobody"  # no partner is competent
    ONE = "one"  # only one partner is: nobody stands in for it
    NO_LEAD = "no_lead"  # several contribute, none leads
    TWO_LEADS = "two_leads"  # more than one leads: who writes the answer?


@dataclass(frozen=True)
class Finding:
    """A theme, what is thin about it, and the institutions it is about; slugs."""

    theme: str
    gap: Gap
    institutions: tuple[str, ...] = ()


def findings(
    themes: Iterable[str], parts: Iterable[tuple[str, str, Level]], partners: set[str]
) -> list[Finding]:
    """The thin themes in the order of `themes`; `parts`: institution, theme, level.

    Only partners of the network count: others need not answer.
    """
    levels: dict[str, dict[str, Level]] = {}
    for institution, theme, level in parts:
        if institution in partners:
            levels.setdefault(theme, {})[institution] = level
    found = (_finding(theme, levels.get(theme, {})) for theme in themes)
    return [finding for finding in found if finding is not None]


def _finding(theme: str, levels: dict[str, Level]) -> Finding | None:
    leads = tuple(sorted(who for who, level in levels.items() if level is Level.LEAD))
    if not levels:
        return Finding(theme, Gap.NOBODY)
    if len(levels) == 1:
        return Finding(theme, Gap.ONE, tuple(levels))
    if not leads:
        return Finding(theme, Gap.NO_LEAD, tuple(sorted(levels)))
    return Finding(theme, Gap.TWO_LEADS, leads) if len(leads) > 1 else None
