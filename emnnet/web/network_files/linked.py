"""The network as linked data, for everybody: Turtle and JSON-LD."""

from hashlib import sha256

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.documents.network_rdf import (
    MEDIA_TYPES,
    Shape,
    local_language,
    public_address,
    written,
)
from emnnet.documents.network_statements import statements
from emnnet.extensions import db
from emnnet.selectors.network_description import describe_network
from emnnet.web.access import public
from emnnet.web.network_files.routes import bp

VERSION = 1  # of the way of writing; a new one makes new files
_kept: dict[str, str] = {}
MOST_KEPT = 4


@bp.get("/network.ttl")
@public
def turtle() -> ResponseReturnValue:
    """All days, as statements in Turtle."""
    return _linked(Shape.TURTLE)


@bp.get("/network.jsonld")
@public
def json_ld() -> ResponseReturnValue:
    """All days, as statements in JSON-LD."""
    return _linked(Shape.JSON_LD)


def _linked(kind: Shape) -> Response:
    """The file; the same network and day give the same ETag."""
    today = clock.today()
    description = describe_network(db.session)
    address = public_address(current_app.config)
    key = repr((VERSION, kind, today, address, description))
    digest = sha256(key.encode()).hexdigest()
    reply = Response(mimetype=MEDIA_TYPES[kind])
    reply.set_etag(digest[:32])
    reply.headers["Cache-Control"] = "no-cache"  # kept, but asked about each time
    reply.headers["Access-Control-Allow-Origin"] = "*"  # open data, without cookies
    if request.if_none_match.contains(digest[:32]):
        reply.status_code = 304
        return reply
    if digest not in _kept:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        local = local_language(current_app.config["LANGUAGES"])
        _kept[digest] = written(statements(description, today, local), address, kind)
    reply.set_data(_kept[digest])
    return reply
