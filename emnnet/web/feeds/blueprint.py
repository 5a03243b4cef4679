"""The blueprint, apart from its views: they stand in several files."""

from flask import Blueprint

bp = Blueprint("feeds", __name__)
