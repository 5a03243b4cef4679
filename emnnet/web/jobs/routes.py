"""The log of jobs: who works, what ran last, what runs next, what went wrong."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.extensions import db
from emnnet.selectors.job_runs import job_log
from emnnet.web.access import office, requires
from emnnet.web.jobs.present import jobs_page

bp = Blueprint("jobs", __name__, url_prefix="/settings/jobs")


@bp.get("")
@requires(office)
def index() -> ResponseReturnValue:
    """All jobs of the timetable, the processes, and the latest runs."""
    job = request.args.get("job", "")
    shown = jobs_page(job_log(db.session, job), job=job, now=clock.now())
    return render_template("jobs/index.html", page=shown)
