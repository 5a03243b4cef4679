"""The grid as values for its page: rows, columns, suggestions, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import LazyString, format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.partner_dates import proposal
from emnnet.domain.routing import RoutingProposal
from emnnet.domain.routing_grid import Key, doubled_leads, unanswered
from emnnet.models.question import Question
from emnnet.selectors.routing_grid import Grid, GridPage, SentCell
from emnnet.selectors.routing_memory import Body
from emnnet.web.messages import spoken
from emnnet.web.query_words import CELL_TONES, CELL_WORDS, Spoken, distance_words
from emnnet.web.routing.plan import PlanView, plan_view
from emnnet.web.routing.posted import PostedGrid
from emnnet.web.routing.suggestions import (
    SuggestionView,
    in_words,
    language,
    short_name,
    worth_showing,
)

LETTERS: dict[CellRole, LazyString] = {
    CellRole.LEAD: _l("L"),
    CellRole.CONTRIBUTES: _l("C"),
    CellRole.INFORMED: _l("I"),
}
PART_WORDS: dict[CellRole, LazyString] = {
    CellRole.LEAD: _l("leads"),
    CellRole.CONTRIBUTES: _l("contributes"),
    CellRole.INFORMED: _l("for information"),
}


@dataclass(frozen=True)
class CellView:
    """One cell: chosen, suggested, or asked already."""

    key: Key
    label: str
    role: CellRole | None = None
    suggested: CellRole | None = None
    sent: SentCell | None = None
    state: Spoken | None = None

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"cell-{self.key[0]}-{self.key[1]}"


@dataclass(frozen=True)
class RowView:
    """One question with its cells, and what speaks for whom."""

    question: Question
    cells: list[CellView]
    suggestions: list[SuggestionView]
    outside: list[str]
    nobody: bool
    leads: list[str]

    @property
    def is_begun(self) -> bool:
        """Is anybody chosen for it?"""
        return any(cell.role for cell in self.cells)

    @property
    def is_asked(self) -> bool:
        """Was anybody asked about it?"""
        return any(cell.sent for cell in self.cells)


@dataclass(frozen=True)
class ColumnView:
    """One institution: its parts, its load, its day."""

    body: Body
    short: str
    name: str
    due_on: date
    typed: str
    wrong: str | None
    distance: Spoken
    asked_by: date | None
    parts: list[tuple[str, list[str]]]
    to_send: bool

    @property
    def month(self) -> str:
        """The month of the day, short: for the foot of the column."""
        return str(format_date(self.due_on, "MMM"))


@dataclass(frozen=True)
class GridView:
    """All that the page of the grid shows."""

    grid: Grid
    rows: list[RowView]
    columns: list[ColumnView]
    plan: PlanView
    questions: int
    institutions: int
    problems: list[tuple[str, str]] = field(default_factory=list)
    is_unsaved: bool = False
    closed: str | None = None

    @property
    def is_begun(self) -> bool:
        """Is anybody chosen yet?"""
        return bool(self.institutions or self.grid.sent)

    @property
    def taken_back(self) -> list[tuple[str, SentCell]]:
        """What an institution was asked and is asked no more: its draft stays."""
        shorts = {column.body.id: column.short for column in self.columns}
        labels = {row.question.id: row.question.label for row in self.rows}
        return [
            (_cell_label(shorts[body], labels[question]), cell)
            for (question, body), cell in self.grid.asked.items()
            if not cell.is_live
        ]

    @property
    def has_empty_row(self) -> bool:
        """Is there a question that nobody is chosen for?"""
        return any(not row.is_begun for row in self.rows)

    @property
    def may_accept(self) -> bool:
        """Is there a row that a suggestion could fill?"""
        return any(row.suggestions and not row.is_begun for row in self.rows)

    @property
    def send_words(self) -> str:
        """What the button will do."""
        return send_words(self.questions, self.institutions)


def send_words(questions: int, institutions: int) -> str:
    """Send 9 questions to 4 institutions."""
    what = ngettext("%(num)d question", "%(num)d questions", questions)
    whom = ngettext("%(num)d institution", "%(num)d institutions", institutions)
    return str(_("Send %(what)s to %(whom)s", what=what, whom=whom))


def grid_view(
    page: GridPage,
    today: date,
    zero: date,
    *,
    posted: PostedGrid | None = None,
    problems: list[tuple[str, str]] | None = None,
    closed: str | None = None,
) -> GridView:
    """The page of the saved grid, or of the one that was posted and not saved.

    `zero` is the day that a sending at this moment counts for.
    """
    grid, roles = page.grid, dict(page.grid.roles)
    sent = grid.sent
    if posted is not None:
        roles = posted.cells | {key: cell.role for key, cell in sent.items()}
    new = {key: role for key, role in roles.items() if key not in sent}
    query = grid.query
    proposed = proposal(query.reply_by, query.term, page.calendar, zero)
    shorts = {body.id: short_name(body) for body in grid.columns}
    return GridView(
        grid=grid,
        rows=_rows(page, roles, shorts),
        columns=[
            _column(page, body, roles, proposed.due_on, today, posted)
            for body in grid.columns
        ],
        plan=plan_view(query, proposed, page.calendar, today, posted),
        questions=len({question for question, _ in new}),
        institutions=len({institution for _, institution in new}),
        problems=problems or [],
        is_unsaved=posted is not None,
        closed=closed,
    )


def _rows(
    page: GridPage, roles: Mapping[Key, CellRole], shorts: Mapping[int, str]
) -> list[RowView]:
    grid = page.grid
    empty = set(unanswered([one.id for one in grid.questions], roles))
    doubled = doubled_leads(roles)
    return [
        RowView(
            question=question,
            cells=_cells(grid, question, proposal, roles, shorts),
            suggestions=in_words(grid, proposal),
            outside=[spoken(note) for note in proposal.outside],
            nobody=question.id in empty,
            leads=[shorts[one] for one in doubled.get(question.id, ())],
        )
        for question, proposal in zip(grid.questions, page.proposals, strict=True)
    ]


def _cells(
    grid: Grid,
    question: Question,
    proposal: RoutingProposal,
    roles: Mapping[Key, CellRole],
    shorts: Mapping[int, str],
) -> list[CellView]:
    sent, cells = grid.sent, []
    is_asked = any(of == question.id for of, _ in sent)
    fresh = [] if is_asked else worth_showing(proposal)
    suggested = {one.institution: one.role for one in fresh}
    for body in grid.columns:
        key = (question.id, body.id)
        asked = sent.get(key)
        cells.append(
            CellView(
                key=key,
                label=_cell_label(shorts[body.id], question.label),
                role=roles.get(key),
                suggested=suggested.get(body.slug),
                sent=asked,
                state=_state(asked) if asked else None,
            )
        )
    return cells


def _cell_label(short: str, label: str) -> str:
    words = _("%(institution)s, question %(label)s", institution=short, label=label)
    return str(words)


def _state(asked: SentCell) -> Spoken:
    return Spoken(str(CELL_WORDS[asked.status]), CELL_TONES.get(asked.status, "wait"))


def _column(
    page: GridPage,
    body: Body,
    roles: Mapping[Key, CellRole],
    proposed: date,
    today: date,
    posted: PostedGrid | None,
) -> ColumnView:
    grid = page.grid
    mine = {key: role for key, role in roles.items() if key[1] == body.id}
    asked = [cell for key, cell in grid.sent.items() if key[1] == body.id]
    asked_by = max((cell.due_on for cell in asked), default=None)
    planned = [cell.due_on for key, cell in grid.planned.items() if key[1] == body.id]
    kept = [day for day in (*planned, asked_by) if day and day >= today]
    due_on = kept[0] if kept else proposed
    typed = posted.typed.get(body.id, "") if posted else ""
    return ColumnView(
        body=body,
        short=short_name(body),
        name=body.names.full(language()),
        due_on=due_on,
        typed=typed or due_on.isoformat(),
        wrong=posted.wrong.get(body.id) if posted else None,
        distance=distance_words(page.calendar, due_on, today),
        asked_by=asked_by,
        parts=_parts(grid, mine),
        to_send=any(key not in grid.sent for key in mine),
    )


def _parts(grid: Grid, mine: Mapping[Key, CellRole]) -> list[tuple[str, list[str]]]:
    """Leads 1, 2; contributes 4."""
    labels = {question.id: question.label for question in grid.questions}
    order = [question.id for question in grid.questions]
    return [
        (
            str(PART_WORDS[role]),
            [
                labels[of]
                for of in order
                for key in mine
                if key[0] == of and mine[key] is role
            ],
        )
        for role in CellRole
        if role in mine.values()
    ]
