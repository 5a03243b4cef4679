"""The places of the network's nodes, computed before anybody opens the page."""

from flask import Flask

from emnnet import clock
from emnnet.extensions import db
from emnnet.graphs.drawings import digest, network_drawing
from emnnet.graphs.network import network_positions
from emnnet.selectors.layouts import NETWORK, find_places
from emnnet.selectors.organogram import organogram
from emnnet.services.layouts import keep_places
from emnnet.transaction import committing


def arrange_network(app: Flask) -> int:
    """Place today's network, in every language, where it is not placed yet.

    Returns how many drawings were new. Graphviz runs while no transaction is open.
    """
    new = 0
    with app.app_context():
        picture = organogram(db.session, clock.today())
        for language in app.config["LANGUAGES"]:
            for everybody in (False, True):
                drawn = network_drawing(picture, language, everybody=everybody)
                key = digest(drawn)
                known = find_places(db.session, NETWORK, key) is not None
                db.session.rollback()  # nothing stays open while Graphviz works
                if known or not drawn.nodes:
                    continue
                places = network_positions(drawn)
                with committing() as session:
                    new += keep_places(session, NETWORK, key, places, now=clock.now())
    return new
