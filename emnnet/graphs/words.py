"""The few words a drawing says itself, to those who hear it instead of seeing it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DrawingWords:
    """One language's words; `title` takes the day and the two counts."""

    title: str
    partner: str
    ncp: str
    outside: str
    outsider: str
    ncp_tag: str
    queries: str
    bundled: str
    found: str
    second: str
    unfold: str
    fold: str
    sectors: dict[str, str]
    ties: dict[str, str]
    lines: dict[str, str]

    def sector(self, sector: str) -> str:
        """The word for a sector; the sector itself where there is none."""
        return self.sectors.get(sector, sector)

    def tie(self, kind: str) -> str:
        """The words for a tie, between the names of its two ends."""
        return self.ties.get(kind, kind.replace("_", " "))

    def line(self, kind: str) -> str:
        """The word for a kind of tie, in the legend."""
        return self.lines.get(kind) or self.tie(kind).rstrip(":")


_ENGLISH = DrawingWords(
    title="Organogram on {day}: {nodes} institutions, {edges} ties",
    partner="partner of the network",
    ncp="part of the National Contact Point",
    outside="Outside the lines of command",
    outsider="outside the network",
    ncp_tag="NCP",
    queries="queries: {count}",
    bundled="ties: {count}",
    found="found",
    second="a further head",
    unfold="Show {count} under {name}",
    fold="Fold the {count} under {name}",
    sectors={
        "government": "government",
        "ngo": "NGO",
        "academia": "academia",
        "international": "international organisation",
        "judiciary": "judiciary",
        "theme": "theme",
        "country": "asking country",
    },
    ties={
        "subordinate_to": "is subordinate to",
        "accountable_to": "is accountable to",
        "appeal_to": "has its decisions appealed at",
        "coordinates": "coordinates",
        "cooperates_with": "cooperates with",
        "successor_of": "is the successor of",
        "partner_of": "takes part in the network coordinated by",
        "asked_together": "was asked together with",
        "answered_together": "answered together with",
        "cited_together": "is cited in the same national response as",
        "handed_over": "handed over to",
        "lead": "leads on",
        "contributing": "contributes on",
        "asked_by": "was asked by",
    },
    lines={
        "subordinate_to": "subordination",
        "accountable_to": "accountability",
        "appeal_to": "appeal",
        "coordinates": "coordination",
        "cooperates_with": "cooperation",
        "successor_of": "succession",
    },
)

_LITHUANIAN = DrawingWords(
    title="Organizacinė schema, {day}: institucijos – {nodes}, ryšiai – {edges}",
    partner="tinklo partneris",
    ncp="nacionalinio informacijos centro dalis",
    outside="Be pavaldumo ryšių",
    outsider="už tinklo ribų",
    ncp_tag="NIC",
    queries="užklausos: {count}",
    bundled="ryšiai: {count}",
    found="rasta",
    second="dar viena viršesnė institucija",
    unfold="Rodyti pavaldžias ({count}): {name}",
    fold="Suskleisti pavaldžias ({count}): {name}",
    sectors={
        "government": "valstybės institucija",
        "ngo": "NVO",
        "academia": "mokslo įstaiga",
        "international": "tarptautinė organizacija",
        "judiciary": "teismas",
        "theme": "tema",
        "country": "klausianti šalis",
    },
    ties={
        "subordinate_to": "pavaldi:",
        "accountable_to": "atskaitinga:",
        "appeal_to": "sprendimai skundžiami:",
        "coordinates": "koordinuoja:",
        "cooperates_with": "bendradarbiauja:",
        "successor_of": "perėmė funkcijas iš:",
        "partner_of": "dalyvauja tinkle, kurį koordinuoja:",
        "asked_together": "klausta kartu su:",
        "answered_together": "atsakė kartu su:",
        "cited_together": "cituojama tame pačiame nacionaliniame atsakyme kaip ir:",
        "handed_over": "perdavė:",
        "lead": "pagrindinė institucija temai:",
        "contributing": "prisideda prie temos:",
        "asked_by": "klausė:",
    },
    lines={
        "subordinate_to": "pavaldumas",
        "accountable_to": "atskaitomybė",
        "appeal_to": "apskundimas",
        "coordinates": "koordinavimas",
        "cooperates_with": "bendradarbiavimas",
        "successor_of": "funkcijų perėmimas",
    },
)


def drawing_words(language: str) -> DrawingWords:
    """The words for "lt"; English for all else."""
    return _LITHUANIAN if language.lower().startswith("lt") else _ENGLISH
