"""The organogram through time: the strip of days, and two days compared."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from emnnet.domain.network import TieKind
from emnnet.domain.network_changes import ChangeKind
from emnnet.models.competence import Competence
from emnnet.models.institution import Institution
from emnnet.models.tie import Tie
from emnnet.selectors.change_sources import backing, grounds
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
        "Territorial migration services (police) → merged – taken over by: "
        "Migration Department under the Ministry of the Interior sourced : "
        "Lithuania Tribune: principles of the migration system reform ; "
        "MIPAS: drafts of the migration system reform"
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
        for tie in lithuania.scalars(select(Tie))
        if tie.kind is TieKind.SUBORDINATE_TO and tie.from_institution.slug == "urc"
    )
    tie.valid_to = date(2025, 12, 31)
    new = lithuania.scalars(select(Institution).where(Institution.slug == "md")).one()
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


def test_every_change_says_what_it_stands_on(lithuania, client):
    network, known = recorded(lithuania), grounds(lithuania)
    long_way = compared(network, date(2004, 1, 1), date(2026, 11, 22))
    silent = [
        change
        for change in long_way.changes
        if backing(change, long_way, network.rows, known) is None
    ]
    assert silent == []
    page = client.get("/organogram/compare?from=2004-01-01&to=2026-11-22").text
    assert all("sourced" in row or "plausible" in row for row in rows_in(page))


def test_a_change_of_competence_is_a_mark_and_is_told_in_the_comparison(
    lithuania, client
):
    part = lithuania.scalars(
        select(Competence).where(Competence.institution.has(slug="uzt"))
    ).first()
    part.valid_from, theme = date(2020, 3, 2), part.theme.name_en
    lithuania.commit()
    told = marks_in(client.get("/organogram").text)
    assert told["2020-03-02"] == "UŽT: new theme"
    page = client.get("/organogram/compare?from=2020-03-01&to=2020-03-02").text
    assert len(rows_in(page)) == 1
    assert f"▲ new theme – {theme}: " in rows_in(page)[0]
    assert "change-theme_taken" in page


def test_the_same_facts_are_the_same_object_and_new_facts_are_seen(lithuania):
    first = recorded(lithuania)
    assert recorded(lithuania) is first
    assert first.on(date(2020, 1, 1)) is first.on(date(2020, 1, 1))
    lithuania.scalars(
        select(Institution).filter_by(slug="seimas")
    ).one().name_en = "Parliament"
    assert recorded(lithuania).on(date(2020, 1, 1)).bodies[0].names.en == "Parliament"


def test_in_a_very_large_history_the_days_stand_without_words(
    lithuania, client, monkeypatch
):
    monkeypatch.setattr("emnnet.selectors.network_days.MOST_BODIES", 100)
    page = client.get("/organogram").text
    assert set(marks_in(page).values()) == {"something changed"}
    assert len(marks_in(page)) == 10
