"""Pages with drawings: until they are drawn and still, and how heavy they are."""

import logging
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, Response, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from werkzeug.serving import WSGIRequestHandler, make_server

from emnnet.app import create_app
from emnnet.extensions import db
from emnnet.graphs.network import network_graph
from emnnet.models.base import Base
from tests.integration.shipped_network import load_lithuania
from tests.performance.networks import as_drawing, generated, kept

SIZES = (17, 300, 2_000)  # the last one takes minutes in the plain page
TIES_A_BODY = 3
BROWSER = "{:>7} {:12} {:>9} {:>9} {:>9} {:>9} {:>9}"
DRAWN = "() => performance.getEntriesByName('network-drawn')[0]?.startTime"
STARTED = "network = new vis.Network(container, data, options);"
WATCHED = (
    STARTED + "network.once('stabilizationIterationsDone',"
    " () => { window.drawnAt = performance.now(); });"
    "network.once('stabilized', () => { window.stillAt = performance.now(); });"
)
LONGEST = 60_000  # milliseconds
ROUNDS = 40


class KeepingOpen(WSGIRequestHandler):
    """A connection stays open for more than one file, as behind a proxy."""

    protocol_version = "HTTP/1.1"


@dataclass(frozen=True)
class Opened:
    """A page that was opened: milliseconds, None for more than the longest; bytes."""

    drawn: float | None
    still: float | None
    weight: int


def browser_lines() -> Iterator[str]:
    """For each size ours, opened first and again, and the plain page of pyvis."""
    columns = ("drawn ms", "still ms", "again ms", "first KB", "again KB")
    yield BROWSER.format("bodies", "page", *columns)
    for size in SIZES:
        with _site(size) as (address, folder), _browser() as browser:
            ours = _ours(browser, f"{address}/network?everybody=y")
            plain = _plain(browser, _plain_page(size, folder))
        yield _line(size, "ours", *ours)
        yield _line(size, "plain pyvis", plain, plain)
        first, again = (
            (plain.drawn or LONGEST) / (one.drawn or LONGEST) for one in ours
        )
        more = "" if plain.drawn else "more than "
        yield (
            f"{'':7} until drawn, plain pyvis / ours: {more}{first:.1f} when opened "
            f"first, {more}{again:.1f} when opened again"
        )


def _line(size: int, name: str, first: Opened, again: Opened) -> str:
    times = map(_told, (first.drawn, first.still, again.drawn))
    weights = first.weight // 1024, again.weight // 1024
    return BROWSER.format(size, name, *times, *weights)


def _told(taken: float | None) -> str:
    return f"> {LONGEST}" if taken is None else f"{taken:.0f}"


def list_and_organogram() -> str:
    """Warm pages with drawings against a plain list, in time of the processor."""
    with _application() as app:
        load_lithuania(db.session)
        client = app.test_client()
        lists, drawn, network = (
            _median(client, path)
            for path in ("/institutions", "/organogram", "/network")
        )
    return (
        f"warm pages, ms of the processor: list {lists:.1f}, organogram {drawn:.1f} "
        f"({drawn / lists:.2f} of the list), network {network:.1f} "
        f"({network / lists:.2f})"
    )


def _median(client: Any, path: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        client.get(path)
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken[5:])


@contextmanager
def _application() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {
                "SECRET_KEY": "bench" * 8,
                "INSTANCE": folder,
                "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite",
                "SERVER_NAME": None,
            }
        )
        app.instance_path = folder
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield app
            db.session.close()
            db.engine.dispose()


@contextmanager
def _site(size: int) -> Iterator[tuple[str, Path]]:
    with _application() as app:
        kept(db.session, generated(size, TIES_A_BODY * size))
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server(
            "127.0.0.1", 0, app, threaded=True, request_handler=KeepingOpen
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", Path(app.instance_path)
        server.shutdown()
        server.server_close()


@contextmanager
def _browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=quiet)
        yield browser
        browser.close()


def _ours(browser: Browser, address: str) -> tuple[Opened, Opened]:
    """Opened by a browser that keeps nothing yet, and by the same one again."""
    browser.new_page().goto(address)  # templates and places are made once
    page = browser.new_context().new_page()
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    first = _opened(page, address, answers)
    return first, _opened(page, address, answers)


def _opened(page: Page, address: str, answers: list[Response]) -> Opened:
    """Nothing moves in our drawing: it is still once it is drawn."""
    answers.clear()
    page.goto(address)
    drawn = _until_drawn(page)
    return Opened(drawn, drawn, sum(map(_weight, answers)))


def _weight(response: Response) -> int:
    """Bytes that came over the line; nothing for what the browser had."""
    sizes = response.request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def _until_drawn(page: Page) -> float:
    page.wait_for_selector("[data-network-drawn]", timeout=60_000)
    return float(page.evaluate(DRAWN))


def _plain_page(size: int, folder: Path) -> Path:
    """The same data as pyvis writes it by itself, its scripts inside."""
    from pyvis.network import Network  # noqa: PLC0415 -- slow import

    drawing = as_drawing(generated(size, TIES_A_BODY * size))
    places = {node.slug: (0.0, 0.0) for node in drawing.nodes}
    graph = network_graph(drawing, places)
    for _, told in graph.nodes(data=True):
        del told["x"], told["y"]
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph, show_edge_weights=False)
    file = folder / "plain.html"
    html = network.generate_html(notebook=False)
    if STARTED not in html:
        raise ValueError("pyvis writes another page now")
    file.write_text(html.replace(STARTED, WATCHED), "utf-8")
    return file


def _plain(browser: Browser, file: Path) -> Opened:
    """Until it is shown, and till it stands still; all of it is in the file."""
    page = browser.new_context(offline=True).new_page()
    page.goto(file.as_uri(), wait_until="commit")
    with suppress(PlaywrightTimeout):
        page.wait_for_function("window.stillAt", timeout=LONGEST)
    drawn, still = page.evaluate("[window.drawnAt ?? null, window.stillAt ?? null]")
    return Opened(drawn, still, file.stat().st_size)
