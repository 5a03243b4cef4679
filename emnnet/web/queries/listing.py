"""The list of all queries, and the same list as a file."""

from datetime import date

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from emnnet import clock
from emnnet.documents.lists import Cell, as_csv, as_xlsx
from emnnet.extensions import db
from emnnet.selectors.query_list import (
    PER_PAGE,
    Choice,
    ListedQuery,
    ListFilter,
    Stage,
    exported_queries,
    list_choices,
    listed_queries,
)
from emnnet.web.access import office, requires
from emnnet.web.queries.blueprint import bp

STAGE_WORDS: dict[Stage, LazyString] = {
    Stage.OPEN: _l("open"),
    Stage.SENT: _l("sent"),
    Stage.CLOSED: _l("closed"),
    Stage.PUBLISHED: _l("published"),
    Stage.WITHDRAWN: _l("withdrawn"),
    Stage.DELETED: _l("deleted"),
}
OFFERED = [one for one in Stage if one is not Stage.DELETED]
STAGE_TONES = {Stage.OPEN: "info", Stage.SENT: "done", Stage.CLOSED: "done"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """One page of the list, the newest first."""
    chosen = _chosen(request.args)
    page = max(request.args.get("page", 1, type=int), 1)
    found = listed_queries(db.session, chosen, page=page)
    return render_template(
        "queries/index.html",
        found=found,
        chosen=chosen,
        page=page,
        pages=max(1, -(-found.total // PER_PAGE)),
        choices=list_choices(db.session),
        address=_address(chosen),
        name_of=_name_of,
        stage_words={one: STAGE_WORDS[one] for one in OFFERED},
        stage_tones=STAGE_TONES,
    )


@bp.get("/export.<any(csv, xlsx):kind>")
@requires(office)
def export(kind: str) -> ResponseReturnValue:
    """All that the list holds, as a file; empty dates stay empty."""
    rows = [_cells(row) for row in exported_queries(db.session, _chosen(request.args))]
    today = clock.today()
    if kind == "csv":
        return _file(as_csv(_header(), rows), "text/csv; charset=utf-8", today, kind)
    made = as_xlsx(_header(), rows, title=_("Queries"), made_at=clock.now())
    return _file(made, XLSX, today, kind)


def _chosen(args: MultiDict[str, str]) -> ListFilter:
    stage = args.get("state", "")
    return ListFilter(
        words=args.get("q", "").strip()[:200],
        stage=Stage(stage) if stage in set(OFFERED) else None,
        theme_id=args.get("theme", type=int),
        coordinator_id=args.get("coordinator", type=int),
        year=args.get("year", type=int),
    )


def _address(chosen: ListFilter) -> dict[str, str]:
    """What was chosen as it stands in an address."""
    named = {
        "q": chosen.words,
        "state": chosen.stage,
        "theme": chosen.theme_id,
        "coordinator": chosen.coordinator_id,
        "year": chosen.year,
    }
    return {name: str(value) for name, value in named.items() if value}


def _name_of(choice: Choice | ListedQuery) -> str:
    """The theme in the reader's language."""
    lithuanian = str(get_locale()) == "lt"
    if isinstance(choice, Choice):
        return choice.name_lt if lithuanian else choice.name_en
    return (choice.theme_lt if lithuanian else choice.theme_en) or ""


def _header() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("Requested by"),
        _("Their number"),
        _("Theme"),
        _("Launched on"),
        _("Reply by"),
        _("Sent on"),
        _("State"),
        _("Published"),
        _("Questions"),
        _("Coordinator"),
    ]


def _cells(row: ListedQuery) -> list[Cell]:
    return [
        row.reference,
        row.title,
        row.requester,
        row.foreign_reference,
        _name_of(row),
        row.launched_on,
        row.reply_by,
        row.sent_on,
        str(STAGE_WORDS[row.stage]),
        _("yes") if row.is_published else _("no"),
        row.questions,
        row.coordinator,
    ]


def _file(content: bytes, media_type: str, today: date, kind: str) -> Response:
    name = f"queries-{today.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=media_type, headers=headers)
