"""Copies the front-end files named here, with their licences, into emnnet/static.

Run after `npm ci --ignore-scripts` in this folder: `python vendor.py`.
Twice gives the same.
"""

import base64
import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
STATIC = HERE.parent / "emnnet" / "static"
VENDOR = STATIC / "vendor"
FONTS = STATIC / "fonts"
SPRITE = STATIC / "img" / "icons.svg"
AXE = HERE.parent / "tests" / "browser" / "axe"


@dataclass(frozen=True)
class Package:
    """What is taken of one npm package, its licence among it."""

    name: str
    folder: str
    licence: str
    files: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version that npm installed."""
        text = (MODULES / self.name / "package.json").read_text("utf-8")
        return str(json.loads(text)["version"])


INTER = tuple(
    f"files/inter-{letters}-wght-{style}.woff2"
    for letters in ("latin", "latin-ext")
    for style in ("normal", "italic")
)
PACKAGES = (
    Package("bootstrap", "bootstrap", "MIT", ("LICENSE", "dist/css/bootstrap.min.css")),
    Package("bootstrap-icons", "bootstrap-icons", "MIT", ("LICENSE",)),
    Package("htmx.org", "htmx", "0BSD", ("LICENSE", "dist/htmx.min.js")),
    Package(
        "vis-data",
        "vis-data",
        "Apache-2.0 OR MIT",
        ("LICENSE-MIT", "LICENSE-APACHE-2.0", "peer/umd/vis-data.min.js"),
    ),
    Package(
        "vis-network",
        "vis-network",
        "Apache-2.0 OR MIT",
        (
            "LICENSE-MIT",
            "LICENSE-APACHE-2.0",
            "peer/umd/vis-network.min.js",
            "styles/vis-network.min.css",
        ),
    ),
    Package("@fontsource-variable/inter", "inter", "OFL-1.1", ("LICENSE", *INTER)),
)


def main() -> None:
    """Copy everything anew and write the manifest."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    manifest: dict[str, dict[str, str]] = {}
    for package in PACKAGES:
        for file in package.files:
            copied = _copied(package, file)
            manifest[copied.relative_to(VENDOR).as_posix()] = {
                "package": package.name,
                "version": package.version,
                "licence": package.licence,
                "sha384": sha384(copied),
            }
    text = json.dumps(dict(sorted(manifest.items())), indent=2)
    (VENDOR / "manifest.json").write_text(text + "\n", "utf-8")
    _write_sprite()
    _copy(MODULES / "axe-core", AXE, {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE"})
    _copy(
        MODULES / "dejavu-fonts-ttf",
        FONTS,
        {"ttf/DejaVuSans.ttf": "DejaVuSans.ttf", "LICENSE": "LICENSE-DejaVu.txt"},
    )
    print(f"{len(manifest)} files in {VENDOR.relative_to(HERE.parent)}")


def sha384(file: Path) -> str:
    """The digest of a file, as browsers write it."""
    return base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()


def _copied(package: Package, file: str) -> Path:
    target = VENDOR / f"{package.folder}-{package.version}" / Path(file).name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = MODULES / package.name / file
    if target.suffix in {".js", ".css"}:
        target.write_text(_without_map(source.read_text("utf-8")), "utf-8")
    else:
        shutil.copyfile(source, target)
    return target


def _without_map(text: str) -> str:
    """The text without the line that names a source map, which is not shipped."""
    return re.sub(r"\n(//|/\*)# sourceMappingURL=[^\n]*\s*$", "\n", text)


def _write_sprite() -> None:
    """One small SVG with the icons of icons.txt, each a symbol under its own name."""
    names = (HERE / "icons.txt").read_text("utf-8").split()
    symbols = "\n".join(_symbol(name) for name in sorted(set(names)))
    SPRITE.parent.mkdir(parents=True, exist_ok=True)
    licence = "<!-- Bootstrap Icons, MIT: see vendor/bootstrap-icons-*/LICENSE -->"
    head = '<svg xmlns="http://www.w3.org/2000/svg">'
    SPRITE.write_text(f"{head}\n{licence}\n{symbols}\n</svg>\n", "utf-8")


def _symbol(name: str) -> str:
    text = (MODULES / "bootstrap-icons" / "icons" / f"{name}.svg").read_text("utf-8")
    inside = re.sub(r"\s*\n\s*", "", text.split(">", 1)[1].rsplit("</svg>", 1)[0])
    return f'<symbol id="{name}" viewBox="0 0 16 16">{inside}</symbol>'


def _copy(package: Path, target: Path, names: dict[str, str]) -> None:
    """Files that no page loads: the accessibility checker, the font of last resort."""
    target.mkdir(parents=True, exist_ok=True)
    for source, name in names.items():
        shutil.copyfile(package / source, target / name)


if __name__ == "__main__":
    main()
