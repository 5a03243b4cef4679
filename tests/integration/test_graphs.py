"""Organogram and network: drawn without a font, without script, with every letter."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from xml.etree import ElementTree

import pytest

from emnnet.child import ChildFailed
from emnnet.graphs.lanes import Command, lanes
from emnnet.graphs.layout import Order, laid_out
from emnnet.graphs.network import network_positions
from emnnet.graphs.network_data import network_data
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.reading import reading_order
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 4, 13)
SECTORS = ("government", "ngo", "academia", "international", "judiciary")


def a_body(slug, name="", *, label="", sector="government", marks=()):
    return Node(slug, label or slug.upper(), name or slug, sector, frozenset(marks))


def under(slug, head, kind="subordinate_to"):
    return Edge(slug, head, kind)


def a_drawing(count):
    """A tree in which each body has up to three under it, in all sectors."""
    nodes = tuple(
        a_body(f"b{n}", f"Užimtumo tarnyba – Šiaulių sk. {n}", sector=SECTORS[n % 5])
        for n in range(count)
    )
    edges = tuple(under(f"b{n}", f"b{(n - 1) // 3}") for n in range(1, count))
    return Drawing(nodes, edges, DAY)


SMALL = Drawing(
    nodes=(
        a_body("vrm", "Ministry of the Interior", marks={PARTNER, NCP}),
        a_body("md", "Migration Department", marks={PARTNER}),
        a_body("vaat", "Administrative court", sector="judiciary"),
    ),
    edges=(under("md", "vrm"), under("md", "vaat", "appeal_to"), under("md", "gone")),
    as_of=DAY,
)


def svg_of(drawing, **options):
    svg = organogram_svg(drawing, "en", **options)
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("count", [1, 17, 36, 300])
def test_every_body_and_every_tie_is_drawn(count):
    root = svg_of(a_drawing(count))
    assert len(root.findall(f".//{SVG}a")) == count
    assert len(root.findall(f".//{SVG}g[@class='tie tie-subordinate_to']")) == count - 1


def test_boxes_do_not_overlap():
    boxes = []
    for link in svg_of(a_drawing(36)).iter(f"{SVG}a"):
        x, y = map(float, re.findall(r"-?[\d.]+", link.get("transform")))
        height = float(link.find(f"{SVG}rect").get("height"))
        assert not [
            1
            for (a, b, h) in boxes
            if abs(a - x) < 208 and b < y + height and y < b + h
        ]
        boxes.append((x, y, height))


def test_k02_lithuanian_and_greek_letters_are_right():
    nodes = (
        a_body("sk", "Užimtumo tarnyba – Šiaulių sk.", label="UŽT"),
        a_body("gr", "Υπουργείο Μετανάστευσης", label="ΥΜ"),
    )
    drawing = Drawing(nodes, (), DAY)
    said = " ".join(texts(svg_of(drawing)))
    assert said == "UŽT Užimtumo tarnyba – Šiaulių sk. ΥΜ Υπουργείο Μετανάστευσης"
    data = network_data(drawing, network_positions(drawing))
    assert [node["label"] for node in data["nodes"]] == ["UŽT", "ΥΜ"]


def test_a_box_is_a_link_that_says_who_it_is():
    root = svg_of(SMALL, address="/lt/institutions/{slug}")
    link = root.find(f".//{SVG}a[@id='organogram-vrm']")
    assert link.get("href") == "/lt/institutions/vrm"
    assert link.get("class") == "body sector-government is-ncp is-partner"
    assert link.find(f"{SVG}title").text == (
        "Ministry of the Interior (VRM), government, partner of the network, "
        "part of the National Contact Point"
    )


def test_the_drawing_says_what_it_is_in_both_languages():
    title = svg_of(SMALL).find(f"{SVG}title").text
    assert title == "Organogram on 2026-04-13: 3 institutions, 2 ties"
    lithuanian = organogram_svg(SMALL, "lt")
    assert "Organizacinė schema, 2026-04-13: institucijos – 3, ryšiai – 2" in lithuanian


def test_kinds_of_tie_differ_by_class_and_by_words():
    ties = {
        tie.get("class"): tie.find(f"{SVG}title").text
        for tie in svg_of(SMALL).iter(f"{SVG}g")
        if tie.get("class").startswith("tie ")
    }
    assert ties == {
        "tie tie-subordinate_to": (
            "Migration Department is subordinate to Ministry of the Interior"
        ),
        "tie tie-appeal_to": (
            "Migration Department has its decisions appealed at Administrative court"
        ),
    }


def test_k01_the_svg_may_stand_in_a_page_under_the_strictest_policy():
    svg = organogram_svg(a_drawing(17), "en")
    allowed = {"class", "d", "height", "href", "id", "role", "rx", "transform"}
    allowed |= {"viewBox", "width", "x", "xmlns", "y"}
    assert set(re.findall(r'([\w:-]+)="', svg)) <= allowed
    assert set(re.findall(r"<([a-zA-Z]+)", svg)) == {
        "svg",
        "title",
        "g",
        "path",
        "a",
        "rect",
        "text",
    }
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]


SCRIPT = '<script>alert("x")</script>&'


def test_h08_x02_script_in_a_name_stays_text():
    nodes = (a_body('a"b/../c', SCRIPT, label=SCRIPT), a_body("b", "plain"))
    drawing = Drawing(nodes, (Edge('a"b/../c', "b", "appeal_to", SCRIPT),), DAY)
    svg = organogram_svg(drawing, "en")
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    link = svg_of(drawing).find(f".//{SVG}a")
    assert link.get("href") == "/institutions/a%22b%2F..%2Fc"
    data = network_data(drawing, network_positions(drawing))
    assert data["nodes"][0]["name"] == SCRIPT
    assert data["options"]["physics"] == {"enabled": False}


def test_a_name_too_long_for_its_box_is_wrapped_and_then_shortened():
    name = "Valstybės vaiko teisių apsaugos ir įvaikinimo tarnyba " * 6
    lines = texts(svg_of(Drawing((a_body("x", name, label="X"),), (), DAY)))
    assert len(lines) == 6
    assert lines[-1].endswith("…")
    assert max(map(len, lines)) < 40


def test_bodies_are_read_along_the_branches():
    nodes = tuple(a_body(slug) for slug in ("alone", "head", "a", "b", "under-a"))
    edges = (under("b", "head"), under("a", "head"), under("under-a", "a"))
    drawing = Drawing(nodes, edges, DAY)
    assert reading_order(drawing) == ["head", "a", "under-a", "b", "alone"]


def test_a_circle_of_ties_is_drawn_all_the_same():
    nodes = (a_body("a"), a_body("b"))
    drawing = Drawing(nodes, (under("a", "b"), under("b", "a")), DAY)
    assert reading_order(drawing) == ["a", "b"]
    assert len(svg_of(drawing).findall(f".//{SVG}a")) == 2


def test_an_empty_drawing_is_empty():
    empty = Drawing((), (), DAY)
    assert svg_of(empty).findall(f".//{SVG}a") == []
    data = network_data(empty, network_positions(empty))
    assert (data["nodes"], data["edges"]) == ([], [])


def test_heads_whose_lines_would_meet_have_lanes_of_their_own():
    above = Command((0.0, 10.0), ((250.0, 0.0), (250.0, 100.0)))
    beside = Command((0.0, 50.0), ((250.0, 60.0),))
    below = Command((0.0, 200.0), ((250.0, 210.0),))
    found = lanes([above, beside, below])
    assert found[above.head] == found[below.head] == pytest.approx(1 / 3)
    assert found[beside.head] == pytest.approx(2 / 3)


@pytest.mark.parametrize("count", [17, 36])
def test_k07_every_body_of_the_network_has_its_place(count):
    drawing = a_drawing(count)
    positions = network_positions(drawing)
    assert len(set(positions.values())) == count
    assert network_positions(drawing) == positions
    data = network_data(drawing, positions)
    assert [(n["id"], n["x"], n["y"]) for n in data["nodes"]] == [
        (slug, *place) for slug, place in positions.items()
    ]
    assert len(data["edges"]) == count - 1
    assert json.loads(json.dumps(data)) == data


def test_network_tells_sector_and_standing_by_shape():
    data = network_data(SMALL, network_positions(SMALL))
    shown = [(n["group"], n["standing"], n["url"]) for n in data["nodes"]]
    assert shown == [
        ("government", "ncp", "/institutions/vrm"),
        ("government", "partner", "/institutions/md"),
        ("judiciary", "other", "/institutions/vaat"),
    ]
    assert data["shapes"] == {"government": "square", "judiciary": "hexagon"}
    ties = sorted((e["from"], e["to"], e["kind"]) for e in data["edges"])
    assert ties == [("md", "vaat", "appeal_to"), ("md", "vrm", "subordinate_to")]
    dashes = {kind: look.get("dashes") for kind, look in data["kinds"].items()}
    assert dashes == {"appeal_to": [10, 3, 2, 3], "subordinate_to": None}


def test_graphviz_is_stopped_when_it_fails():
    with pytest.raises(ChildFailed, match=r"layout_child\.py"):
        laid_out(Order("no-such-engine", {}, ((10, 10),), ()))


EMPTY_FONTS = "<?xml version='1.0'?><fontconfig></fontconfig>"
ASK = """
from datetime import date
from emnnet.graphs.network import network_positions
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.values import Drawing, Edge, Node
nodes = tuple(Node(s, s, f"Šiaulių {s}", "ngo") for s in ("a", "b", "c"))
drawing = Drawing(nodes, (Edge("b", "a", "subordinate_to"),), date(2026, 4, 13))
print(organogram_svg(drawing, "lt"), sorted(network_positions(drawing).items()))
"""


def test_k02_a_machine_without_fonts_draws_the_same(tmp_path):
    empty = tmp_path / "fonts.conf"
    empty.write_text(EMPTY_FONTS)
    bare = {"FONTCONFIG_FILE": str(empty), "HOME": str(tmp_path), "PATH": ""}
    drawn = [
        subprocess.run(
            [sys.executable, "-c", ASK],
            env={**environment, "PYTHONPATH": ".", "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        )
        for environment in (bare, dict(os.environ))
    ]
    assert drawn[0].stdout == drawn[1].stdout
    assert "Šiaulių".encode() in drawn[0].stdout
    assert drawn[0].stderr == b""
