"""Sources: the list with what each backs, and the form of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.network import Aspect, MembershipKind, TieKind
from emnnet.extensions import db
from emnnet.models.source import Source
from emnnet.selectors.network_history import NameBook, name_book
from emnnet.selectors.sources import Proof, find_source, proofs, source_lines
from emnnet.services.network_edits import seen_mark
from emnnet.services.network_keeping import remove_row, save_row
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.keeping.blueprint import bp
from emnnet.web.keeping.flashes import flash_done
from emnnet.web.keeping.source_form import SourceForm
from emnnet.web.messages import translated
from emnnet.web.network_words import ASPECT_WORDS, MEMBERSHIP_WORDS, TIES_FROM


@dataclass(frozen=True)
class ProofLine:
    """A fact that a source backs, in words, and the form that changes it."""

    told: str
    url: str


@bp.get("/sources")
@requires(office)
def sources() -> ResponseReturnValue:
    """All sources, each with the facts it backs."""
    lines = source_lines(db.session)
    names = _names(db.session) if lines else NameBook()
    backed = {line.source.code: _told(line.proofs, names) for line in lines}
    return render_template("keeping/sources.html", lines=lines, backed=backed)


@bp.get("/sources/new")
@requires(coordinators)
def new_source() -> ResponseReturnValue:
    """The form of another source."""
    return _page(SourceForm(formdata=None), None)


@bp.post("/sources/new")
@requires(coordinators)
def add_source() -> ResponseReturnValue:
    """Add a source."""
    return _saved(SourceForm(), "")


@bp.get("/sources/<code>")
@requires(coordinators)
def edit_source(code: str) -> ResponseReturnValue:
    """The form of a source, and the facts it backs."""
    source = _the_source(db.session, code)
    form = SourceForm(formdata=None)
    form.fill(source)
    return _page(form, source)


@bp.post("/sources/<code>")
@requires(coordinators)
def save_source(code: str) -> ResponseReturnValue:
    """Change a source."""
    _the_source(db.session, code)
    return _saved(SourceForm(), code)


@bp.post("/sources/<code>/remove")
@requires(coordinators)
def remove_source(code: str) -> ResponseReturnValue:
    """Take a source out that backs nothing."""
    try:
        with committing() as session:
            source = _the_source(session, code)
            seen = request.form.get("seen")
            act = remove_row(session, source, by=acting(), now=clock.now(), seen=seen)
            act_id = act.id if act else None
    except DomainError as error:
        db.session.rollback()
        return _refused(SourceForm(formdata=None), code, error)
    flash_done(_("It is taken out."), act_id)
    return redirect(url_for(".sources"), HTTPStatus.SEE_OTHER)


def _saved(form: SourceForm, code: str) -> ResponseReturnValue:
    if not form.validate_on_submit():
        source = find_source(db.session, code) if code else None
        return _page(form, source), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            source = _the_source(session, code) if code else None
            saved = save_row(
                session,
                source,
                form.given(source),
                by=acting(),
                now=clock.now(),
                why=form.why.data or "",
                seen=form.seen.data or None,
            )
            act_id = saved.act.id if saved.act else None
    except DomainError as error:
        db.session.rollback()
        return _refused(form, code, error)
    flash_done(_("It is saved.") if act_id else _("Nothing was different."), act_id)
    return redirect(url_for(".sources"), HTTPStatus.SEE_OTHER)


def _refused(form: SourceForm, code: str, error: DomainError) -> ResponseReturnValue:
    source = find_source(db.session, code) if code else None
    if not form.title.data:
        form.fill(source)
    form.form_errors.append(translated(error))
    return _page(form, source), HTTPStatus.CONFLICT


def _page(form: SourceForm, source: Source | None) -> str:
    backed: list[ProofLine] = []
    if source is not None:
        del form.code
        backed = _told(proofs(db.session)[source.code], _names(db.session))
    return render_template(
        "keeping/source.html",
        form=form,
        source=source,
        backed=backed,
        seen=seen_mark(source) if source else "",
    )


def _the_source(session: Session, code: str) -> Source:
    return find_source(session, code) or abort(404)


def _names(session: Session) -> NameBook:
    return name_book(session, str(get_locale()))


def _told(found: Iterable[Proof], names: NameBook) -> list[ProofLine]:
    """The facts in words, by the body they are about."""
    lines = [
        ProofLine(
            f"{names.bodies.get(one.body, '')}: {_word(one, names)}",
            url_for(
                ".edit_row",
                slug=names.slugs[one.body],
                what=one.table,
                row_id=one.row_id,
            ),
        )
        for one in found
    ]
    return sorted(lines, key=lambda line: line.told)


def _word(one: Proof, names: NameBook) -> str:
    if one.table == "fact":
        return str(ASPECT_WORDS[Aspect(one.word)])
    if one.table == "membership":
        return str(MEMBERSHIP_WORDS[MembershipKind(one.word)])
    if one.table == "competence":
        return names.themes.get(int(one.word), "")
    return f"{TIES_FROM[TieKind(one.word)]} {names.bodies.get(one.other or 0, '')}"
