"""The national network of a day, for everybody: a drawing and a table of the same."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from emnnet.domain.network import Sector
from emnnet.domain.network_check import composition
from emnnet.extensions import db
from emnnet.graphs.drawings import digest, network_drawing
from emnnet.graphs.network import Json, network_data, network_positions
from emnnet.graphs.values import Drawing
from emnnet.selectors.layouts import NETWORK, find_places
from emnnet.selectors.organogram import organogram
from emnnet.web import drawings
from emnnet.web.access import public
from emnnet.web.as_of import AsOfForm
from emnnet.web.messages import spoken
from emnnet.web.network.present import legend, network_rows
from emnnet.web.network_words import MEMBERSHIP_WORDS

bp = Blueprint("network", __name__)


class NetworkForm(AsOfForm):
    """The day, and whether institutions outside the network are drawn too."""

    everybody = BooleanField(_l("Draw all institutions"))


@bp.get("/network")
@public
def show() -> ResponseReturnValue:
    """Partners and National Contact Point with their ties, as of a day."""
    form = NetworkForm(request.args)
    form.read()
    language = str(get_locale())
    picture = organogram(db.session, form.day)
    drawn = network_drawing(picture, language, everybody=bool(form.everybody.data))
    partners = [body for body in picture.bodies if body.is_partner]
    page = render_template(
        "network/show.html",
        form=form,
        language=language,
        picture=picture,
        data=_data(drawn, language, form.other_day),
        rows=network_rows(picture, drawn, language),
        sectors=[item for item in Sector if item in {n.sector for n in drawn.nodes}],
        kinds=legend(drawn),
        sentence=spoken(composition(body.sector for body in partners).sentence),
        partners=partners,
        membership_words=MEMBERSHIP_WORDS,
    )
    return page, 422 if form.errors else 200


def _data(drawn: Drawing, language: str, as_of: str | None) -> dict[str, Json] | None:
    """What vis-network draws; None where nobody is there, or no place was found."""
    cache = drawings.drawing_cache()
    if not drawn.nodes:
        return None
    places = find_places(db.session, NETWORK, digest(drawn))
    places = places or drawings.drawn(lambda: network_positions(drawn, cache))
    if places is None:
        return None
    address = drawings.body_address(as_of)
    return network_data(drawn, places, language, address=address, cache=cache)
