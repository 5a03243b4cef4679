"""The grid as values: leads, empty rows, what is still to be asked."""

from datetime import date

import pytest

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.routing_grid import (
    IncompleteGrid,
    doubled_leads,
    grid_digest,
    leads,
    still_to_ask,
    unanswered,
    with_former_replaced,
)

LEAD, CONTRIBUTES, INFORMED = CellRole.LEAD, CellRole.CONTRIBUTES, CellRole.INFORMED
MD, VSAT, PD = 1, 2, 3
Q1, Q2, Q3 = 11, 12, 13


def test_leads_are_found_by_question():
    cells = {(Q1, VSAT): LEAD, (Q1, MD): LEAD, (Q2, PD): LEAD, (Q2, MD): CONTRIBUTES}
    assert leads(cells) == {Q1: [MD, VSAT], Q2: [PD]}
    assert doubled_leads(cells) == {Q1: [MD, VSAT]}


@pytest.mark.parametrize(
    ("replace", "expected"),
    [
        pytest.param([Q1], CONTRIBUTES, id="the former lead steps back"),
        pytest.param([Q2], LEAD, id="only where that was said"),
    ],
)
def test_a_former_lead_is_replaced_where_that_was_said(replace, expected):
    cells = {(Q1, MD): LEAD, (Q1, VSAT): LEAD}
    replaced = with_former_replaced(cells, {(Q1, MD): LEAD}, replace)
    assert replaced == {(Q1, MD): expected, (Q1, VSAT): LEAD}


def test_a_lead_alone_is_never_replaced():
    cells = {(Q1, MD): LEAD}
    assert with_former_replaced(cells, cells, [Q1]) == cells


def test_a_question_for_information_only_is_answered_by_nobody():
    cells = {(Q1, MD): INFORMED, (Q2, MD): CONTRIBUTES}
    assert unanswered([Q1, Q2, Q3], cells) == (Q1, Q3)


def test_what_was_asked_is_not_asked_again():
    planned = {(Q2, MD): LEAD, (Q1, VSAT): LEAD, (Q1, MD): CONTRIBUTES}
    assert still_to_ask([Q1, Q2], planned, [(Q1, MD)]) == {
        MD: {Q2: LEAD},
        VSAT: {Q1: LEAD},
    }


def test_questions_that_are_not_listed_wait():
    assert still_to_ask([Q2], {(Q1, MD): LEAD}, []) == {}


def test_a_digest_tells_grids_apart_whatever_their_order():
    one = {(Q1, MD): (LEAD, None), (Q2, MD): (LEAD, None)}
    turned = dict(reversed(one.items()))
    assert grid_digest(one, {}) == grid_digest(turned, {})
    others = [
        grid_digest(one | {(Q1, MD): (CONTRIBUTES, None)}, {}),
        grid_digest(one | {(Q1, MD): (LEAD, date(2026, 3, 2))}, {}),
        grid_digest(one, {(Q1, MD): LEAD}),
    ]
    assert len({grid_digest(one, {}), *others}) == 4


def test_an_incomplete_grid_names_its_questions():
    assert str(IncompleteGrid(["2", "3a"])).startswith(
        "Nobody is asked to answer: 2, 3a."
    )
