"""Vendored files are what their packages shipped, each beside its licence."""

import base64
import hashlib
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "emnnet" / "static"
VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text("utf-8"))


def test_every_vendored_file_is_in_the_manifest_unchanged():
    found = {
        file.relative_to(VENDOR).as_posix(): _sha384(file)
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    assert found == {name: entry["sha384"] for name, entry in MANIFEST.items()}


def test_every_folder_of_vendored_files_and_fonts_holds_a_licence():
    folders = {VENDOR / name.split("/")[0] for name in MANIFEST}
    folders |= {STATIC / "fonts", ROOT / "tests" / "browser" / "axe"}
    assert [folder for folder in folders if not list(folder.glob("LICENSE*"))] == []


def test_the_manifest_names_the_versions_that_the_package_file_pins():
    package = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    pinned = package["dependencies"]
    wrong = {
        name: entry["version"]
        for name, entry in MANIFEST.items()
        if entry["version"] != pinned[entry["package"]]
    }
    assert wrong == {}


def test_pins_are_exact_and_the_lock_names_no_address():
    package = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    pins = (package["dependencies"] | package["devDependencies"]).values()
    assert [pin for pin in pins if not re.fullmatch(r"\d+\.\d+\.\d+", pin)] == []
    assert "://" not in _without_funding(ROOT / "frontend" / "package-lock.json")


def test_every_icon_a_template_names_is_in_the_sprite():
    sprite = (STATIC / "img" / "icons.svg").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert drawn == set((ROOT / "frontend" / "icons.txt").read_text("utf-8").split())
    named = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'\bicon\("([^"]+)"', template.read_text("utf-8"))
    }
    assert named - drawn == set()


def _sha384(file: Path) -> str:
    return base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()


def _without_funding(lock: Path) -> str:
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return json.dumps(
        [
            {k: v for k, v in entry.items() if k != "funding"}
            for entry in packages.values()
        ]
    )
