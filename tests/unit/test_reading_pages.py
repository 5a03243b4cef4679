"""What pages, hosts and mail programs do to a text changes nothing in what is read."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emnnet.domain.reading.furniture import cleaned
from emnnet.domain.reading.manuscript import flat
from emnnet.domain.reading.reader import read_query
from tests.unit.query_texts import IES, LETTER, LIST, SUMMARY, WORD, ies

TEXTS = [WORD, IES, SUMMARY, LETTER, LIST]


def facts(text):
    """All that was read, without the places."""
    query = read_query(text)
    names = ("title", "printed_title", "requester", "originator", "launched_on")
    names += ("reply_by", "compiled_on", "theme", "background", "stated_total")
    found = (getattr(query, name) for name in names)
    questions = [(q.label, q.text, q.depth, q.condition) for q in query.questions]
    return [one and one.value for one in found], questions, query.counted_total


@pytest.mark.parametrize("width", [60, 72, 88, 110])
def test_lines_broken_on_a_page_are_put_together(width):
    paragraphs = IES.split("\n\n")
    broken = "\n\n".join("\n".join(textwrap.wrap(one, width)) for one in paragraphs)
    assert facts(broken) == facts(IES)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("infor-\nmation", "information"),
        ("third-\ncountry nationals", "third-country\nnationals"),
        ("long-\nterm", "long-term"),
        ("5-\nyear", "5-year"),
        ("up-to-\ndate", "up-to-date"),
        ("infor\u00ad\nmation", "information"),
        ("in\u00adfor\u00admation", "information"),
        ("enter/\nreside", "enter/reside"),
        ("\ufb01nal", "final"),
        ("Z\u030cemaitija", "Žemaitija"),
        ("a\u00a0b\u2009c", "a b c"),
    ],
)
def test_broken_words_become_whole_and_hyphens_stay(broken, whole):
    assert cleaned(broken).text == whole


@pytest.mark.parametrize(
    ("paged", "text"),
    [
        ("One.\n1 of 23\nTwo.", "One.\nTwo."),
        ("One. 1 of 23\n\nTwo.", "One.\n\nTwo."),
        ("One.\nPage 2 of 5\nTwo.", "One.\nTwo."),
        ("One.\n- 3 -\nTwo.", "One.\n\nTwo."),
        ("Part (1 of 2) stays", "Part (1 of 2) stays"),
        ("one of 23 stays 1 of 23 here", "one of 23 stays 1 of 23 here"),
        ("> > quoted\n> lines", "quoted\nlines"),
    ],
)
def test_page_numbers_are_no_text(paged, text):
    assert cleaned(paged).text == text


def test_the_page_numbers_of_a_host_are_taken_off_in_their_order():
    first = ies(background="Estonia asks " * 40 + "for it.", questions="").strip()
    text = f"1 {first} 1\n\n2 Questions 1. Is it so?\n\n2 is no page. 2. Is it?"
    query = read_query(text)
    assert query.background.value.endswith("for it.")
    assert [question.label for question in query.questions] == ["1", "2"]


@pytest.mark.parametrize("text", TEXTS)
def test_each_passage_stands_in_the_very_text_given(text):
    query = read_query(text)
    for found in (query.title, query.theme, query.background, query.printed_title):
        if found is not None:
            words = text[found.passage.start : found.passage.end]
            assert found.value in flat(cleaned(words).text)
    for question in query.questions:
        words = text[question.passage.start : question.passage.end]
        assert flat(words).endswith(question.text)
    if query.requester:
        place = query.requester.passage
        assert text[place.start : place.end] == query.requester.value.printed
    if query.stated_total:
        place = query.stated_total.passage
        assert int(text[place.start : place.end]) == query.stated_total.value


def test_passages_are_right_behind_what_was_taken_off():
    title = "\ufeff1 EMN Ad-\r\nHoc Query on co\u00adver\r\n "
    text = f"{title}Requested by EE EMN NCP on 3 May 2018"
    query = read_query(text)
    place = query.launched_on.passage
    assert text[place.start : place.end] == "3 May 2018"
    assert query.title.value == "cover"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*WORD.split(), *LETTER.split(" "), "\n\n", "(", "1."]))
)
def test_no_order_of_words_breaks_the_reader(words):
    text = " ".join(words)
    query = read_query(text)
    places = [question.passage for question in query.questions]
    assert all(0 <= place.start <= place.end <= len(text) for place in places)


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_breaks_the_reader(text):
    read_query(text)
