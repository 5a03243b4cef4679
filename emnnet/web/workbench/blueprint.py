"""The blueprint, apart from its views: they stand in several files."""

from flask import Blueprint

bp = Blueprint(
    "workbench", __name__, url_prefix="/desk/queries/<int:query_id>/workbench"
)
