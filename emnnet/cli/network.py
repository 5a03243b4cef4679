"""`emnnet network`: the national network as data."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from emnnet import clock
from emnnet.child import ChildFailed
from emnnet.documents.network_files import read_network
from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.network_check import composition
from emnnet.domain.roles import COMMAND
from emnnet.extensions import db
from emnnet.jobs.layouts import arrange_network
from emnnet.paths import DATA
from emnnet.selectors.names import name_on
from emnnet.selectors.network import Partner, ncp_members, partners
from emnnet.services.network import load_network
from emnnet.services.network_rows import LoadReport, Outcome
from emnnet.transaction import committing

network = AppGroup("network", help="The national network: load it, show it.")


class DryRun(Exception):
    """Nothing of it is to be kept."""


@network.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
def load(folder: str | None, dry_run: bool) -> None:
    """Load the network from FOLDER, or the one that came with emnnet."""
    report = LoadReport()
    try:
        description = read_network(Path(folder) if folder else shipped())
        with committing() as session:
            report = load_network(session, description, by=COMMAND, now=clock.now())
            if dry_run:
                raise DryRun
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    except DryRun:
        click.echo("Dry run: nothing was changed.")
    else:
        _arrange()
    _print(report)


@network.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--as-of", metavar="DATE", help="The network as it was on that day.")
def show(as_json: bool, as_of: str | None) -> None:
    """Print the partners and their composition."""
    try:
        day = parse_day(as_of) if as_of else clock.today()
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    found = partners(db.session, day)
    if as_json:
        click.echo(json.dumps(_as_dict(found, day), ensure_ascii=False, indent=2))
        return
    for partner in found:
        click.echo(f"{partner.abbreviation or '-':12} {partner.sector:14}"
                   f" {partner.name_en}")  # fmt: skip
    for member in ncp_members(db.session, day):
        name = name_on(member.institution, day)
        click.echo(f"{member.kind.replace('_', ' ')}: {name}")
    click.echo(str(composition(partner.sector for partner in found).sentence))


@network.command()
def layout() -> None:
    """Place the network's nodes, so that its page opens at once."""
    _arrange()


def _arrange() -> None:
    try:
        new = arrange_network(current_app)
    except ChildFailed as error:  # the page draws it when it is asked for
        click.echo(f"The network was not laid out: {error}", err=True)
    else:
        click.echo(f"Drawings of the network laid out: {new}")


def shipped() -> Path:
    """The folder of the network that came with emnnet, for the office's country."""
    return DATA / str(current_app.config["OFFICE_COUNTRY"]).lower()


def _print(report: LoadReport) -> None:
    for change in report.changes:
        click.echo(change)
    for table, counter in report.counts.items():
        click.echo(f"{table}: {_counted(counter)}")
    click.echo(f"In all: {_counted(report.counts_in_all)}")


def _counted(counter: Counter[Outcome]) -> str:
    told = [item for item in Outcome if counter[item] or item is not Outcome.ENDED]
    return ", ".join(f"{counter[outcome]} {outcome}" for outcome in told)


def _as_dict(found: list[Partner], day: date) -> dict[str, object]:
    made = composition(partner.sector for partner in found)
    return {
        "as_of": day.isoformat(),
        "partners": [vars(partner) for partner in found],
        "total": len(found),
        "government": made.government,
        "others": made.others,
        "summary": str(made.sentence),
    }
