"""The tables of the page, each with the definition of its figures, also as CSV."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.documents.lists import Cell
from emnnet.domain.competence_cover import Finding, Gap, findings
from emnnet.domain.network import Level
from emnnet.graphs.measures import Measure, Measured
from emnnet.selectors.coverage import Coverage
from emnnet.selectors.organogram import Body, Organogram
from emnnet.selectors.work_load import YearlyWork

GAP_WORDS: dict[Gap, LazyString] = {
    Gap.NOBODY: _l("no partner is competent"),
    Gap.ONE: _l("only one partner is competent: nobody stands in for it"),
    Gap.NO_LEAD: _l("several contribute, none leads"),
    Gap.TWO_LEADS: _l("more than one leads"),
}


@dataclass(frozen=True)
class Load:
    """One institution: its share of the questions against its share of competences."""

    body: Body
    asked: int
    answered: int
    share: float  # percent of all questions
    competences: int
    competent_share: float  # percent of all competences of those listed

    @property
    def difference(self) -> float:
        """Percentage points: positive where it is asked more than it is competent."""
        return self.share - self.competent_share


@dataclass(frozen=True)
class Year:
    """One year of work of the whole network."""

    year: int
    institutions: int
    asked: int
    answered: int


@dataclass(frozen=True)
class MatrixRow:
    """A theme and the level of each institution, in the order of the columns."""

    slug: str
    name: str
    levels: tuple[Level | None, ...]


@dataclass(frozen=True)
class Told:
    """All that the page tells, for one day and one circle of readers."""

    picture: Organogram
    language: str
    measured: Measured
    columns: tuple[Body, ...]
    matrix: tuple[MatrixRow, ...]
    findings: tuple[Finding, ...]
    loads: tuple[Load, ...]
    years: tuple[Year, ...]
    themes: dict[str, str]

    def name(self, slug: str) -> str:
        """The full name of a body of the day; the slug of one that is gone."""
        body = self.picture.by_slug.get(slug)
        return body.names.full(self.language) if body else slug

    def short(self, slug: str) -> str:
        """The short name of a body of the day."""
        body = self.picture.by_slug.get(slug)
        return body.names.short(self.language) if body else slug

    def most(self, count: int = 3) -> tuple[Measure, ...]:
        """Those over whom most shortest ways lead."""
        ranked = sorted(self.measured.bodies, key=lambda m: (-m.betweenness, m.slug))
        return tuple(m for m in ranked[:count] if m.betweenness > 0)

    def bridging(self, count: int = 3) -> tuple[Measure, ...]:
        """Those with most ties into other sectors."""
        order = sorted(self.measured.bodies, key=lambda m: (-m.across, m.slug))
        return tuple(m for m in order[:count] if m.across)

    @property
    def rim(self) -> tuple[Measure, ...]:
        """Those with at most one tie."""
        return tuple(m for m in self.measured.bodies if m.is_rim)


def tell(
    picture: Organogram,
    language: str,
    measures: Measured,
    covered: Coverage,
    work: Sequence[YearlyWork],
) -> Told:
    """Everything from what was read; nothing more is asked of the tables."""
    partners = {body.slug for body in picture.bodies if body.is_partner}
    columns = _columns(picture, covered, language)
    parts = [(c.institution, c.theme, c.level) for c in covered.competences]
    levels = {(c.institution, c.theme): c.level for c in covered.competences}
    themes = {theme.slug: theme.name(language) for theme in covered.themes}
    return Told(
        picture=picture,
        language=language,
        measured=measures,
        columns=columns,
        matrix=tuple(
            MatrixRow(s, name, tuple(levels.get((b.slug, s)) for b in columns))
            for s, name in themes.items()
        ),
        findings=tuple(findings(themes, parts, partners)),
        loads=_loads(picture, covered, work),
        years=_years(work),
        themes=themes,
    )


def _columns(picture: Organogram, covered: Coverage, language: str) -> tuple[Body, ...]:
    """The partners, and whoever else is competent for something; government first."""
    competent = {part.institution for part in covered.competences}
    bodies = [b for b in picture.bodies if b.is_partner or b.slug in competent]
    return tuple(
        sorted(bodies, key=lambda b: (not b.is_partner, b.names.short(language)))
    )


def _loads(
    picture: Organogram, covered: Coverage, work: Sequence[YearlyWork]
) -> tuple[Load, ...]:
    asked, answered, competences = (defaultdict[str, int](int) for _ in range(3))
    for line in work:
        asked[line.slug] += line.asked
        answered[line.slug] += line.answered
    for part in covered.competences:
        competences[part.institution] += 1
    bodies = [
        body
        for body in picture.bodies
        if body.is_partner or asked[body.slug] or competences[body.slug]
    ]
    whole = sum(asked[body.slug] for body in bodies) or 1
    known = sum(competences[body.slug] for body in bodies) or 1
    loads = (
        Load(
            body,
            asked[body.slug],
            answered[body.slug],
            100 * asked[body.slug] / whole,
            competences[body.slug],
            100 * competences[body.slug] / known,
        )
        for body in bodies
    )
    return tuple(sorted(loads, key=lambda load: (-load.asked, load.body.slug)))


def _years(work: Sequence[YearlyWork]) -> tuple[Year, ...]:
    lines: dict[int, list[YearlyWork]] = defaultdict(list)
    for line in work:
        lines[line.year].append(line)
    return tuple(
        Year(
            year,
            len(found),
            sum(line.asked for line in found),
            sum(line.answered for line in found),
        )
        for year, found in sorted(lines.items())
    )


Table = tuple[Sequence[str], list[Sequence[Cell]]]


def measure_table(told: Told) -> Table:
    """Every body with its measures."""
    head = [_("Institution"), _("Short"), _("Ties"), _("Between others")]
    head += [_("Ties into other sectors"), _("Other sectors"), _("On the rim")]
    return [*head, _("Holds parts together")], [
        (
            told.name(m.slug),
            told.short(m.slug),
            m.degree,
            m.betweenness,
            m.across,
            m.sectors,
            _("yes") if m.is_rim else "",
            _("yes") if m.is_bridge else "",
        )
        for m in told.measured.bodies
    ]


def coverage_table(told: Told) -> Table:
    """Themes by institutions."""
    words = {Level.LEAD: _("leads"), Level.CONTRIBUTING: _("contributes"), None: ""}
    head = [_("Theme"), *(told.short(body.slug) for body in told.columns)]
    return head, [
        (row.name, *(words[level] for level in row.levels)) for row in told.matrix
    ]


def finding_table(told: Told) -> Table:
    """The thin themes."""
    head = [_("Theme"), _("Finding"), _("Institutions")]
    return head, [
        (
            told.themes[f.theme],
            str(GAP_WORDS[f.gap]),
            ", ".join(told.short(slug) for slug in f.institutions),
        )
        for f in told.findings
    ]


def load_table(told: Told) -> Table:
    """Work against competences."""
    head = [_("Institution"), _("Questions asked"), _("Answered")]
    head += [_("Share of questions, %"), _("Competences")]
    return [*head, _("Share of competences, %")], [
        (
            told.name(load.body.slug),
            load.asked,
            load.answered,
            round(load.share, 1),
            load.competences,
            round(load.competent_share, 1),
        )
        for load in told.loads
    ]


def year_table(told: Told) -> Table:
    """The trend."""
    head = [_("Year"), _("Institutions"), _("Questions asked"), _("Answered")]
    return head, [(y.year, y.institutions, y.asked, y.answered) for y in told.years]


TABLES = {
    "measures": measure_table,
    "coverage": coverage_table,
    "findings": finding_table,
    "load": load_table,
    "years": year_table,
}
