"""`make bench`, second part: layouts and drawings, on the server and in a browser.

    python -m tests.performance.drawings [--sizes 17,200,2000] [--no-browser]

Beside ours, in the same run: networkx' spring layout (where numpy and scipy are there,
which we do not need) and a plain page of pyvis with the same data. Asserts nothing; the
load of the machine stands on the first line.
"""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import click

from emnnet.child import ChildFailed
from emnnet.domain.network import TieKind
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.network import network_positions
from emnnet.graphs.network_data import network_data
from emnnet.graphs.network_parts import only_kinds
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.overview import MOST, overview
from emnnet.graphs.values import Drawing
from emnnet.web.organogram.folding import Folds, folded
from tests.performance.drawn_pages import browser_lines, list_and_organogram
from tests.performance.networks import as_drawing, generated

SERVER = "{:>7} {:>7} {:28} {:>9} {:>9} {:>7}"
TIES_A_BODY = 3
SPRING_AT_MOST = (
    (2_000 if find_spec("scipy") else 499) if find_spec("numpy") else 0
)  # more would take minutes
LONGEST = 30  # seconds for Graphviz with every body


@click.command()
@click.option("--sizes", default="17,200,2000,20000", show_default=True)
@click.option("--browser/--no-browser", default=True)
def bench(sizes: str, browser: bool) -> None:
    """Measure on this machine, one thing after the other."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    click.echo(f"load of the machine: {load}, processors: {os.cpu_count()}")
    click.echo(SERVER.format("bodies", "ties", "layout", "first s", "again ms", "MB"))
    for size in map(int, sizes.split(",")):
        for line in server_lines(size):
            click.echo(line)
    if not SPRING_AT_MOST:
        click.echo("networkx' spring layout needs numpy, from 500 bodies on scipy too")
    click.echo(list_and_organogram())
    if browser:
        for line in browser_lines():
            click.echo(line)


def server_lines(size: int) -> list[str]:
    """Ours as the pages do it, Graphviz with every body, and networkx' layout."""
    drawing = as_drawing(generated(size, TIES_A_BODY * size))
    with tempfile.TemporaryDirectory() as folder:
        cache = DrawingCache(Path(folder))
        shown = overview(drawing).drawing if size > MOST else drawing
        ways: list[tuple[str, Callable[[], object]]] = [
            ("network, laid out and drawn", lambda: _network(drawing, cache)),
            ("network, places stored", lambda: _stored(shown, folder)),
            ("organogram (SVG)", lambda: _organogram(drawing, cache)),
            ("Graphviz, every body", lambda: _whole(drawing)),
        ]
        if size <= SPRING_AT_MOST:
            ways.append(("networkx, spring layout", lambda: _spring(drawing)))
        _network(shown, DrawingCache(Path(folder) / "stored"))
        return [_line(drawing, name, way) for name, way in ways]


def _line(drawing: Drawing, name: str, way: Callable[[], object]) -> str:
    """The first time, and again with what was kept; what was over its limit says so."""
    first = _timed(way)
    again = _timed(way) if first >= 0 else -1
    times = [f"{first:.2f}", f"{again * 1000:.0f}"] if first >= 0 else ["too long", "-"]
    size, ties = len(drawing.nodes), len(drawing.edges)
    return SERVER.format(size, ties, name, *times, _child_memory())


def _network(drawing: Drawing, cache: DrawingCache) -> object:
    """As the page does it: of very many bodies by groups."""
    shown = overview(drawing).drawing if len(drawing.nodes) > MOST else drawing
    return network_data(shown, network_positions(shown, cache), cache=cache)


def _stored(shown: Drawing, folder: str) -> object:
    """With places that are known; the data are made anew each time."""
    places = network_positions(shown, DrawingCache(Path(folder) / "stored"))
    return network_data(shown, places)


def _organogram(drawing: Drawing, cache: DrawingCache) -> object:
    """As the page does it: lines of command, of very many bodies the upper levels."""
    commands = only_kinds(drawing, {TieKind.SUBORDINATE_TO.value})
    return organogram_svg(folded(commands, Folds()).drawing, "en", cache=cache)


def _whole(drawing: Drawing) -> object:
    """The program alone, by its way for large graphs, without room for labels."""
    program = shutil.which("sfdp")
    if program is None:
        raise ChildFailed("sfdp is not installed")
    ties = "".join(f'"{edge.source}"--"{edge.target}";' for edge in drawing.edges)
    return subprocess.run(
        [program, "-Tplain", "-Goverlap=true"],
        input=f"graph {{{ties}}}".encode(),
        capture_output=True,
        timeout=LONGEST,
        check=True,
    )


def _spring(drawing: Drawing) -> object:
    import networkx  # noqa: PLC0415 -- slow import

    graph: networkx.Graph[str] = networkx.Graph(
        (edge.source, edge.target) for edge in drawing.edges
    )
    return networkx.spring_layout(graph, seed=7)


def _timed(way: Callable[[], object]) -> float:
    """Seconds; less than 0 where it was ended by its limit."""
    begun = time.perf_counter()
    try:
        way()
    except (ChildFailed, RecursionError, subprocess.TimeoutExpired):
        return -1
    return time.perf_counter() - begun


def _child_memory() -> int:
    """The most a process of ours has used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    bench()
