"""Who may read what: circles, dissemination, the fixed sentence."""

import pytest

from emnnet.domain.audience import (
    CLOSED_SENTENCE,
    Audience,
    Dissemination,
    is_looser,
    may_read,
    strictest,
    visible_text,
)
from emnnet.domain.disclaimer import DISCLAIMER
from emnnet.domain.markdown_text import paragraphs

YES, ASK, NO = Dissemination.YES, Dissemination.ASK, Dissemination.NO


def test_circles_grow_narrower_towards_the_office():
    circles = [Audience.OFFICE, Audience.PUBLIC, Audience.INSTITUTION, Audience.NETWORK]
    assert sorted(circles) == list(Audience)
    assert Audience.PUBLIC < Audience.NETWORK < Audience.INSTITUTION < Audience.OFFICE
    assert Audience.OFFICE >= Audience.PUBLIC
    assert Audience.PUBLIC <= Audience.PUBLIC
    assert Audience.OFFICE > Audience.NETWORK


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([YES, YES], YES, id="all may travel"),
        pytest.param([YES, ASK], ASK, id="one wants to be asked"),
        pytest.param([NO, ASK, YES], NO, id="one may not travel"),
        pytest.param([], NO, id="nobody was asked"),
    ],
)
def test_the_strictest_source_decides(given, expected):
    assert strictest(given) is expected


def test_going_looser_is_told_from_going_stricter():
    assert is_looser(YES, NO)
    assert not is_looser(NO, YES)
    assert not is_looser(ASK, ASK)


@pytest.mark.parametrize("dissemination", [NO, ASK])
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.NETWORK])
def test_h01_a_closed_response_shows_only_the_fixed_sentence(dissemination, audience):
    assert visible_text("secret", dissemination, audience) == CLOSED_SENTENCE


@pytest.mark.parametrize("audience", [Audience.INSTITUTION, Audience.OFFICE])
def test_who_wrote_it_and_the_office_read_a_closed_response(audience):
    assert may_read(NO, audience)
    assert visible_text("secret", NO, audience) == "secret"


@pytest.mark.parametrize("audience", list(Audience))
def test_an_open_response_is_read_by_everybody(audience):
    assert visible_text("open", YES, audience) == "open"


def test_the_disclaimer_is_an_edition_of_a_form_text():
    assert DISCLAIMER.edition == "2016"
    assert DISCLAIMER.text.startswith("The following responses have been provided")


def test_paragraphs_are_parted_by_blank_lines():
    text = "One\nstill one\r\n\r\n \r\n- two\n\n\n    code\n\n"
    assert paragraphs(text) == ["One\nstill one", "- two", "    code"]
    assert paragraphs(" \n\n") == []
