"""The wizard of reorganisations: choose, details, preview, done."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError, StaleVersion
from emnnet.domain.messages import _n
from emnnet.domain.reorganisation import Plan, Reform
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.selectors.keeping import (
    bodies_to_choose,
    find_institution,
    sources_to_choose,
)
from emnnet.selectors.network_history import ActLine, name_book
from emnnet.services.following import open_assignments
from emnnet.services.network_edits import basis_of
from emnnet.services.reorganisation import Done, reorganise
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.keeping.blueprint import bp
from emnnet.web.keeping.forms import Offered
from emnnet.web.keeping.present import ActView, act_view
from emnnet.web.keeping.reorganisation_form import (
    FIELDS,
    HEIR_LABELS,
    REFORM_HINTS,
    REFORM_WORDS,
    ReorganisationForm,
)
from emnnet.web.keeping.sharing import (
    ShareGroup,
    chosen_shares,
    share_groups,
    shares_mark,
)
from emnnet.web.messages import translated

OVERTAKEN = _n(
    "Something has changed since the preview was made. Look at it again, then confirm."
)
OTHER_CHOICE = _n(
    "You have changed who gets what. This is the preview with your choice: look at it, "
    "then confirm."
)


@dataclass(frozen=True)
class MovedLine:
    """A query that moves, waits for the day, or stays with its old body."""

    reference: str
    title: str
    query_id: int
    body: str  # from which
    now_with: str = ""


@dataclass(frozen=True)
class Preview:
    """What would happen: rows, queries that move at once or later, those that stay."""

    view: ActView
    moved: tuple[MovedLine, ...]
    later: tuple[MovedLine, ...]
    stayed: tuple[MovedLine, ...]
    stranded: tuple[MovedLine, ...]  # open with a body that ends, nobody takes over
    groups: tuple[ShareGroup, ...] = ()  # of a split: who gets what


@bp.get("/reorganise")
@requires(coordinators)
def reorganise_start() -> ResponseReturnValue:
    """Choose what happens to which body, then the details (`?body=vsat&reform=end`)."""
    form = ReorganisationForm(formdata=None)
    _offer(form)
    body = find_institution(db.session, request.args.get("body", ""))
    form.body.data = str(body.id) if body else request.args.get("body", "")
    form.reform.data = request.args.get("reform", "")
    chosen = form.reform.data in REFORM_WORDS and any(
        one.value == form.body.data for one in form.body.choices or []
    )
    return _page(form, step="details" if chosen else "choose")


@bp.post("/reorganise/details")
@requires(coordinators)
def change_details() -> ResponseReturnValue:
    """Back from the preview: the details as they were typed. Changes nothing."""
    form = ReorganisationForm()
    _offer(form)
    return _page(form)


@bp.post("/reorganise/preview")
@requires(coordinators)
def preview_reorganisation() -> ResponseReturnValue:
    """What would change and what would move; nothing is kept."""
    form = ReorganisationForm()
    _offer(form)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        made = _previewed(form)
    except DomainError as error:
        return _refused(form, error)
    return _page(form, step="preview", made=made)


@bp.post("/reorganise")
@requires(coordinators)
def do_reorganise() -> ResponseReturnValue:
    """Do what the preview showed, all of it or nothing."""
    form = ReorganisationForm()
    _offer(form)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with committing() as session:
            plan = _plan(form, _groups(session, form))
            done = _done(session, plan, form.why.data or "")
            _check_seen(form.seen.data or "", _seen(done, plan))
            act_id = done.act.id
    except StaleVersion as error:
        return _again(form, error)
    except DomainError as error:
        return _refused(form, error)
    flash(_("The reorganisation is entered. Here it can be undone."), "done")
    return redirect(url_for(".act", act_id=act_id), HTTPStatus.SEE_OTHER)


def _check_seen(seen: str, now: str) -> None:
    if seen == now:
        return
    is_same_choice = seen.partition("-")[2] == now.partition("-")[2]
    raise StaleVersion(OVERTAKEN if is_same_choice else OTHER_CHOICE)


def _seen(done: Done, plan: Plan) -> str:
    """What the preview found, and who was to get what."""
    return f"{basis_of(done.act)}-{shares_mark(plan.shares)}"


def _groups(session: Session, form: ReorganisationForm) -> list[ShareGroup]:
    """What there is to choose of: only a split leaves a choice."""
    plan = form.plan()
    if plan.reform is not Reform.SPLIT:
        return []
    contacts = plan.takes_contacts
    return share_groups(session, plan.bodies[0], plan.last_day, contacts=contacts)


def _plan(form: ReorganisationForm, groups: list[ShareGroup]) -> Plan:
    plan = form.plan()
    heirs = len(plan.heirs) + len(plan.founded)
    return replace(plan, shares=chosen_shares(groups, heirs)) if groups else plan


def _done(session: Session, plan: Plan, why: str) -> Done:
    return reorganise(session, plan, why=why, by=acting(), now=clock.now())


def _previewed(form: ReorganisationForm) -> Preview:
    """Do it, look, and take it back: the preview is what would be done."""
    session = db.session
    try:
        groups = _groups(session, form)
        plan = _plan(form, groups)
        asked = [one for id_ in plan.bodies for one in open_assignments(session, id_)]
        before = {one.id: one.institution.short for one in asked}
        done = _done(session, plan, form.why.data or "")
        form.seen.data = _seen(done, plan)
        return replace(_preview(done, plan, asked, before), groups=tuple(groups))
    finally:
        session.rollback()


def _preview(
    done: Done, plan: Plan, asked: list[Assignment], before: dict[int, str]
) -> Preview:
    waiting = plan.cutover_on > clock.today()
    ends_alone = plan.reform is Reform.END and not plan.heirs
    changes = tuple(done.act.changes)
    line = ActLine(done.act, changes, len(changes), is_undone=False)
    later = waiting and done.reorganisation.plan["heir"]
    return Preview(
        act_view(line, name_book(db.session, str(get_locale()))),
        _lines(done.followed.moved, before),
        _lines(asked, before) if later else (),
        _lines(done.followed.stayed, before),
        _lines(asked, before) if ends_alone else (),
    )


def _lines(
    found: list[Assignment] | tuple[Assignment, ...], bodies: dict[int, str]
) -> tuple[MovedLine, ...]:
    return tuple(
        MovedLine(
            one.query.reference,
            one.query.title,
            one.query_id,
            bodies.get(one.id, ""),
            one.institution.short,
        )
        for one in found
    )


def _again(form: ReorganisationForm, error: DomainError) -> ResponseReturnValue:
    """The preview anew, because something changed meanwhile."""
    db.session.rollback()
    form.form_errors.append(translated(error))
    made = _previewed(form)
    return _page(form, step="preview", made=made), HTTPStatus.CONFLICT


def _refused(form: ReorganisationForm, error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    form.form_errors.append(translated(error))
    return _page(form), HTTPStatus.CONFLICT


def _offer(form: ReorganisationForm) -> None:
    bodies, sources = bodies_to_choose(db.session), sources_to_choose(db.session)
    form.offer(Offered(bodies=bodies, sources=sources))


def _page(
    form: ReorganisationForm, step: str = "details", made: Preview | None = None
) -> str:
    names = {one.value: one.label for one in form.body.choices or []}
    label = HEIR_LABELS.get(form.kind)
    if label is not None:
        form.heir.label.text = str(label)
    return render_template(
        "keeping/reorganise.html",
        form=form,
        step=step,
        made=made,
        body_name=names.get(form.body.data or "", ""),
        said=REFORM_WORDS[form.kind],
        hint=REFORM_HINTS[form.kind],
        shown=FIELDS[form.kind],
        words=REFORM_WORDS,
        hints=REFORM_HINTS,
        heirs=form.heir_names if made and made.groups else [],
    )
