"""One body with its rows, and the form of each row."""

from http import HTTPStatus
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.documents.network_rdf import local_language
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.models.base import Base
from emnnet.models.competence import Competence
from emnnet.models.institution import FormerName, Institution, InstitutionFact
from emnnet.models.membership import Membership
from emnnet.models.tie import Tie
from emnnet.selectors.keeping import (
    choices,
    find_body_rows,
    sources_to_choose,
)
from emnnet.services.network_edits import seen_mark
from emnnet.services.network_keeping import remove_row, save_row
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.keeping.blueprint import bp, the_body
from emnnet.web.keeping.flashes import flash_done
from emnnet.web.keeping.forms import BackedForm, Offered, RowForm
from emnnet.web.keeping.row_forms import (
    FORMS,
    CompetenceForm,
    InstitutionForm,
    TieForm,
)
from emnnet.web.keeping.words import ROW_TITLES
from emnnet.web.messages import translated
from emnnet.web.network_words import (
    ASPECT_WORDS,
    LEVEL_WORDS,
    MEMBERSHIP_WORDS,
    STANDING_WORDS,
    TIES_FROM,
    TIES_TO,
)

MODELS: dict[str, type[Base]] = {
    "name": FormerName,
    "fact": InstitutionFact,
    "tie": Tie,
    "membership": Membership,
    "competence": Competence,
}


@bp.get("/<slug>")
@requires(coordinators)
def body(slug: str) -> ResponseReturnValue:
    """All rows about one body, each with its form."""
    rows = find_body_rows(db.session, slug) or abort(404)
    sources = sources_to_choose(db.session)
    return render_template(
        "keeping/body.html",
        rows=rows,
        body=rows.body,
        aspect_words=ASPECT_WORDS,
        level_words=LEVEL_WORDS,
        membership_words=MEMBERSHIP_WORDS,
        standing_words=STANDING_WORDS,
        ties_from=TIES_FROM,
        ties_to=TIES_TO,
        local=local_language(current_app.config["LANGUAGES"]),
        titles={one.code: one.title or one.code for one in sources},
    )


@bp.get("/new")
@requires(coordinators)
def new_body() -> ResponseReturnValue:
    """The form of another body."""
    return _form_page(InstitutionForm(formdata=None), None, "institution")


@bp.post("/new")
@requires(coordinators)
def add_body() -> ResponseReturnValue:
    """Add a body."""
    return _saved(InstitutionForm(), None, "institution", None)


@bp.get("/<slug>/institution")
@requires(coordinators)
def edit_body(slug: str) -> ResponseReturnValue:
    """The form of a body."""
    found = the_body(db.session, slug)
    form = InstitutionForm(formdata=None)
    form.fill(found)
    return _form_page(form, found, "institution")


@bp.post("/<slug>/institution")
@requires(coordinators)
def save_body(slug: str) -> ResponseReturnValue:
    """Change a body."""
    found = the_body(db.session, slug)
    return _saved(InstitutionForm(), found, "institution", found)


@bp.get("/<slug>/<what>/<int:row_id>")
@requires(coordinators)
def edit_row(slug: str, what: str, row_id: int) -> ResponseReturnValue:
    """The form of one row; number 0 is a new one."""
    found = the_body(db.session, slug)
    row = _row(db.session, found, what, row_id)
    form = _form_of(what)(formdata=None)
    form.fill(row)
    if isinstance(form, TieForm) and isinstance(row, Tie):
        form.turn(row, found)
    for name in ("tie", "theme_id", "aspect"):
        if row is None and name in form and name in request.args:
            form[name].data = request.args[name]
    return _form_page(form, found, what, row)


@bp.post("/<slug>/<what>/<int:row_id>")
@requires(coordinators)
def save(slug: str, what: str, row_id: int) -> ResponseReturnValue:
    """Add or change one row."""
    found = the_body(db.session, slug)
    row = _row(db.session, found, what, row_id)
    return _saved(_form_of(what)(), found, what, row)


@bp.post("/<slug>/<what>/<int:row_id>/remove")
@requires(coordinators)
def remove(slug: str, what: str, row_id: int) -> ResponseReturnValue:
    """Take a row out that never was true."""
    with committing() as session:
        found = the_body(session, slug)
        row = _row(session, found, what, row_id) or abort(404)
        seen = request.form.get("seen")
        act = remove_row(session, row, by=acting(), now=clock.now(), seen=seen)
        act_id = act.id if act else None
    flash_done(_("It is taken out."), act_id)
    return redirect(url_for(".body", slug=slug), HTTPStatus.SEE_OTHER)


def _form_of(what: str) -> type[RowForm]:
    return FORMS.get(what) or abort(404)


def _row(session: Session, body: Institution, what: str, row_id: int) -> Base | None:
    """A row of that body; none for number 0."""
    kind = MODELS.get(what) or abort(404)
    if row_id == 0:
        return None
    row: Any = session.get(kind, row_id) or abort(404)
    ends = (
        {row.from_institution_id, row.to_institution_id}
        if isinstance(row, Tie)
        else {row.institution_id}
    )
    if body.id not in ends:
        abort(404)
    kept: Base = row
    return kept


def _saved(
    form: Any, body: Institution | None, what: str, row: Base | None
) -> ResponseReturnValue:
    _offer(form)
    if not form.validate_on_submit():
        return _form_page(form, body, what, row), HTTPStatus.UNPROCESSABLE_ENTITY
    slug, number = body.slug if body else "", getattr(row, "id", 0)
    try:
        with committing() as session:
            found, kept = _target(session, slug, what, number)
            saved = save_row(
                session,
                kept,
                form.given(found),
                by=acting(),
                now=clock.now(),
                why=form.why.data or "",
                seen=form.seen.data or None,
                source=form.new_source(),
            )
            act_id = saved.act.id if saved.act else None
            slug = str(getattr(saved.row, "slug", slug))
    except DomainError as error:
        db.session.rollback()
        form.form_errors.append(translated(error))
        again, stands = _target(db.session, slug, what, number)
        return _form_page(form, again, what, stands), HTTPStatus.CONFLICT
    flash_done(_("It is saved.") if act_id else _("Nothing was different."), act_id)
    return redirect(url_for(".body", slug=slug), HTTPStatus.SEE_OTHER)


def _target(
    session: Session, slug: str, what: str, number: int
) -> tuple[Institution | None, Base | None]:
    """The body of a form and the row it changes, read anew; none for new ones."""
    found = the_body(session, slug) if slug else None
    if found is None or what == "institution":
        return found, found
    return found, _row(session, found, what, number)


def _offer(form: RowForm) -> None:
    """Read what the form lets choose from, once."""
    if form.is_offered:
        return
    form.is_offered = True
    found = choices(
        db.session,
        bodies=isinstance(form, TieForm),
        sources=isinstance(form, BackedForm),
        themes=isinstance(form, CompetenceForm),
    )
    form.offer(Offered(found.bodies, found.sources, found.themes))


def _form_page(
    form: RowForm, body: Institution | None, what: str, row: Base | None = None
) -> str:
    _offer(form)
    return render_template(
        "keeping/row.html",
        form=form,
        body=body,
        what=what,
        row=row,
        title=ROW_TITLES[what],
        is_overtaken=row is not None and form.seen.data not in {"", seen_mark(row)},
    )
