"""Run alone by `layout`: sizes and ties in, places and curves out, both as JSON.

It imports nothing of ours. The program of Graphviz is used where it is installed, else
the library inside the wheel of pygraphviz; its C code keeps global state and may hang
on a hard graph, so it lives in a process of its own.
"""

import json
import shutil
import subprocess
import sys
from typing import Any

POINTS_AN_INCH = 72
SECONDS = 6
"""As long may the program take; after that the library tries."""


def main() -> None:
    """Read the order from standard input, write the layout to standard output."""
    order = json.load(sys.stdin.buffer)
    graph = drawn(order)
    left, bottom, right, top = map(float, graph.graph_attr["bb"].split(","))

    def place(pair: str) -> list[float]:
        x, y = map(float, pair.split(","))
        return [round(x - left, 1), round(top - y, 1)]

    names = map(str, range(len(order["sizes"])))
    layout = {
        "width": round(right - left, 1),
        "height": round(top - bottom, 1),
        "places": [place(graph.get_node(name).attr["pos"]) for name in names],
        "paths": [
            [place(pair) for pair in curve(graph, number, tie)]
            for number, tie in enumerate(order["ties"])
        ],
    }
    json.dump(layout, sys.stdout)


def drawn(order: dict[str, Any]) -> Any:
    """The graph after Graphviz has been over it."""
    import pygraphviz  # noqa: PLC0415 -- slow import: only this process needs it

    graph = pygraphviz.AGraph(directed=True, strict=False, **order["settings"])
    graph.node_attr.update(shape="box", fixedsize="true", label="", margin="0")
    graph.edge_attr.update(arrowhead="none", arrowtail="none")
    for name, (width, height) in enumerate(order["sizes"]):
        inches = {"width": width / POINTS_AN_INCH, "height": height / POINTS_AN_INCH}
        graph.add_node(str(name), **inches)
    for number, (source, target, attributes) in enumerate(order["ties"]):
        graph.add_edge(str(source), str(target), key=str(number), **attributes)
    written = by_program(order["engine"], graph.to_string())
    if written is not None:
        return pygraphviz.AGraph(string=written)
    graph.layout(prog=order["engine"])
    return graph


def by_program(engine: str, graph: str) -> str | None:
    """What the installed program makes of `graph`; None without it or its success."""
    program = shutil.which(engine)
    if program is None:
        return None
    try:
        run = subprocess.run(  # noqa: S603 -- found on the path of the system
            [program, "-Tdot"],
            input=graph.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.decode()


def curve(graph: Any, number: int, tie: list[Any]) -> list[str]:
    """The points of one tie as Graphviz writes them; none where it drew none."""
    edge = graph.get_edge(str(tie[0]), str(tie[1]), str(number))
    written = (edge.attr["pos"] or "").partition(";")[0]
    return [pair for pair in written.split() if pair[0] not in "es"]


if __name__ == "__main__":
    main()
