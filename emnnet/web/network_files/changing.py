"""Bringing files in: first what they would change, then the change."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.network_check import NetworkProblems
from emnnet.extensions import db
from emnnet.selectors.network_plan import plan_of
from emnnet.services.network import PlanChanged, load_network
from emnnet.services.network_rows import Outcome
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import translated
from emnnet.web.network_files.forms import LoadForm, UploadForm
from emnnet.web.network_files.keeping import Files, keep_upload, kept_upload, said_by
from emnnet.web.network_files.present import outlined, problem_lines
from emnnet.web.network_files.routes import bp, index_page


@bp.post("/settings/network/check")
@requires(coordinators)
def check() -> ResponseReturnValue:
    """What the files would change; nothing is changed."""
    form = UploadForm()
    if not form.validate_on_submit():
        return index_page(form), 422
    with committing() as session:
        digest, files = keep_upload(session, form.chosen)
    return _preview(digest, files, LoadForm(formdata=None))


@bp.post("/settings/network/load")
@requires(coordinators)
def load() -> ResponseReturnValue:
    """Do what the preview showed, in one transaction."""
    form = LoadForm()
    digest = form.file.data or ""
    try:
        files = kept_upload(digest)
    except DomainError as error:
        flash(translated(error), "error")
        return redirect(url_for(".index"), 303)
    if not form.validate_on_submit():
        return _preview(digest, files, form)
    try:
        with committing() as session:
            report = load_network(
                session,
                said_by(session, files),
                by=acting(),
                now=clock.now(),
                why=form.why.data or "",
                looked_at=form.seen.data,
            )
    except PlanChanged as error:
        flash(translated(error), "warning")
        return _preview(digest, files, form)
    except NetworkProblems as error:
        return _refused(error)
    counts = report.counts_in_all
    done = counts.total() - counts[Outcome.UNCHANGED]
    text = ngettext("%(num)d row is loaded.", "%(num)d rows are loaded.", done)
    flash(f"{text} {_('It stands in the history of the network.')}", "done")
    return redirect(url_for(".index"), 303)


def _preview(digest: str, files: Files, form: LoadForm) -> ResponseReturnValue:
    try:
        plan = plan_of(db.session, said_by(db.session, files))
    except NetworkProblems as error:
        return _refused(error)
    form.file.data, form.seen.data = digest, plan.fingerprint
    page = render_template(
        "network_files/preview.html",
        form=form,
        plan=outlined(plan),
        names=[name for name, _data in files],
    )
    return page, 422 if form.errors else 200


def _refused(error: NetworkProblems) -> ResponseReturnValue:
    page = render_template(
        "network_files/refused.html",
        said=translated(error),
        problems=problem_lines(error),
    )
    return page, 422
