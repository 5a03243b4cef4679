"""The wordings of mails: a list, one wording with its versions, a preview."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.errors import DomainError, NotFound, StaleVersion
from emnnet.domain.mail_wordings import BY_SLUG, Text
from emnnet.extensions import db
from emnnet.mail.outlines import languages, shipped_text
from emnnet.selectors.mail_wordings import all_wordings, versions_of
from emnnet.selectors.preview_sources import asked_queries
from emnnet.services.mail_wordings import (
    Place,
    reset_wording,
    save_wording,
    take_back_wording,
)
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.identity import acting
from emnnet.web.mail_wordings import present, words
from emnnet.web.mail_wordings.forms import LAST_MAIL, PreviewForm, WordingForm
from emnnet.web.mail_wordings.preview import PreviewShown, preview_of

bp = Blueprint("mail_wordings", __name__, url_prefix="/settings/wordings")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """All texts, and which of them the office has worded itself."""
    texts = present.listed(all_wordings(db.session))
    return render_template("mail_wordings/index.html", texts=texts)


@bp.get("/<slug>")
@requires(office)
def show(slug: str) -> ResponseReturnValue:
    """One wording: what is sent now, to be changed."""
    return _page(_place(slug))


@bp.post("/<slug>")
@requires(coordinators)
def save(slug: str) -> ResponseReturnValue:
    """Keep it as a new version."""
    place, form = _place(slug), WordingForm()
    try:
        with committing() as session:
            save_wording(
                session,
                place,
                form.subject.data or "",
                form.body.data or "",
                seen=form.seen_number,
                by=acting(),
                now=clock.now(),
            )
    except DomainError as error:
        form.note(error)
        return _page(place, form, isinstance(error, StaleVersion)), _status(error)
    flash(_("Saved. Mails that leave from now on say this."), "done")
    return redirect(present.page_of(place.text, place.language, place.duty), 303)


@bp.post("/<slug>/reset")
@requires(coordinators)
def reset(slug: str) -> ResponseReturnValue:
    """Send the shipped text again."""
    place, form = _place(slug), WordingForm()
    try:
        with committing() as session:
            seen, by, now = form.seen_number, acting(), clock.now()
            reset_wording(session, place, seen=seen, by=by, now=now)
    except DomainError as error:
        return _refused(place, error)
    flash(_("The shipped text is sent again."), "done")
    return redirect(present.page_of(place.text, place.language, place.duty), 303)


@bp.post("/<slug>/versions/<int:number>")
@requires(coordinators)
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """An earlier version counts again."""
    place, form = _place(slug), WordingForm()
    try:
        with committing() as session:
            take_back_wording(
                session,
                place,
                number,
                seen=form.seen_number,
                by=acting(),
                now=clock.now(),
            )
    except NotFound:
        abort(HTTPStatus.NOT_FOUND)
    except DomainError as error:
        return _refused(place, error)
    flash(_("Version %(number)d is sent again.", number=number), "done")
    return redirect(present.page_of(place.text, place.language, place.duty), 303)


@bp.post("/<slug>/preview")
@requires(office)
def preview(slug: str) -> ResponseReturnValue:
    """What is typed, filled in. Keeps nothing. Without script it is a whole page."""
    place, form = _place(slug), PreviewForm()
    shown = preview_of(db.session, place, form)
    if not request.headers.get("HX-Request"):
        return _page(place, form, preview=shown)
    return render_template("mail_wordings/_preview.html", preview=shown)


def _place(slug: str) -> Place:
    """Which wording is meant; 404 for one there is not."""
    text: Text = BY_SLUG.get(slug) or abort(HTTPStatus.NOT_FOUND)
    known = languages()
    language = request.values.get("language", known[-1])
    duty = request.values.get("duty", text.duties[0])
    if language not in known or duty not in text.duties:
        abort(HTTPStatus.NOT_FOUND)
    return Place(text, language, duty)


def _refused(place: Place, error: DomainError) -> ResponseReturnValue:
    form = WordingForm(formdata=None)
    form.note(error)
    return _page(place, form, refresh=True, typed=False), _status(error)


def _status(error: DomainError) -> HTTPStatus:
    stale = isinstance(error, StaleVersion)
    return HTTPStatus.CONFLICT if stale else HTTPStatus.UNPROCESSABLE_ENTITY


def _from_the_last_mail() -> PreviewForm:
    return PreviewForm(formdata=None, source=LAST_MAIL)


def _page(
    place: Place,
    form: WordingForm | None = None,
    refresh: bool = False,
    *,
    typed: bool = True,
    preview: PreviewShown | None = None,
) -> str:
    text, language, duty = place.text, place.language, place.duty
    versions = versions_of(db.session, text, language, duty)
    shipped = shipped_text(text, language, duty)
    last = versions[0] if versions else None
    own = last is not None and not last.is_shipped
    if form is None or not typed:
        shown = form or WordingForm(formdata=None)
        shown.subject.data = last.subject if last and own else shipped.subject
        shown.body.data = last.body if last and own else shipped.body
        form, refresh = shown, True
    if refresh:
        form.seen.data = str(last.number if last else 0)
    source = form if isinstance(form, PreviewForm) else _from_the_last_mail()
    source.source.choices = [
        (LAST_MAIL, _("the last mail of this kind")),
        *((str(id_), name) for id_, name in asked_queries(db.session)),
    ]
    return render_template(
        "mail_wordings/show.html",
        place=place,
        name=words.text_name(text),
        form=form,
        source=source,
        preview=preview,
        shipped=shipped,
        is_own=own,
        language_tabs=present.language_tabs(text, language, duty),
        duty_tabs=present.duty_tabs(text, language, duty),
        placeholders=present.placeholders_of(text),
        versions=present.versions_shown(versions, shipped),
    )
