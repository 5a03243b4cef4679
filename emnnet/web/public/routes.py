"""Published queries: a list, a page each, their files: all by audience PUBLIC."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from emnnet.domain.audience import CLOSED_SENTENCE, Audience
from emnnet.domain.disclaimer import DISCLAIMER
from emnnet.extensions import db
from emnnet.files.store import read
from emnnet.models.attachment import Attachment
from emnnet.models.query import Query
from emnnet.models.theme import Theme
from emnnet.selectors.published import (
    as_published,
    find_public_annex,
    find_reference,
    public_annexes,
)
from emnnet.selectors.published_list import PER_PAGE, PublishedRow, Wanted, published
from emnnet.selectors.search import search as search_for
from emnnet.web.access import public
from emnnet.web.identity import viewing
from emnnet.web.public.feeds import as_atom, as_json, row_json

bp = Blueprint("public", __name__)
MOST_PAGES = 10_000
FILTERS = ("q", "theme", "requester", "year")


@bp.context_processor
def form_texts() -> dict[str, str]:
    """The texts of the form that every query page prints."""
    return {"closed_sentence": CLOSED_SENTENCE, "disclaimer": DISCLAIMER.text}


@bp.get("/queries")
@public
def index() -> ResponseReturnValue:
    """The list, narrowed by theme, requester and year."""
    wanted, page = _wanted(), _page()
    rows = published(db.session, wanted, page=page)
    themes = db.session.execute(
        select(Theme.slug, Theme.name_en, Theme.name_lt).order_by(Theme.position)
    ).all()
    return render_template(
        "public/index.html",
        rows=rows,
        wanted=wanted,
        themes=themes,
        page=page,
        pages=_pages(rows[0].total if rows else 0),
        address=_address("public.index"),
    )


@bp.get("/queries.json")
@public
def index_json() -> ResponseReturnValue:
    """The same list for machines."""
    rows = published(db.session, _wanted(), page=_page())
    return {"queries": [row_json(row) for row in rows], "total": _total(rows)}


@bp.get("/queries/feed.atom")
@public
def feed() -> ResponseReturnValue:
    """What was published last, as a feed."""
    rows = published(db.session, Wanted())
    return Response(as_atom(rows), mimetype="application/atom+xml")


@bp.get("/queries/<reference>")
@public
def show(reference: str) -> ResponseReturnValue:
    """One query. A closed answer keeps its row with the fixed sentence."""
    query = _public_query(reference)
    found = as_published(db.session, query, Audience.PUBLIC)
    return render_template("public/show.html", query=found)


@bp.get("/queries/<reference>.json")
@public
def show_json(reference: str) -> ResponseReturnValue:
    """The same page for machines."""
    query = _public_query(reference)
    return as_json(as_published(db.session, query, Audience.PUBLIC))


@bp.get("/queries/<reference>/annexes/<int:attachment_id>")
@public
def annex(reference: str, attachment_id: int) -> ResponseReturnValue:
    """A published file."""
    query = _public_query(reference)
    attachment = find_public_annex(db.session, query, attachment_id)
    if attachment is None:
        abort(404)
    return send_file(
        io.BytesIO(_bytes(attachment)),
        mimetype=attachment.stored_file.media_type,
        as_attachment=True,
        download_name=attachment.safe_name,
    )


@bp.get("/queries/<reference>/annexes.zip")
@public
def annexes(reference: str) -> ResponseReturnValue:
    """All published files in one."""
    query = _public_query(reference)
    found = public_annexes(db.session, query)
    if not found:
        abort(404)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for attachment in found:
            archive.writestr(
                f"{attachment.id}-{attachment.safe_name}", _bytes(attachment)
            )
    packed.seek(0)
    name = f"{query.reference}-annexes.zip"
    return send_file(packed, as_attachment=True, download_name=name)


@bp.get("/search")
@public
def search() -> ResponseReturnValue:
    """Every search box leads here; each reader finds what is open to them."""
    wanted, page = request.args.get("q", "").strip(), _page()
    found = search_for(db.session, wanted, viewing(), page=page)
    return render_template(
        "public/search.html",
        wanted=wanted,
        found=found,
        page=page,
        pages=_pages(found.total),
        address=_address("public.search"),
        audience=viewing(),
    )


def _public_query(reference: str) -> Query:
    """The query if visitors may read it; once taken back it says so and no more."""
    query = find_reference(db.session, reference)
    if query is None or query.published_at is None or query.deleted_at is not None:
        abort(404)
    if not query.is_public:
        page = render_template(
            "public/withdrawn.html",
            reference=query.reference,
            unpublished_at=query.unpublished_at,
        )
        abort(make_response(page, 410))
    return query


def _bytes(attachment: Attachment) -> bytes:
    folder = Path(current_app.instance_path, current_app.config["FILES_FOLDER"])
    return read(folder, attachment.stored_file.sha256)


def _wanted() -> Wanted:
    year = request.args.get("year", "")
    plausible = year.isdecimal() and len(year) == 4 and int(year) >= 1000
    return Wanted(
        theme=request.args.get("theme") or None,
        requester=request.args.get("requester") or None,
        year=int(year) if plausible else None,
    )


def _page() -> int:
    page = request.args.get("page", "1")
    known = page.isdecimal() and len(page) < 6
    return min(max(int(page), 1), MOST_PAGES) if known else 1


def _pages(total: int) -> int:
    return max(1, -(-total // PER_PAGE))


def _total(rows: list[PublishedRow]) -> int:
    return rows[0].total if rows else 0


def _address(endpoint: str) -> Callable[[int], str]:
    """Page number to address, with what the visitor asked for."""
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return lambda page: f"{url_for(endpoint)}?{urlencode({**kept, 'page': page})}"
