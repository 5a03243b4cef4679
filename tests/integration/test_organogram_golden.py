"""What the organogram of certain days shows: bodies, marks, heads and ties, no places.

Each file was looked at as a picture when it was written. To write them anew after the
data were changed on purpose: EMNNET_WRITE_GOLDEN=1, then look at the pictures again.
"""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.integration.shipped_network import load_lithuania

pytestmark = pytest.mark.any_database

GOLDEN = Path(__file__).parent / "golden"
DAYS = (
    "2004-05-01",
    "2019-06-30",
    "2019-07-01",
    "2024-12-31",
    "2025-01-01",
    "2026-11-22",
)
SVG = "{http://www.w3.org/2000/svg}"
MARKS = re.compile(r"is-(?:partner|ncp)|sector-\w+")


def structure(svg):
    """The bodies with names and marks, the ties with their kinds; sorted."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- our own
    bodies = {}
    for element in root.iter():
        slug = element.get("id", "").removeprefix("organogram-")
        if slug and "body" in element.get("class", "").split():
            lines = [text.text for text in element.iter(f"{SVG}text")]
            marks = sorted(MARKS.findall(element.get("class", "")))
            bodies[slug] = [" ".join(line for line in lines if line), *marks]
    ties = sorted(
        " | ".join(
            (
                next(c for c in tie.get("class").split() if c.startswith("tie-")),
                tie.find(f"{SVG}title").text,
            )
        )
        for tie in root.iter(f"{SVG}g")
        if "tie" in tie.get("class", "").split() and tie.find(f"{SVG}title") is not None
    )
    return {"bodies": dict(sorted(bodies.items())), "ties": ties}


@pytest.mark.parametrize("day", DAYS)
def test_k04_the_drawing_of_the_day_has_the_structure_that_was_looked_at(
    session, client, day
):
    load_lithuania(session)
    found = structure(client.get(f"/organogram/file?kind=svg&as_of={day}").text)
    file = GOLDEN / f"organogram-{day}.json"
    if os.environ.get("EMNNET_WRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        text = json.dumps(found, ensure_ascii=False, indent=1)
        file.write_text(f"{text}\n", "utf-8")
    assert found == json.loads(file.read_text("utf-8"))
