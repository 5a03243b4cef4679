"""The shipped network is loaded once, and as often as you like."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.paths import DATA
from emnnet.selectors.network import partners


@pytest.fixture
def command(app):
    """`command("network", "load")` is what a person types."""

    def run(*words: str):
        return app.test_cli_runner().invoke(args=list(words))

    return run


def test_network_is_loaded_and_loading_again_changes_nothing(command, session):
    first, second = command("network", "load"), command("network", "load")

    assert (first.exit_code, second.exit_code) == (0, 0)
    made = first.output.splitlines()[-1].split()[2]
    last = second.output.splitlines()[-1]
    assert last == f"In all: 0 created, 0 changed, {made} unchanged"
    assert session.scalar(select(func.count()).select_from(Institution)) == 36


def test_network_has_17_partners_12_of_them_of_government(command):
    command("network", "load")
    shown = command("network", "show").output.splitlines()
    assert shown[-1] == "17 partners: 12 government (70.6 %), 5 others (29.4 %)"


def test_network_is_shown_as_of_a_day(command):
    command("network", "load")
    shown = command("network", "show", "--as-of", "2008-01-01").output.splitlines()
    assert shown[-1].startswith("0 partners")


def test_dry_run_tells_and_changes_nothing(command, session):
    told = command("network", "load", "--dry-run").output
    assert "Dry run: nothing was changed." in told
    assert "institution: 36 created" in told
    assert session.scalars(select(Institution)).all() == []


def test_changed_row_is_reported_by_name(command, session, tmp_path):
    command("network", "load")
    folder = _copy(tmp_path)
    _replace(folder / "institutions.yaml", 'abbreviation: "LRS"', 'abbreviation: "S"')

    told = command("network", "load", str(folder)).output

    assert "changed: institution seimas (abbreviation)" in told
    row = session.scalar(select(Institution).where(Institution.slug == "seimas"))
    assert row.abbreviation == "S"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("ties.yaml", 'from: "md", to: "vrm"', 'from: "md", to: "nowhere"', "nowhere"),
        ("ties.yaml", 'from: "vrm", to: "government"', 'from: "vrm", to: "md"', "md"),
        ("institutions.yaml", 'id: "government"', 'id: "seimas"', "seimas"),
        ("institutions.yaml", 'id: "government"', "id: NO", "quote"),
        ("institutions.yaml", 'id: "government"', 'id: "government', "institutions"),
    ],
    ids=["unknown parent", "cycle", "doubled id", "unquoted code", "broken YAML"],
)
def test_bad_file_is_refused_with_its_line_and_changes_nothing(
    command, session, tmp_path, file, old, new, complaint
):
    folder = _copy(tmp_path)
    _replace(folder / file, old, new)

    refused = command("network", "load", str(folder))

    assert refused.exit_code == 1
    assert complaint in refused.output
    assert f"{file}, line" in refused.output or f"{file}:" in refused.output
    assert session.scalars(select(Membership)).all() == []


def test_partners_of_a_day_are_sorted_government_first(command, session):
    command("network", "load")
    sectors = [partner.sector for partner in partners(session, date(2026, 3, 16))]
    assert sectors[:12] == ["government"] * 12


def _copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "lt", tmp_path / "lt"))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
