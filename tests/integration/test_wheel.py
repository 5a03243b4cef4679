"""The installed package brings what lies beside it in the repository, and starts."""

import os
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The content of the wheel, as pip would lay it down."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def environment(installed: Path, folder: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(installed),
        "EMNNET_INSTANCE": str(folder),
        "EMNNET_SECRET_KEY": "test",
        **more,
    }


def test_wheel_holds_templates_migrations_static_files_and_data(installed):
    for name in (
        "templates/base.html",
        "templates/documents/response.typ",
        "migrations/versions/0001_first_tables.py",
        "static/fonts/Inter-Regular.ttf",
        "static/css/tokens.css",
        "data/lt/institutions.yaml",
        "translations/lt/LC_MESSAGES/messages.mo",
    ):
        assert (installed / "emnnet" / name).is_file(), name


def test_wheel_knows_its_command(installed):
    (entries,) = installed.glob("*.dist-info/entry_points.txt")
    assert "emnnet = emnnet.__main__:main" in entries.read_text()


def test_installed_commands_work(installed, tmp_path):
    surroundings = environment(installed, tmp_path)
    for words in (["db", "upgrade"], ["network", "load"], ["network", "show"]):
        told = subprocess.run(
            [sys.executable, "-m", "emnnet", *words],
            cwd=tmp_path,
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    assert "17 partners: 12 government (70.6 %)" in told.stdout


def test_installed_application_starts(installed, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = environment(
        installed, tmp_path, EMNNET_SERVER_NAME=f"127.0.0.1:{port}"
    )
    web = ["-m", "gunicorn", "emnnet.app:start_app()", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen([sys.executable, *web], cwd=tmp_path, env=surroundings)
    try:
        page = _patient(f"http://127.0.0.1:{port}/sign-in")
        style = _patient(f"http://127.0.0.1:{port}/static/css/tokens.css")
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert b"<h1" in page
    assert b"--ink" in style


def _patient(url: str) -> bytes:
    for _ in range(100):
        try:
            with urlopen(url, timeout=5) as reply:
                return reply.read()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} never answered")
