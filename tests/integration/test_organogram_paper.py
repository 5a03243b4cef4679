"""The organogram as PDF, SVG and PNG: read back by other programs than ours."""

import io
import re
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from tests.builders import an_institution
from tests.integration.shipped_network import load_lithuania

pytestmark = pytest.mark.any_database


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def fonts_of(reader):
    """The names of the fonts of all pages, each with whether it is embedded."""
    found = {}

    def look(resources):
        for font in (resources.get("/Font") or {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"]
            found[inner["/BaseFont"]] = bool(
                {"/FontFile2", "/FontFile3"} & descriptor.keys()
            )
        for inner in (resources.get("/XObject") or {}).values():
            look(inner.get_object().get("/Resources") or {})

    for page in reader.pages:
        look(page["/Resources"])
    return found


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_k02_the_pdf_is_tagged_searchable_and_has_its_fonts_inside(
    lithuania, client, size
):
    answer = client.get(
        f"/organogram/file?kind=pdf&size={size}&content=everything&as_of=2019-06-30",
        headers={"Accept-Language": "lt"},
    )
    assert answer.mimetype == "application/pdf"
    assert "Organizacinė schema, 2019-06-30.pdf" in unquote(
        answer.headers["Content-Disposition"]
    )
    reader = PdfReader(io.BytesIO(answer.data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "lt-LT"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    fonts = fonts_of(reader)
    assert fonts
    assert all(fonts.values())
    assert all("Inter" in name or "DejaVu" in name for name in fonts)
    drawn = reader.pages[0].extract_text()
    for word in ("Pabėgėlių", "Užimtumo", "UŽT", "Švietimo", "įstaiga"):
        assert word in drawn
    width, height = (float(reader.pages[0].mediabox[n]) for n in (2, 3))
    assert (
        sorted(round(side) for side in (width, height))
        == {
            "a4": [595, 842],
            "a3": [842, 1191],
        }[size]
    )
    tables = " ".join(" ".join(p.extract_text().split()) for p in reader.pages[1:])
    assert "Vilniaus apygardos administracinis teismas" in tables


def test_as_on_the_screen_is_the_branch_and_everything_is_all(lithuania, client):
    branch = client.get("/organogram/file?kind=svg&root=vrm").text
    whole = client.get("/organogram/file?kind=svg&root=vrm&content=everything").text
    assert branch.count('id="organogram-') == 5
    assert whole.count('id="organogram-') == 35
    for file in (branch, whole):
        assert "Source: EMN National Contact Point Lithuania" in file
        assert "is subordinate to" in file
        assert re.findall(r"url\(|@import|<image|<script|xlink|var\(", file) == []


def test_the_png_has_twice_the_size_of_the_drawing(lithuania, client):
    svg = client.get("/organogram/file?kind=svg&root=vrm").text
    width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', svg).groups())
    png = client.get("/organogram/file?kind=png&root=vrm").data
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    sides = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert sides == (2 * width, 2 * height)


def test_on_a_day_with_nobody_the_page_says_that_no_file_can_be_made(client):
    for content in ("screen", "everything"):
        answer = client.get(f"/organogram/file?kind=pdf&content={content}")
        assert answer.status_code == 503
        assert "The file could not be made" in answer.text


@pytest.mark.parametrize("kind", ["pdf", "svg", "png"])
def test_hostile_names_are_bounded_and_only_text(session, client, kind):
    """Five megabytes, a script, typst's own signs, a control character."""
    an_institution(session, slug="long", name_en="Ž" * 5_000_000)
    an_institution(session, slug="script", name_en="<script>alert(1)</script>")
    an_institution(session, slug="typst", name_en='#panic("x") $ \\ \x0b [')
    answer = client.get(f"/organogram/file?kind={kind}")
    assert answer.status_code == 200
    assert len(answer.data) < 1_000_000
    assert b"<script>" not in answer.data
    if kind == "pdf":
        said = PdfReader(io.BytesIO(answer.data)).pages[1].extract_text()
        assert '#panic("x") $' in said
