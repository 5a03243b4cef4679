"""Files of the network that the office takes out, and where others come in."""

from collections.abc import Mapping
from io import BytesIO

from flask import Blueprint, abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue

from emnnet import clock
from emnnet.documents.network_cells import BY_NAME, local_key
from emnnet.documents.network_csv import network_csv, template
from emnnet.documents.network_yaml import network_yaml
from emnnet.documents.network_zip import zipped
from emnnet.extensions import db
from emnnet.selectors.network_description import describe_network
from emnnet.web.access import office, requires
from emnnet.web.network_files.forms import UploadForm
from emnnet.web.network_files.words import TABLE_WORDS

bp = Blueprint("network_files", __name__)


@bp.get("/settings/network")
@requires(office)
def index() -> ResponseReturnValue:
    """Take the network out, bring files in."""
    return index_page(UploadForm())


def index_page(form: UploadForm) -> str:
    """The page, with the form as it was sent or empty."""
    return render_template("network_files/index.html", form=form, tables=TABLE_WORDS)


@bp.get("/settings/network/<any(yaml, csv):kind>.zip")
@requires(office)
def download(kind: str) -> ResponseReturnValue:
    """The whole network of all days, contacts too, as files in a ZIP."""
    description = describe_network(db.session)
    files: Mapping[str, str | bytes]
    if kind == "yaml":
        files = network_yaml(description, _local())
    else:
        files = network_csv(description, _local())
    name = f"network-{kind}-{clock.today().isoformat()}.zip"
    return send_file(
        BytesIO(zipped(files)),
        mimetype="application/zip",
        as_attachment=True,
        download_name=name,
    )


@bp.get("/settings/network/empty/<name>.csv")
@requires(office)
def empty_table(name: str) -> ResponseReturnValue:
    """A table with its heads, to be filled in a spreadsheet."""
    if name not in BY_NAME:
        abort(404)
    return send_file(
        BytesIO(template(name, _local())),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{name}.csv",
    )


def _local() -> str:
    """What the files of this office's country call its language."""
    return local_key(str(current_app.config["OFFICE_COUNTRY"]))
