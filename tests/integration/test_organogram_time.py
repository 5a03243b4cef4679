"""The organogram through time: the strip, two days compared, editions, paper."""

import hashlib
import io
import json
import re
from datetime import date
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from emnnet.domain.network import TieKind
from emnnet.domain.network_changes import ChangeKind
from emnnet.domain.roles import Role
from emnnet.models.tie import Tie
from emnnet.selectors.editions import find_edition
from emnnet.selectors.network_days import compared, turns
from emnnet.selectors.organogram import recorded
from tests.integration.shipped_network import load_lithuania


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def test_the_reform_of_2019_is_told_as_a_merger(lithuania):
    reform = compared(recorded(lithuania), date(2019, 6, 30), date(2019, 7, 1))
    merged = [c for c in reform.changes if c.kind is ChangeKind.MERGED]
    assert [(c.slug, c.after) for c in merged] == [("migration_services", ("md",))]
    assert not [c for c in reform.changes if c.kind is ChangeKind.ENDED]


def test_every_day_that_changed_something_says_what(lithuania):
    days = turns(recorded(lithuania), date(2004, 1, 1), date(2026, 11, 22))
    told = {turn.day.isoformat(): {c.slug for c in turn.changes} for turn in days}
    assert all(told.values())
    assert told["2018-10-01"] == {"uzt"}
    assert told["2023-01-01"] == {"vda"}
    assert "pia" in told["2025-01-01"]
    assert {"2011-05-02", "2014-01-22", "2019-07-01"} <= told.keys()


def marks_in(page):
    """The days in the list of the strip, each with what changed."""
    strip = page.partition('class="time-days')[2].partition("</ul>")[0]
    return dict(
        re.findall(r'<time datetime="([\d-]+)">.*?class="small quiet">(.*?)</', strip)
    )


def test_the_strip_names_every_change_and_leads_to_its_day(lithuania, client):
    page = client.get("/organogram?as_of=2019-06-30&root=vrm").text
    told = marks_in(page)
    assert told["2018-10-01"] == "UŽT: renamed"
    assert told["2019-07-01"].startswith("MT: merged")
    next_one = re.search(r'rel="next" href="([^"]+)"', page).group(1)
    assert "as_of=2019-07-01" in next_one
    assert "root=vrm" in next_one
    previous = re.search(r'rel="prev" href="([^"]+)"', page).group(1)
    assert "as_of=2018-10-01" in previous


def test_the_strip_costs_no_statement(lithuania, client, statements):
    with statements("SELECT") as seen:
        assert client.get("/organogram").status_code == 200
    assert len(seen) <= 4


