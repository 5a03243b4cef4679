"""About: the European Migration Network and this National Contact Point."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from emnnet import clock
from emnnet.domain.network_check import composition
from emnnet.extensions import db
from emnnet.selectors.organogram import organogram
from emnnet.web.access import public
from emnnet.web.figures import with_figures
from emnnet.web.messages import spoken
from emnnet.web.network_words import MEMBERSHIP_WORDS

bp = Blueprint("about", __name__)


@bp.get("/about")
@public
def show() -> ResponseReturnValue:
    """What the network is, who makes up the NCP here, and what is published."""
    picture = organogram(db.session, clock.today())
    partners = [body for body in picture.bodies if body.is_partner]
    return render_template(
        "about/show.html",
        members=[body for body in picture.bodies if body.is_ncp],
        partners=partners,
        sentence=with_figures(
            spoken(composition(body.sector for body in partners).sentence)
        ),
        membership_words=MEMBERSHIP_WORDS,
        language=str(get_locale()),
    )
