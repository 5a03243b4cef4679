"""The map of public pages, for search engines."""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from emnnet.extensions import db
from emnnet.selectors.public_pages import public_institutions, public_queries
from emnnet.web.access import public
from emnnet.web.embedding.routes import bp

PAGES = (
    *("home.index", "about.show", "organogram.show", "network.show"),
    *("institutions.index", "public.index", "home.accessibility"),
)
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """Every page that anybody may read, with the day of its last change if known."""
    lines = "".join(f"<url>{_line(*page)}</url>" for page in _pages())
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="{SPACE}">{lines}'
    return Response(f"{text}</urlset>", mimetype="application/xml")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Where the map is; what stands behind a link says by itself that it is private."""
    where = url_for(".sitemap", _external=True)
    return Response(f"User-agent: *\nSitemap: {where}\n", mimetype="text/plain")


def _pages() -> Iterator[tuple[str, date | None]]:
    for endpoint in PAGES:
        yield url_for(endpoint, _external=True), None
    for slug in public_institutions(db.session):
        yield url_for("institutions.show", slug=slug, _external=True), None
    for reference, day in public_queries(db.session):
        yield url_for("public.show", reference=reference, _external=True), day


def _line(address: str, day: date | None) -> str:
    last = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<loc>{escape(address)}</loc>{last}"
