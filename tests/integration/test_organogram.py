"""The organogram of any day: drawing, table, list and file with the same content."""

import re
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from emnnet.child import Limits
from emnnet.domain.network import Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.graphs import layout
from emnnet.models.institution import Institution
from emnnet.models.tie import Tie
from emnnet.selectors.organogram import organogram
from emnnet.web.organogram.kept import Piece, Pieces
from tests.builders import an_institution
from tests.integration.shipped_network import load_lithuania

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def a_tie(session, below, above, kind=TieKind.SUBORDINATE_TO, **given):
    session.add(
        Tie(
            kind=kind,
            from_institution_id=below.id,
            to_institution_id=above.id,
            standing=Standing.SOURCED,
            **given,
        )
    )
    session.commit()


def drawn_in(page):
    """What the drawing of a page links to."""
    return set(re.findall(r'id="organogram-([\w-]+)"', page.text))


def named_in(page):
    """What the main part of a page links to."""
    main = page.text.partition("<main")[2]
    return set(re.findall(r'href="/institutions/([\w-]+)(?:\?[^"]*)?"', main))


@pytest.mark.parametrize(
    ("day", "bodies", "partners"),
    [
        ("2008-01-01", 35, 0),
        ("2019-06-30", 36, 17),
        ("2019-07-01", 35, 17),
        ("2026-03-16", 35, 17),
    ],
)
def test_each_day_has_its_bodies_and_partners(lithuania, client, day, bodies, partners):
    picture = organogram(lithuania, date.fromisoformat(day))
    assert len(picture.bodies) == bodies
    assert sum(body.is_partner for body in picture.bodies) == partners
    page = client.get(f"/organogram?as_of={day}")
    assert len(drawn_in(page)) == bodies


def test_k04_a_body_that_moved_stands_where_it_stood_that_day(session, client):
    one, two, unit = (an_institution(session, slug=s) for s in ("one", "two", "unit"))
    a_tie(session, unit, one, valid_to=date(2019, 6, 30))
    a_tie(session, unit, two, valid_from=date(2019, 7, 1))
    for day, head in (("2019-06-30", "one"), ("2019-07-01", "two")):
        picture = organogram(session, date.fromisoformat(day))
        assert [(b.source, b.target) for b in picture.bonds] == [("unit", head)]
        page = client.get(f"/organogram?as_of={day}&view=list").text
        assert page.count(f'href="/institutions/unit?as_of={day}"') == 1


def test_days_of_change_lead_to_the_drawing_of_that_day(lithuania, client):
    page = client.get("/organogram").text
    assert '<a href="/organogram?as_of=2019-07-01' in page
    assert "1 Jul 2019" in page


def test_drawing_table_and_list_name_the_same_bodies(lithuania, client):
    drawing = drawn_in(client.get("/organogram"))
    table = named_in(client.get("/organogram?view=table"))
    nested = named_in(client.get("/organogram?view=list"))
    assert len(drawing) == 35
    assert drawing == table == nested


def test_the_table_tells_every_tie_with_its_kind_note_and_standing(lithuania, client):
    page = client.get("/organogram?view=table").text
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition('id="ties"')[2], re.DOTALL)
    told = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    assert (
        "State Border Guard Service under the Ministry of the Interior is subordinate"
        " to Ministry of the Interior sourced"
    ) in told
    assert (
        "State Security Department cooperates with Migration Department under the"
        " Ministry of the Interior Security checks in residence matters. sourced"
    ) in told
    assert len(told) == 1 + 39


def test_cooperation_is_drawn_on_wish(lithuania, client):
    assert "tie-cooperates_with" not in client.get("/organogram").text
    assert "tie-cooperates_with" in client.get("/organogram?cooperation=y").text


def test_one_branch_is_one_body_and_all_under_it(lithuania, client):
    page = client.get("/organogram?root=vrm")
    assert drawn_in(page) == {"vrm", "md", "vsat", "pd", "urc"}
    unknown = client.get("/organogram?root=nobody")
    assert "has no place in the organogram of this day" in unknown.text
    assert len(drawn_in(unknown)) == 35


def test_a_body_under_two_heads_stands_once_and_names_the_other(session, client):
    one, two, unit = (an_institution(session, slug=s) for s in ("one", "two", "unit"))
    a_tie(session, unit, one)
    a_tie(session, unit, two, TieKind.ACCOUNTABLE_TO)
    page = client.get("/organogram?view=list").text
    assert page.count('href="/institutions/unit"') == 1
    assert "also under" in page
    assert len(drawn_in(client.get("/organogram"))) == 3


def test_k01_the_drawing_in_the_page_and_its_file_ask_no_foreign_host(
    lithuania, client
):
    page = client.get("/organogram")
    assert "style=" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    drawing = re.search(r"<svg[^>]*class=\"organogram\" role.*?</svg>", page.text)
    assert set(re.findall(r"https?://[\w./]+", drawing.group())) == {
        "http://www.w3.org/2000/svg"
    }
    file = client.get("/organogram.svg").text
    assert re.findall(r"url\(|@import|<image|<script|xlink", file) == []
    assert {link.split("/")[2] for link in re.findall(r'href="([^"]*)"', file)} == {
        "localhost"
    }


