"""Where network and organogram stand, computed before anybody opens the pages."""

from pathlib import Path

from flask import Flask

from emnnet import clock
from emnnet.extensions import db
from emnnet.graphs.cache import FOLDER, DrawingCache
from emnnet.graphs.drawings import digest, drawing, network_drawing
from emnnet.graphs.network import network_positions
from emnnet.graphs.organogram import organogram_svg
from emnnet.selectors.layouts import NETWORK, find_places
from emnnet.selectors.organogram import Organogram, organogram
from emnnet.services.layouts import keep_places
from emnnet.transaction import committing

MOST = 400
"""The page of the organogram draws so many bodies without folding any."""


def arrange_network(app: Flask) -> int:
    """Place today's network and organogram, in every language, where they are not yet.

    Returns how many drawings of the network were new. Graphviz runs while no
    transaction is open. Other views are placed when they are first opened.
    """
    new = 0
    with app.app_context():
        picture = organogram(db.session, clock.today())
        db.session.rollback()  # nothing stays open while Graphviz works
        for language in app.config["LANGUAGES"]:
            _arrange_organogram(app, picture, language)
            for everybody in (False, True):
                drawn = network_drawing(picture, language, everybody=everybody)
                key = digest(drawn)
                known = find_places(db.session, NETWORK, key) is not None
                db.session.rollback()
                if known or not drawn.nodes:
                    continue
                places = network_positions(drawn)
                with committing() as session:
                    new += keep_places(session, NETWORK, key, places, now=clock.now())
    return new


def _arrange_organogram(app: Flask, picture: Organogram, language: str) -> None:
    """A very large one is folded in pages, and placed as it is asked for."""
    if 0 < len(picture.bodies) <= MOST:
        cache = DrawingCache(Path(app.instance_path) / FOLDER)
        organogram_svg(drawing(picture.usual, language), language, cache=cache)
