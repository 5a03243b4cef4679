"""What the organogram can be asked for: filters, folds, search, panel; odd names."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from emnnet.domain.network import MembershipKind, Sector, Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.graphs.boxes import box
from emnnet.graphs.drawings import drawing
from emnnet.graphs.organogram_layout import arranged
from emnnet.models.membership import Membership
from emnnet.selectors.organogram import recorded
from tests.builders import an_institution
from tests.integration.shipped_network import load_lithuania
from tests.integration.test_organogram import a_tie, drawn_in, named_in


@pytest.fixture
def lithuania(session):
    load_lithuania(session)
    return session


def plain(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def classes(page, slug):
    return re.search(rf'<a class="([^"]*)" [^>]*id="organogram-{slug}"', page.text)[1]


def test_a_filter_keeps_those_above_and_marks_them(lithuania, client):
    page = client.get("/organogram?sector=judiciary&sector=ngo")
    assert drawn_in(page) == {"vaat", "lvat", "lrk", "caritas", "hrmi", "ddg"}
    part = client.get("/organogram?theme=reception&sector=government&member=partner")
    assert {"pia", "sadm", "md", "vrm", "government"} <= drawn_in(part)
    assert "is-context" in classes(part, "government")
    assert "is-context" not in classes(part, "pia")
    table = client.get(
        "/organogram?view=table&theme=reception&sector=government&member=partner"
    )
    assert named_in(table) == drawn_in(part)


def test_network_membership_is_a_filter(lithuania, client):
    page = client.get("/organogram?member=ncp&view=table")
    assert {"iom", "vrm", "md"} <= named_in(page)
    assert "pia" not in named_in(page)
    others = client.get("/organogram?member=other&sector=academia")
    assert drawn_in(others) == {"vu"}


def test_kinds_of_tie_are_chosen_and_each_has_its_legend(lithuania, client):
    page = client.get("/organogram?tie=appeal_to&tie=cooperates_with").text
    assert 'class="tie tie-appeal_to"><title>' in page
    assert 'class="tie tie-cooperates_with"><title>' in page
    assert 'class="tie tie-subordinate_to"><title>' not in page
    legend = page.partition('aria-label="Legend"')[2].partition("</section>")[0]
    assert "appeal" in legend
    assert "subordination" not in legend


def test_a_folded_branch_is_counted_and_its_address_unfolds_it(lithuania, client):
    page = client.get("/organogram?fold=vrm")
    assert drawn_in(client.get("/organogram")) - drawn_in(page) == {
        "md",
        "vsat",
        "pd",
        "urc",
    }
    assert "Show 4 under Ministry of the Interior" in page.text
    assert "4 institutions are folded away." in plain(page)
    handle = re.search(r'class="handle is-closed" href="([^"]*)"', page.text)[1]
    assert unescape(handle) == "/organogram?open=vrm"
    assert len(drawn_in(client.get(unescape(handle)))) == 35


def test_levels_are_counted_from_the_top(lithuania, client):
    page = client.get("/organogram?levels=2&sector=government")
    assert "vrm" not in drawn_in(page)
    assert {"seimas", "government", "vsd"} <= drawn_in(page)
    opened = client.get("/organogram?levels=2&sector=government&open=government")
    assert "vrm" in drawn_in(opened)
    assert "md" not in drawn_in(opened)


def test_what_is_searched_or_chosen_is_not_folded_away(lithuania, client):
    page = client.get("/organogram?fold=vrm&q=policijos")
    assert "is-found" in classes(page, "pd")
    assert "1 found:" in plain(page)
    assert "is-chosen" in classes(client.get("/organogram?fold=vrm&body=urc"), "urc")
    nobody = client.get("/organogram?q=xyz")
    assert "is called “xyz”" in plain(nobody)


@pytest.mark.parametrize("view", ["drawing", "table", "list"])
def test_both_directions_and_all_views_hold_the_same_bodies(lithuania, client, view):
    page = client.get(f"/organogram?direction=td&view={view}")
    assert len(drawn_in(page) | named_in(page)) == 35


def test_from_top_to_bottom_no_boxes_overlap(lithuania):
    part = drawing(recorded(lithuania).on(date(2026, 3, 16)), "en")
    boxes = [box(node) for node in part.nodes]
    layout = arranged(part, boxes, part.known_edges(), None, top_down=True).layout
    places = list(zip(layout.places, boxes, strict=True))
    for n, ((x, y), one) in enumerate(places):
        assert 0 <= x - 93 <= x + 93 <= layout.width
        assert 0 <= y - one.height / 2 <= y + one.height / 2 <= layout.height
        for (a, b), other in places[:n]:
            apart = (one.height + other.height) / 2
            assert abs(x - a) >= 186 or abs(y - b) >= apart


@pytest.mark.parametrize("top_down", [False, True])
@pytest.mark.parametrize("day", ["2019-07-01", "2023-01-01", "2025-01-01"])
def test_what_did_not_move_stays_near_its_place(lithuania, day, top_down):
    network = recorded(lithuania)
    second = date.fromisoformat(day)
    before, after = (
        _places(network.on(each), top_down)
        for each in (second - timedelta(days=1), second)
    )
    moved = [
        max(abs(a - b) for a, b in zip(before[slug], after[slug], strict=True))
        for slug in before.keys() & after.keys()
    ]
    assert max(moved) <= 40


def _places(picture, top_down):
    part = drawing(picture, "en")
    boxes = [box(node) for node in part.nodes]
    layout = arranged(part, boxes, part.known_edges(), None, top_down=top_down).layout
    slugs = (node.slug for node in part.nodes)
    return dict(zip(slugs, layout.places, strict=True))


def test_a_body_under_two_heads_is_drawn_once_with_a_dotted_line(session, client):
    one, two, unit = (an_institution(session, slug=s) for s in ("one", "two", "unit"))
    a_tie(session, unit, one)
    a_tie(session, unit, two)
    page = client.get("/organogram")
    assert page.text.count('id="organogram-unit"') == 1
    assert page.text.count('class="tie tie-subordinate_to"><title>') == 1
    assert page.text.count('class="tie tie-subordinate_to is-second"><title>') == 1
    assert "a further head" in plain(page)
    assert "also under" in plain(client.get("/organogram?view=list"))


def test_the_panel_tells_facts_with_their_standing_and_leads_to_the_day(
    lithuania, client
):
    page = client.get("/organogram?body=pia&as_of=2024-12-31")
    panel = page.text.partition('id="body-panel"')[2].partition("</aside>")[0]
    assert "Refugees Reception Centre" in panel
    assert "sourced" in panel
    assert "plausible" in panel
    assert "Reception" in panel
    assert 'href="/institutions/pia?as_of=2024-12-31"' in panel
    assert "Contacts" not in panel


def test_contacts_stand_in_the_panel_for_the_office_only(lithuania, client, signed_in):
    office = signed_in(Role.COORDINATOR).get("/organogram?body=pia").text
    assert "mailto:" in office.partition('id="body-panel"')[2].partition("</aside>")[0]


def test_an_unknown_body_branch_or_theme_asks_for_nothing(lithuania, client):
    odd = "body=nobody&root=x&theme=y&sector=z&tie=w&levels=99&zoom=9999&sort=q&fold=o"
    page = client.get(f"/organogram?{odd}")
    assert page.status_code == 200
    assert len(drawn_in(page)) == 35
    assert "body-panel" not in page.text.partition("<main")[2].replace(
        "#body-panel", ""
    )


def test_k04_the_words_tell_what_changed_last(lithuania, client):
    page = plain(client.get("/organogram?as_of=2025-03-01"))
    assert (
        "Since 1 Jan 2025: Refugees Reception Centre is called Reception and"
        " Integration Agency" in page
    )
    assert "17 partners of the national network, 12 of them of the government" in page
    before = plain(client.get("/organogram?as_of=2024-12-31"))
    assert "Since 1 Jan 2025" not in before


def test_tables_are_sorted_as_asked_either_way(lithuania, client):
    rising = client.get("/organogram?view=table&sort=short").text
    falling = client.get("/organogram?view=table&sort=-short").text
    assert 'aria-sort="descending"' in falling
    slugs = r'<th scope="row"><a href="/institutions/(\w+)'
    one = re.findall(slugs, rising.partition('id="ties"')[0])
    other = re.findall(slugs, falling.partition('id="ties"')[0])
    assert other[0] == "hrmi"
    assert one[-1] == "hrmi"


def test_five_megabytes_of_names_are_drawn_short(session, client):
    an_institution(
        session, slug="vast", name_en="ž" * 5_000_000, abbreviation="A" * 999
    )
    an_institution(session, slug="worse", name_en="w " * 2_500_000)
    page = client.get("/organogram")
    assert drawn_in(page) == {"vast", "worse"}
    drawn = re.search(r'<svg[^>]*class="organogram" role.*?</svg>', page.text)[0]
    assert len(drawn) < 20_000


def test_h08_script_and_control_characters_in_a_label_stay_text(session, client):
    evil = "</title><script>alert(1)</script>\x0b&{slug}%s"
    one = an_institution(session, slug="one", name_en=evil, abbreviation='"><img>')
    a_tie(session, an_institution(session, slug="two", name_en=evil), one, note=evil)
    for address in ("/organogram", "/organogram?body=one&q=script", "/organogram.svg"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<img>" not in text
    assert "\x0b" not in client.get("/organogram.svg").text


@pytest.mark.any_database
def test_of_too_many_bodies_the_upper_levels_are_drawn(session, client):
    head = an_institution(session, slug="head", email=None)
    for n in range(20):
        middle = an_institution(session, slug=f"m{n}", email=None)
        for _ in range(25):
            a_tie(session, an_institution(session, email=None), middle)
        a_tie(session, middle, head)
    page = client.get("/organogram")
    assert drawn_in(page) == {"head", *(f"m{n}" for n in range(20))}
    assert "500 institutions are folded away." in plain(page)
    assert "too many to draw at once" in plain(page)
    assert len(drawn_in(client.get("/organogram?open=m3"))) == 46


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_with_a_panel_takes_four_statements(
    session, signed_in, statements, count
):
    head = an_institution(session, slug="head", sector=Sector.NGO)
    session.add(
        Membership(
            institution_id=head.id,
            kind=MembershipKind.PARTNER,
            standing=Standing.SOURCED,
        )
    )
    for _ in range(count):
        a_tie(session, an_institution(session, email=None), head, TieKind.COORDINATES)
    office = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        assert office.get("/organogram?body=head").status_code == 200
    assert len(seen) == 4
