"""The form beside the original; registering what it says."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.extensions import db
from emnnet.files.store import FileMissing, read
from emnnet.models.intake import Intake
from emnnet.selectors.duplicates import Duplicate, find_duplicates
from emnnet.selectors.form_choices import FormChoices, form_choices
from emnnet.services.intake_reading import from_json
from emnnet.services.queries import register_query
from emnnet.transaction import committing
from emnnet.web.access import coordinators, office, requires
from emnnet.web.file_room import files_folder
from emnnet.web.identity import acting
from emnnet.web.intakes.blueprint import bp, the_intake
from emnnet.web.intakes.present import country_rows, form_data, reading
from emnnet.web.messages import translated
from emnnet.web.queries.forms import QueryForm
from emnnet.web.queries.question_list import rearranged


@bp.get("/<int:intake_id>")
@requires(coordinators)
def show(intake_id: int) -> ResponseReturnValue:
    """What was read, as a form beside the original; registered ones lead on."""
    intake = the_intake(db.session, intake_id)
    if intake.query_id is not None:
        return redirect(url_for("queries.show", query_id=intake.query_id), 303)
    choices = form_choices(db.session)
    read = from_json(intake.reading)
    form = QueryForm(formdata=None, data=form_data(read, choices.themes))
    form.coordinator_id.data = str(current_user.user_id)
    return _page(intake, form, choices)


@bp.post("/<int:intake_id>")
@requires(coordinators)
def register(intake_id: int) -> ResponseReturnValue:
    """Register it; pressed twice, it is registered once."""
    form, intake = QueryForm(), the_intake(db.session, intake_id)
    choices = form_choices(db.session)
    form.offer(choices)
    place = rearranged(form, request.form)
    if place is not None:
        return _page(intake, form, choices, focus=place)
    if not form.validate():
        return _page(intake, form, choices), 422
    if _new_duplicates(form):
        return _page(intake, form, choices), 409
    try:
        query_id = _registered(intake_id, form)
    except DomainError as error:
        form.form_errors.append(translated(error))
        return _page(the_intake(db.session, intake_id), form, choices), 422
    flash(_("Registered. Next: decide who answers."), "done")
    return redirect(url_for("queries.show", query_id=query_id), 303)


@bp.get("/<int:intake_id>/original")
@requires(office)
def original(intake_id: int) -> ResponseReturnValue:
    """What arrived, with the marks of what was read from it."""
    intake = the_intake(db.session, intake_id)
    view = reading(intake, [])
    return render_template("intakes/original.html", view=view)


@bp.get("/<int:intake_id>/file")
@requires(office)
def file(intake_id: int) -> ResponseReturnValue:
    """The very file that arrived, to be saved, never to be opened here."""
    intake = the_intake(db.session, intake_id)
    if intake.stored_file is None:
        abort(404)
    try:
        content = read(files_folder(), intake.stored_file.sha256)
    except FileMissing:
        abort(404)
    reply = Response(content, content_type="application/octet-stream")
    reply.headers.set("Content-Disposition", "attachment", filename=_safe(intake))
    return reply


def _registered(intake_id: int, form: QueryForm) -> int:
    with committing() as session:
        intake = the_intake(session, intake_id, to_register=True)
        if intake.query_id is not None:
            return intake.query_id
        rows = country_rows(from_json(intake.reading))
        query = register_query(
            session, form.draft(rows=rows), by=acting(), now=clock.now(), intake=intake
        )
        return query.id


def _duplicates(form: QueryForm) -> list[Duplicate]:
    return find_duplicates(
        db.session,
        form.title.data or "",
        (form.requester_code.data or "").upper() or None,
        form.launched_on.data,
    )


def _new_duplicates(form: QueryForm) -> bool:
    """Is there one that was not shown with the form before?"""
    seen = set((form.seen_duplicates.data or "").split(","))
    return any(str(each.query_id) not in seen for each in _duplicates(form))


def _page(
    intake: Intake, form: QueryForm, choices: FormChoices, *, focus: int | None = None
) -> str:
    form.offer(choices)
    duplicates = _duplicates(form)
    seen = ",".join(str(each.query_id) for each in duplicates)
    form.seen_duplicates.data, form.seen_duplicates.raw_data = seen, None
    return render_template(
        "intakes/show.html",
        view=reading(intake, choices.themes),
        form=form,
        duplicates=duplicates,
        focus=focus,
    )


def _safe(intake: Intake) -> str:
    """The name it came with, without what a header or a folder would stumble over."""
    name = intake.file_name or "document"
    return "".join(sign for sign in name if sign.isprintable() and sign not in '\\/"')
