"""Words as search and routing compare them."""

import pytest

from emnnet.words import fold, terms, word_terms


@pytest.mark.parametrize(
    "text",
    ["Ad-Hoc", "ad hoc", "Ad HOc", "ad–hoc", "AD  HOC", "ad\u2011hoc", "ad-\u00adhoc"],
)
def test_spellings_of_ad_hoc_fold_to_one(text: str):
    assert fold(text) == "ad hoc"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("ĄČĘĖĮŠŲŪŽ ąčęėįšųūž", "aceeisuuz aceeisuuz", id="Lithuanian"),
        pytest.param("Uz\u030cklausa", "uzklausa", id="a letter and its caron apart"),
        pytest.param("Łódź, Tromsø, Straße", "lodz, tromso, strasse", id="neighbours"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_fold(text: str, folded: str):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("užsieniečių", "uzsienieciu"),
        ("užsieniečiai", "užsieniečių"),
        ("uzsienieciai", "užsieniečių"),
        ("prieglobsčio", "prieglobscio"),
        ("prieglobstis", "prieglobsčio"),
        ("grąžinimas", "grazinimo"),
        ("leidimas", "leidimų"),
        ("leidimu", "leidimų"),
        ("šeimos", "seimai"),
        ("susijungimas", "susijungimo"),
        ("nelydimas", "nelydimo"),
        ("permit", "permits"),
        ("reunification", "Reunifications"),
        ("detained", "detaining"),
        ("Trafficking", "trafficked"),
        ("asylum", "ASYLUM"),
    ],
)
def test_word_forms_meet(one: str, other: str):
    assert set(terms(one)) & set(terms(other)) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("grąžinimas", "grąžtas"), ("visa", "return"), ("permit", "prevent")],
)
def test_other_words_do_not_meet(one: str, other: str):
    assert set(terms(one)) & set(terms(other)) == set()


def test_stop_words_of_both_languages_are_left_out():
    assert terms("How do you and your, kaip ir dėl to") == []


def test_hyphened_words_are_found_by_their_parts():
    assert word_terms("long-term resident")[0] == word_terms("long")[0]
    assert len(word_terms("long-term resident")) == 3


def test_terms_come_once_and_in_order():
    assert terms("permit asylum permit") == [*terms("permit"), *terms("asylum")]


def test_numbers_of_directives_are_words():
    assert terms("Directive 2003/109/EC")[-3:] == ["2003", "109", "ec"]
