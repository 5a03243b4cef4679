"""The national network, for everybody: a drawing, a table of the same, its files."""

from datetime import date
from http import HTTPStatus
from io import BytesIO

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError, StaleVersion
from emnnet.domain.network import Sector
from emnnet.domain.network_check import composition
from emnnet.domain.real_work import WorkFilter, WorkKind
from emnnet.extensions import db
from emnnet.files.names import safe_name
from emnnet.graphs.network_parts import ASKED_BY, COUNTRY
from emnnet.selectors.asking_countries import country_queries
from emnnet.selectors.layouts import Places
from emnnet.selectors.network_bodies import names_by_slug
from emnnet.selectors.real_work import PER_PAGE, TiedQuery, tied_queries
from emnnet.services.layouts import reset_layout, save_layout
from emnnet.transaction import committing
from emnnet.web.access import coordinators, public, requires
from emnnet.web.as_of import plain_day
from emnnet.web.figures import with_figures
from emnnet.web.identity import acting, viewing
from emnnet.web.messages import spoken, translated
from emnnet.web.network import files
from emnnet.web.network.forms import NetworkForm
from emnnet.web.network.present import legend, packed
from emnnet.web.network.saving import read_places
from emnnet.web.network.summary import last_change, summary
from emnnet.web.network.twin import twin
from emnnet.web.network.view import Data, View, country_names, network_view
from emnnet.web.network.words import kind_words
from emnnet.web.network_words import MEMBERSHIP_WORDS

bp = Blueprint("network", __name__)
MOST_PAGES = 10_000


@bp.get("/network")
@public
def show() -> ResponseReturnValue:
    """Partners and National Contact Point with their ties, as of a day."""
    view = _view()
    return _page(view, view.data()), 422 if view.form.errors else 200


@bp.get("/network.<ending>")
@public
def export(ending: str) -> ResponseReturnValue:
    """The same as a file: svg, html, graphml, or csv of bodies or ties."""
    if ending not in files.WRITERS:
        abort(404)
    view = _view()
    written = files.write(view, ending, ties=request.args.get("what") == "ties")
    if written is None:  # the page says why, and shows the table
        return redirect(url_for("network.show", **view.form.address), 303)
    return send_file(
        BytesIO(written.content),
        mimetype=written.media_type,
        as_attachment=True,
        download_name=safe_name(written.name),
    )


@bp.get("/network/queries")
@public
def queries() -> ResponseReturnValue:
    """Exactly the queries that one tie from real work, or to a country, counts."""
    tie = _tie()
    form = NetworkForm(request.args)
    form.read()
    page = min(max(request.args.get("page", 1, int), 1), MOST_PAGES)
    rows = _behind(tie, form.work_filter, page)
    total = rows[0].total if rows else 0
    language = str(get_locale())
    return render_template(
        "network/queries.html",
        rows=rows,
        total=total,
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
        form=form,
        names=_ends(tie, form.day, language),
        tie=tie,
        to_country=tie[0] == ASKED_BY,
        words=kind_words(tie[0]),
        language=language,
        asked=request.args.to_dict(),
    )


@bp.post("/network/layout")
@requires(coordinators)
def save() -> ResponseReturnValue:
    """Keep the places somebody arranged, for all who open this view."""
    view = _view()
    places: Places = {}
    try:
        known = {node.slug for node in view.base.nodes}
        places = read_places(request.form.get("places", ""), known)
        with committing() as session:
            save_layout(
                session,
                view.form.hand_view,
                {**(view.stored.by_hand or {}), **places},
                seen=request.form.get("version", -1, int),
                by=acting(),
                now=clock.now(),
            )
    except DomainError as error:
        flash(translated(error), "error")
        return _refused(view, places, isinstance(error, StaleVersion))
    flash(_("The layout is saved: everybody sees it so."), "done")
    return redirect(url_for("network.show", **view.form.address), 303)


@bp.post("/network/layout/reset")
@requires(coordinators)
def reset() -> ResponseReturnValue:
    """Back to the computed places."""
    form = _view().form
    with committing() as session:
        was_there = reset_layout(session, form.hand_view)
    if was_there:
        flash(_("The layout is computed again."), "done")
    return redirect(url_for("network.show", **form.address), 303)


def _refused(view: View, places: Places, stale: bool) -> ResponseReturnValue:
    """The page again; what somebody arranged is still drawn."""
    status = HTTPStatus.CONFLICT if stale else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(view, view.data(places)), status


TieAsked = tuple[WorkKind | str, str, str]


def _tie() -> TieAsked:
    asked = request.args
    first, second = asked.get("first", ""), asked.get("second", "")
    if asked.get("kind") == ASKED_BY:
        return ASKED_BY, first, second.removeprefix(f"{COUNTRY}:")
    if asked.get("kind") not in set(WorkKind):
        abort(404)
    return WorkKind(asked["kind"]), first, second


def _behind(tie: TieAsked, wanted: WorkFilter, page: int) -> list[TiedQuery]:
    kind, *ends = tie
    if isinstance(kind, WorkKind):
        between = kind, ends[0], ends[1]
        return tied_queries(db.session, viewing(), between, wanted, page=page)
    country = ends[0], ends[1]
    return country_queries(db.session, viewing(), country, wanted, page=page)


def _ends(tie: TieAsked, day: date, language: str) -> dict[str, str]:
    """The names of both ends, of that day; what is unknown keeps its slug."""
    kind, first, second = tie
    known = names_by_slug(db.session, {first, second}, day)
    names = {slug: given.full(language) for slug, given in known.items()}
    if kind == ASKED_BY:
        names[second] = country_names(language).get(second, second)
    return {first: first, second: second} | names


def _view() -> View:
    form = NetworkForm(request.args)
    form.read()
    return network_view(form, str(get_locale()), viewing())


def _page(view: View, data: Data | None) -> str:
    shown = view.shown
    partners = [body for body in view.picture.bodies if body.is_partner]
    return render_template(
        "network/show.html",
        form=view.form,
        view=view,
        language=view.language,
        picture=view.picture,
        data=packed(data) if data else None,
        twin=twin(view),
        told=summary(view),
        last_change=last_change(view),
        plain_day=plain_day,
        sectors=[s for s in Sector if s in {node.sector for node in shown.nodes}],
        kinds=legend(shown),
        sentence=with_figures(
            spoken(composition(body.sector for body in partners).sentence)
        ),
        partners=partners,
        membership_words=MEMBERSHIP_WORDS,
        endings=files.WRITERS,
    )