def test_k02_diacritics_in_label_table_drawing_search_and_file_name(session, client):
    name = "Užimtumo tarnyba – Šiaulių sk."
    greek = "Υπουργείο Μετανάστευσης"
    an_institution(session, slug="sk", name_lt=name, name_en="", abbreviation="UŽT ŠS")
    an_institution(session, slug="gr", name_lt=greek, name_en=greek, abbreviation="ΥΜ")
    lithuanian = {"Accept-Language": "lt"}
    for view in ("drawing", "table", "list"):
        page = client.get(f"/organogram?view={view}", headers=lithuanian).text
        assert name in " ".join(re.sub(r"<[^>]+>", " ", page).split())
        assert "UŽT ŠS" in page
        assert "ΥΜ" in page
    found = client.get("/institutions?q=siauliu", headers=lithuanian).text
    assert name in found
    assert greek not in found
    root = an_institution(session, slug="root", name_lt="Šakninė įstaiga")
    below = an_institution(session, slug="below", name_lt="Žemesnė")
    a_tie(session, below, root)
    file = client.get("/organogram.svg?root=root", headers=lithuanian)
    header = unquote(file.headers["Content-Disposition"])
    assert "Šakninė įstaiga, 2026-03-16.svg" in header
    svg = ElementTree.fromstring(file.text)  # noqa: S314 -- our own
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert "Šakninė įstaiga, 2026-03-16" in texts
    assert "Žemesnė" in texts


def test_the_file_stands_alone_with_title_source_and_colours(lithuania, client):
    file = client.get("/organogram.svg?as_of=2019-06-30")
    assert file.mimetype == "image/svg+xml"
    assert (
        'filename="Organogram, 2019-06-30.svg"' in file.headers["Content-Disposition"]
    )
    assert "var(" not in file.text
    assert ".sector-government{color: #124b7a;}" in file.text
    svg = ElementTree.fromstring(file.text)  # noqa: S314 -- our own
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert texts[0] == "Organogram, 2019-06-30"
    assert texts[-1].startswith("Source: EMN National Contact Point Lithuania. Made")
    assert "partner of the network" in texts  # the legend


def test_when_the_drawing_takes_too_long_the_table_stands_with_a_plain_sentence(
    lithuania, client, monkeypatch
):
    monkeypatch.setattr(layout, "_LIMITS", Limits(seconds=0))
    page = client.get("/organogram")
    assert page.status_code == 200
    assert "The drawing could not be made" in page.text
    assert len(named_in(page)) == 35
    assert client.get("/organogram.svg").status_code == 303


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize("view", ["drawing", "table", "list"])
def test_the_page_takes_three_statements_whatever_its_size(
    session, signed_in, statements, view, count
):
    head = an_institution(session)
    for _ in range(count):
        a_tie(session, an_institution(session, email=None), head)
    office = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        assert office.get(f"/organogram?view={view}").status_code == 200
    assert len(seen) == 2  # the account, all that was ever recorded


def test_an_impossible_day_is_told_at_the_field_and_today_is_shown(lithuania, client):
    page = client.get("/organogram?as_of=31.02.2020")
    assert page.status_code == 422
    assert "There is no such day as 31.02.2020." in page.text
    assert len(drawn_in(page)) == 35


def test_a_day_before_everything_says_so(session, client):
    an_institution(session, valid_from=date(2020, 1, 1))
    page = client.get("/organogram?as_of=2019-12-31").text
    assert "Nothing on this day" in page


def test_without_institutions_the_page_says_what_to_do(client):
    assert "emnnet network load" in client.get("/organogram").text


def test_a_page_shown_before_shows_what_was_changed_since(lithuania, client):
    assert "Vilnius University" in client.get("/organogram?view=table").text
    body = lithuania.scalars(select(Institution).where(Institution.slug == "vu")).one()
    body.name_en = "University of Vilnius"
    lithuania.commit()
    page = client.get("/organogram?view=table").text
    assert "University of Vilnius" in page
    assert "Vilnius University" not in page


def test_pieces_of_pages_make_room_and_a_failed_one_is_made_again():
    pieces, made = Pieces(most=10), []

    def make(html, keep=True):
        return lambda: made.append(html) or Piece(html, keep)

    for key, html in (("a", "aaaa"), ("b", "bbbb"), ("a", "?"), ("c", "cccc")):
        pieces.made(key, make(html))
    assert made == ["aaaa", "bbbb", "cccc"]
    assert pieces.made("a", make("?")).html == "aaaa"
    assert pieces.made("b", make("again", keep=False)).html == "again"
    assert pieces.made("b", make("bbbb")).html == "bbbb"
