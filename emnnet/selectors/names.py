"""What an institution was called on a day: its own names, or earlier ones."""

from dataclasses import dataclass
from datetime import date

from emnnet.models.institution import FormerName, Institution


@dataclass(frozen=True)
class Names:
    """The names of one body on one day, in both languages."""

    en: str
    lt: str
    abbreviation: str = ""

    def full(self, language: str = "en") -> str:
        """The name in that language; the other one where it has none."""
        return (self.lt or self.en) if language == "lt" else (self.en or self.lt)

    def short(self, language: str = "en") -> str:
        """The abbreviation, else the name. "VSAT / SBGS" is both, "VSAT" Lithuanian."""
        parts = self.abbreviation.split(" / ")
        return (parts[0] if language == "lt" else self.abbreviation) or self.full(
            language
        )


def names_on(institution: Institution, day: date) -> Names:
    """What it was called on that day. A former name without any day never holds."""
    row = _former_on(institution, day) or institution
    return Names(row.name_en, row.name_lt, row.abbreviation)


def name_on(institution: Institution, day: date, language: str = "en") -> str:
    """Its full name on that day, in that language."""
    return names_on(institution, day).full(language)


def _former_on(institution: Institution, day: date) -> FormerName | None:
    """The latest of the dated earlier names that hold on that day."""
    held = [former for former in institution.former_names if _holds(former, day)]
    return max(held, key=lambda former: former.valid_from or date.min, default=None)


def _holds(former: FormerName, day: date) -> bool:
    begun = former.valid_from is None or former.valid_from <= day
    return former.valid_to is not None and begun and day <= former.valid_to
