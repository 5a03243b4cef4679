"""The calendar itself, as programs read it. Reading changes nothing."""

from hashlib import sha256

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from emnnet import clock
from emnnet.documents.feed_ics import FeedLine, feed_ics
from emnnet.domain.feed import FeedEntry
from emnnet.extensions import db
from emnnet.models.calendar_feed import CalendarFeed
from emnnet.selectors.feeds import feed_entries, find_feed
from emnnet.web.access import public
from emnnet.web.feeds.blueprint import bp
from emnnet.web.feeds.words import description, summary

LONGEST_TOKEN = 100
FRESH_SECONDS = 900


@bp.get("/feeds/<token>.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """The dates behind a private address; 304 where nothing has changed."""
    today = clock.today()
    feed = None
    if len(token) <= LONGEST_TOKEN:
        feed = find_feed(db.session, token, today)
    if feed is None:
        abort(404)
    with force_locale(_language(feed)):
        content = _written(feed, feed_entries(db.session, feed, today))
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.set_etag(sha256(content).hexdigest()[:32])
    response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = 'inline; filename="emn.ics"'
    return response.make_conditional(request)


def _written(feed: CalendarFeed, entries: list[FeedEntry]) -> bytes:
    return feed_ics(
        _("EMN dates"),
        [_line(entry) for entry in entries],
        host=current_app.config["SERVER_NAME"].partition(":")[0],
        language=_language(feed),
    )


def _line(entry: FeedEntry) -> FeedLine:
    return FeedLine(
        uid=entry.uid,
        day=entry.day,
        hour=entry.hour,
        summary=summary(entry),
        description=description(entry),
        address=_address(entry),
        state=entry.state,
        sequence=entry.sequence,
        changed_at=entry.changed_at,
    )


def _address(entry: FeedEntry) -> str:
    if entry.assignment_id is not None:
        page = "contributions.show"
        return url_for(page, assignment_id=entry.assignment_id, _external=True)
    return url_for("queries.show", query_id=entry.query_id, _external=True)


def _language(feed: CalendarFeed) -> str:
    owner = feed.contact or feed.user
    wanted = owner.language if owner is not None else "en"
    return wanted if wanted in current_app.config["LANGUAGES"] else "en"
