"""`make bench`, second part: layouts and drawings, on the server and in a browser.

    python -m tests.performance.drawings [--sizes 17,200,2000] [--no-browser]

Beside ours, in the same run: networkx' spring layout (where numpy is there, which we do
not need) and a plain page of pyvis with the same data. Asserts nothing; the load of the
machine stands on the first line.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import click

from emnnet.child import ChildFailed
from emnnet.graphs.cache import DrawingCache
from emnnet.graphs.network import network_positions
from emnnet.graphs.network_data import network_data
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.overview import MOST, overview
from emnnet.graphs.values import Drawing
from tests.performance.drawn_pages import browser_lines, list_and_organogram
from tests.performance.networks import as_drawing, generated

SERVER = "{:>7} {:>7} {:28} {:>10} {:>10} {:>9}"
SPRING_AT_MOST = 2_000  # more would take minutes
TIES_A_BODY = 3


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
    click.echo(list_and_organogram())
    if browser:
        for line in browser_lines():
            click.echo(line)


def server_lines(size: int) -> list[str]:
    """Ours as the page does it and one by one, the organogram, and networkx' layout."""
    drawing = as_drawing(generated(size, TIES_A_BODY * size))
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        cache = DrawingCache(Path(folder))
        ways: list[tuple[str, Callable[[], object]]] = [
            ("network, as the page does it", lambda: _page(drawing, cache)),
            ("organogram (SVG)", lambda: organogram_svg(drawing, "en", cache=cache)),
        ]
        if size > MOST:
            ways.insert(1, ("network, every body", lambda: _whole(drawing, cache)))
        if size <= SPRING_AT_MOST and find_spec("numpy"):
            ways.append(("networkx, spring layout", lambda: _spring(drawing)))
        for name, way in ways:
            first, again = _timed(way), _timed(way)
            both = (f"{first:.2f}", f"{again * 1000:.0f}")
            told = ("over limit", "-") if first < 0 else both
            lines.append(
                SERVER.format(size, len(drawing.edges), name, *told, _child_memory())
            )
    return lines


def _page(drawing: Drawing, cache: DrawingCache) -> object:
    shown = overview(drawing).drawing if len(drawing.nodes) > MOST else drawing
    return network_data(shown, network_positions(shown, cache), cache=cache)


def _whole(drawing: Drawing, cache: DrawingCache) -> object:
    return network_positions(drawing, cache)


def _spring(drawing: Drawing) -> object:
    import networkx  # noqa: PLC0415 -- slow import

    graph: networkx.Graph[str] = networkx.Graph(
        (edge.source, edge.target) for edge in drawing.edges
    )
    return networkx.spring_layout(graph, seed=7)


def _timed(way: Callable[[], object]) -> float:
    """Seconds; less than 0 where the process was ended by its limit."""
    begun = time.perf_counter()
    try:
        way()
    except (ChildFailed, RecursionError):
        return -1
    return time.perf_counter() - begun


def _child_memory() -> int:
    """The most a process of ours has used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    bench()
