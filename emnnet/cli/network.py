"""`emnnet network`: the national network as data."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from emnnet import clock
from emnnet.child import ChildFailed
from emnnet.documents.network_cells import local_key
from emnnet.documents.network_csv import network_csv
from emnnet.documents.network_files import read_network
from emnnet.documents.network_rdf import Shape, local_language, public_address, written
from emnnet.documents.network_start import first_files
from emnnet.documents.network_statements import statements
from emnnet.documents.network_yaml import network_yaml
from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.network_check import composition
from emnnet.domain.roles import COMMAND
from emnnet.extensions import db
from emnnet.jobs.layouts import arrange_network
from emnnet.paths import DATA
from emnnet.selectors.names import name_on
from emnnet.selectors.network import Partner, ncp_members, partners
from emnnet.selectors.network_description import describe_network
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


class Writing(StrEnum):
    """How the network is written."""

    YAML = "yaml"
    CSV = "csv"
    TURTLE = "ttl"
    JSON_LD = "jsonld"


@network.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format",
    "writing",
    type=click.Choice([item.value for item in Writing]),
    default=Writing.YAML.value,
    help="YAML can be loaded again; ttl and jsonld are linked data.",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
def save(folder: Path, writing: str, force: bool) -> None:
    """Write the whole network of all days into FOLDER."""
    description = describe_network(db.session)
    country = str(current_app.config["OFFICE_COUNTRY"])
    files: Mapping[str, str | bytes]
    if writing == Writing.YAML:
        files = network_yaml(description, local_key(country))
    elif writing == Writing.CSV:
        files = network_csv(description, local_key(country))
    else:
        local = local_language(current_app.config["LANGUAGES"])
        told = statements(description, clock.today(), local)
        address = public_address(current_app.config)
        files = {f"network.{writing}": written(told, address, Shape(writing))}
    write_files(folder, files, force=force)


@network.command()
@click.argument("country")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def init(country: str, folder: Path | None) -> None:
    """Write files for the network of another COUNTRY, to be filled in: LV, NO, EE.

    Without FOLDER they stand where the program looks for them: under its instance.
    """
    code = country.upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise click.UsageError("COUNTRY is a code of two letters, for example LV.")
    place = folder or own_folder(code)
    themes = tuple(read_network(DATA / "lt").themes)
    write_files(place, first_files(code, themes))
    click.echo(
        f'Fill them in, set OFFICE_COUNTRY = "{code}" and LANGUAGES = ["en"],'
        " then: emnnet network load"
    )


def write_files(
    folder: Path, files: Mapping[str, str | bytes], *, force: bool = False
) -> None:
    """Write them all, or none where one is there already and `force` is not said."""
    there = sorted(name for name in files if (folder / name).exists())
    if there and not force:
        text = f"{folder} has {', '.join(there)} already: choose another folder."
        raise click.ClickException(text)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
        click.echo(f"written: {folder / name}")


def own_folder(country: str) -> Path:
    """Where the files of an office's own network stand."""
    return Path(current_app.instance_path, "networks", country.lower())


def shipped() -> Path:
    """The folder of the network of the office's country: its own, or what came along.

    Raises `click.ClickException` where there is none; it says what to do.
    """
    country = str(current_app.config["OFFICE_COUNTRY"])
    for folder in (own_folder(country), DATA / country.lower()):
        if folder.is_dir():
            return folder
    raise click.ClickException(
        f"There is no network of {country} yet. emnnet network init {country} writes"
        " files to be filled in; or set OFFICE_COUNTRY."
    )


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
