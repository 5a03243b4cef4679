"""Where the bodies of the two drawings stand."""

import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import combinations
from math import atan2, dist, pi
from pathlib import Path

import pytest

from emnnet.graphs import layout, layout_child
from emnnet.graphs.boxes import WIDTH, box
from emnnet.graphs.drawings import drawing
from emnnet.graphs.network import network_positions
from emnnet.graphs.organogram_layout import arranged
from emnnet.graphs.values import Drawing, Edge
from emnnet.selectors.organogram import organogram
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_graphs import DAY, SMALL, SVG, a_body, svg_of, texts

pytestmark = pytest.mark.any_database


def places_in(root):
    """Left upper corners and heights of the boxes, by slug."""
    return {
        link.get("id").removeprefix("organogram-"): (
            *map(float, re.findall(r"-?[\d.]+", link.get("transform"))),
            float(link.find(f"{SVG}rect").get("height")),
        )
        for link in root.iter(f"{SVG}a")
    }


def test_bodies_without_a_line_stand_below_in_a_row_for_each_sector():
    alone = tuple(a_body(f"n{n}", sector="ngo") for n in range(6))
    drawing = replace(
        SMALL, nodes=(*SMALL.nodes, *alone, a_body("u", sector="academia"))
    )
    root = svg_of(drawing)
    places = places_in(root)
    rows = {slug: y for slug, (_, y, _) in places.items()}
    deepest = max(
        y + h for s, (_, y, h) in places.items() if s in {"vrm", "md", "vaat"}
    )
    assert "Outside the lines of command" in texts(root)
    assert rows["n0"] == rows["n4"] > deepest
    assert rows["n5"] > rows["n4"]  # five in a row
    assert rows["u"] > rows["n5"]
    assert places["n0"][0] == places["n5"][0] == places["u"][0]


def test_cooperation_moves_no_box():
    nodes = (*SMALL.nodes, a_body("alone", sector="ngo"))
    bow = Edge("alone", "md", "cooperates_with")
    without = svg_of(replace(SMALL, nodes=nodes))
    with_it = svg_of(replace(SMALL, nodes=nodes, edges=(*SMALL.edges, bow)))
    assert places_in(with_it) == places_in(without)
    assert len(with_it.findall(f".//{SVG}g[@class='tie tie-cooperates_with']")) == 1


def test_a_network_around_one_body_is_an_oval_sector_by_sector():
    sectors = ("ngo", "government", "academia", "government", "ngo", "government")
    others = tuple(a_body(f"b{n}", sector=s) for n, s in enumerate(sectors))
    spokes = tuple(Edge(body.slug, "hub", "partner_of") for body in others)
    drawing = Drawing((*others, a_body("hub")), spokes, DAY)
    places = network_positions(drawing)
    assert places["hub"] == (0.0, 0.0)
    turns = {slug: atan2(y, -x) % (2 * pi) for slug, (x, y) in places.items()}
    del turns["hub"]
    assert sorted(turns, key=lambda slug: -turns[slug] % (2 * pi)) == [
        "b1", "b3", "b5", "b2", "b0", "b4",
    ]  # fmt: skip
    apart = min(dist(places[a], places[b]) for a in turns for b in turns if a != b)
    assert apart > 100
    without_hub = replace(drawing, edges=spokes[1:])
    assert network_positions(without_hub)["hub"] != (0.0, 0.0)


def test_the_program_of_graphviz_is_used_where_it_is(tmp_path, monkeypatch):
    asked = {
        "engine": "dot",
        "settings": {"rankdir": "LR"},
        "sizes": [[100, 40], [100, 40]],
        "ties": [[0, 1, {}]],
    }
    by_library = layout_child.drawn(asked)
    place = by_library.get_node("1").attr["pos"]
    kept = tmp_path / "kept.gv"
    kept.write_text(by_library.to_string().replace(place, "7,7"))
    program = tmp_path / "dot"
    monkeypatch.setenv("PATH", str(tmp_path))
    program.write_text(f"#!/bin/sh\nexec /bin/cat {kept}\n")
    program.chmod(0o755)
    by_program = layout_child.drawn(asked)
    assert by_program.get_node("1").attr["pos"] == "7,7"
    curves = [layout_child.curve(each, 0, [0, 1]) for each in (by_program, by_library)]
    assert len(curves[0]) == len(curves[1]) == 4
    program.write_text("#!/bin/sh\nexit 3\n")
    assert layout_child.by_program("dot", "digraph {}") is None  # the library tries


ENGINES = {"library": None} | ({"program": "dot"} if shutil.which("dot") else {})
"""The library is always there; the program only where Graphviz is installed."""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("top_down", [False, True])
def test_library_and_program_draw_the_shipped_network_without_an_overlap(
    session, monkeypatch, tmp_path, engine, top_down
):
    load_lithuania(session)
    if ENGINES[engine] is None:
        monkeypatch.setattr(layout, "_CHILD", _without_program(tmp_path))
    part = drawing(organogram(session, date(2026, 11, 22)).usual, "lt")
    boxes = [box(node) for node in part.nodes]
    found = arranged(part, boxes, part.known_edges(), None, top_down=top_down).layout
    corners = [
        (x - WIDTH / 2, y - each.height / 2, x + WIDTH / 2, y + each.height / 2)
        for (x, y), each in zip(found.places, boxes, strict=True)
    ]
    overlapping = [
        (one, other)
        for one, other in combinations(corners, 2)
        if one[0] < other[2] and other[0] < one[2]
        if one[1] < other[3] and other[1] < one[3]
    ]
    assert overlapping == []
    assert all(found.paths)
    places = dict(zip((node.slug for node in part.nodes), found.places, strict=True))
    along = [place[top_down] for place in map(places.get, ("seimas", "vrm", "md"))]
    assert along == sorted(along)


def _without_program(folder):
    """The script of the layout where no program of Graphviz is on the path."""
    script = folder / "layout_child.py"
    path = Path(layout_child.__file__).read_text("utf-8")
    script.write_text(path.replace("shutil.which(engine)", "None"), "utf-8")
    return script