def rows_in(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition('id="changes"')[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows][1:]


def test_k04_two_days_are_compared_in_a_table_and_a_drawing(lithuania, client):
    page = client.get("/organogram/compare?from=2019-06-30&to=2019-07-01").text
    rows = rows_in(page)
    assert rows[0] == (
        "Territorial migration services (police) → merged taken over by: "
        "Migration Department under the Ministry of the Interior"
    )
    drawing = page.partition('class="diagram-frame"')[2].partition("</svg>")[0]
    assert "has-change change-merged" in drawing
    assert "→ merged" in drawing
    assert 'id="organogram-migration_services"' in drawing
    assert 'id="organogram-md"' in drawing


def test_a_rename_tells_both_names_in_the_readers_language(lithuania, client):
    page = client.get(
        "/organogram/compare?from=2024-12-31&to=2025-01-01",
        headers={"Accept-Language": "lt"},
    ).text
    assert any(
        "Pabėgėlių priėmimo centras" in row and "Priėmimo ir integracijos" in row
        for row in rows_in(page)
    )


def test_days_in_the_wrong_order_are_put_right_and_impossible_ones_told(
    lithuania, client
):
    turned = client.get("/organogram/compare?from=2025-01-01&to=2019-06-30").text
    assert "From 30 Jun 2019 to 1 Jan 2025" in turned
    wrong = client.get("/organogram/compare?from=31.02.2020")
    assert wrong.status_code == 422
    assert "There is no such day as 31.02.2020." in wrong.text
    same = client.get("/organogram/compare?from=2025-02-01&to=2025-02-01").text
    assert "Nothing changed" in same


def test_d12_the_diagram_of_last_year_shows_the_old_place(lithuania, client):
    """A unit moves on 1 January: the day before shows it under its former head."""
    tie = next(
        tie
        for tie in recorded(lithuania).ties
        if tie.kind is TieKind.SUBORDINATE_TO and tie.from_institution.slug == "urc"
    )
    tie.valid_to = date(2025, 12, 31)
    new = next(
        row for row in recorded(lithuania).institutions.values() if row.slug == "md"
    )
    lithuania.add(
        Tie(
            kind=TieKind.SUBORDINATE_TO,
            from_institution_id=tie.from_institution_id,
            to_institution_id=new.id,
            valid_from=date(2026, 1, 1),
            standing=tie.standing,
        )
    )
    lithuania.commit()
    old = client.get("/organogram?as_of=2025-12-31&root=vsat")
    assert 'id="organogram-urc"' in old.text
    assert 'id="organogram-urc"' not in client.get("/organogram?root=vsat").text
    page = client.get("/organogram/compare?from=2025-12-31&to=2026-01-01").text
    assert any("↔ moved State Border" in row for row in rows_in(page))


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


A_DAY = {"as_of": "2020-05-26", "name": "Organogram „2020“ ąčę", "sure": "y"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def files_of(page):
    return re.findall(r'href="(/organogram/editions/\d+/files/\d+)"', page)


def test_an_edition_stays_as_it_was_whatever_changes_later(
    lithuania, client, signed_in
):
    office = signed_in(Role.COORDINATOR)
    given = A_DAY | {
        "note": "For the Commission.",
        "original": (io.BytesIO(PDF), "o.pdf"),
    }
    made = office.post("/organogram/editions", data=given)
    assert made.status_code == 303
    assert made.location == "/organogram/editions/1"
    page = client.get("/organogram/editions/1").text
    assert "For the Commission." in page
    links = files_of(page)
    before = [client.get(link).data for link in links]
    assert len(before) == 6
    facts = json.loads(before[4])
    assert facts["as_of"] == "2020-05-26"
    assert len(facts["bodies"]) == 35
    lithuania.rollback()  # to see what was written meanwhile
    digest = find_edition(lithuania, 1).digest
    assert hashlib.sha256(before[4]).hexdigest() == digest
    assert digest in page
    assert before[5] == PDF
    assert b"Organogram" in before[1]
    for tie in recorded(lithuania).ties:
        lithuania.delete(tie)
    lithuania.commit()
    assert [client.get(link).data for link in links] == before


def test_an_edition_is_withdrawn_with_a_reason_that_stays(lithuania, client, signed_in):
    office = signed_in(Role.COORDINATOR)
    office.post("/organogram/editions", data=A_DAY)
    link = files_of(client.get("/organogram/editions/1").text)[0]
    assert office.post("/organogram/editions/1/withdraw").status_code == 422
    reason = {"reason": "The reception centre stood in the wrong place."}
    assert (
        office.post("/organogram/editions/1/withdraw", data=reason).status_code == 303
    )
    assert (
        office.post("/organogram/editions/1/withdraw", data=reason).status_code == 409
    )
    page = client.get("/organogram/editions/1").text
    assert reason["reason"] in page
    assert files_of(page) == []
    assert client.get(link).status_code == 404
    assert office.get(link).status_code == 200
    office.post("/organogram/editions", data=A_DAY | {"name": "Second"})
    assert "2. Second" in client.get("/organogram/editions").text


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"name": "  "}, 422, "Give the edition a name"),
        ({"sure": ""}, 422, "Look at the organogram of this day first"),
        ({"as_of": "2030-01-01"}, 409, "is still to come"),
        ({"as_of": "31.02.2020"}, 422, "There is no such day"),
        ({"original": (io.BytesIO(b"<html>"), "o.pdf")}, 409, "none of the files"),
        (
            {"original": (io.BytesIO(PDF + b"/JavaScript (x)"), "o.pdf")},
            409,
            "runs a program",
        ),
    ],
)
def test_what_cannot_be_frozen_is_told_and_nothing_is_kept(
    lithuania, client, signed_in, given, status, said
):
    answer = signed_in(Role.COORDINATOR).post(
        "/organogram/editions", data=A_DAY | given
    )
    assert answer.status_code == status
    assert said in answer.text
    assert "No edition yet" in client.get("/organogram/editions").text
