"""The house rules that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

from emnnet import models
from emnnet.web.access import OPEN_ENDPOINTS

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for folder in ("emnnet", "migrations", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
LISTS_COLUMNS = {"versions"}  # a migration may be long: it lists what there is


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_file_and_functions_are_short(path: Path):
    if LISTS_COLUMNS & set(path.parts):
        return
    source = path.read_text()
    assert len(source.splitlines()) <= 300
    long = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 40
    ]
    assert long == []


def test_every_view_says_who_may_see_it(app):
    unmarked = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in OPEN_ENDPOINTS and not hasattr(view, "_guard")
    ]
    assert unmarked == []


def test_templates_mirror_blueprints(app):
    shared = {"components", "documents", "email", "errors", "layouts", "templates"}
    folders = {path.parent.name for path in (ROOT / "templates").rglob("*.html")}
    assert folders - shared <= set(app.blueprints)


def test_every_table_is_known_to_the_metadata():
    files = {path.stem for path in (ROOT / "emnnet/models").glob("*.py")}
    assert files - {"__init__", "base"} == set(models.__all__) - {"metadata"}


def test_no_migration_imports_the_application():
    for path in (ROOT / "migrations").rglob("*.py"):
        assert not re.search(r"^\s*(from|import) emnnet", path.read_text(), re.M)


def test_locks_name_no_registry():
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text()


def test_only_the_clock_reads_the_clock():
    reading = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|time\.time\(")
    found = [
        name(path)
        for path in CODE
        if path.is_relative_to(ROOT / "emnnet")
        and path.name != "clock.py"
        and reading.search(path.read_text())
    ]
    assert found == []


def test_only_the_transaction_commits():
    found = [
        name(path)
        for path in CODE
        if path.is_relative_to(ROOT / "emnnet")
        and path.name != "transaction.py"
        and re.search(r"session\.commit\(\)", path.read_text())
    ]
    assert found == []
