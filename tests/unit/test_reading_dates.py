"""Dates in any spelling; what is missing stays missing."""

from datetime import date

import pytest

from emnnet.domain.reading import Sureness
from emnnet.domain.reading.dates import find_date
from emnnet.domain.reading.reader import read_query
from tests.unit.query_texts import ies

MAY_30 = date(2017, 5, 30)


@pytest.mark.parametrize(
    "written",
    [
        "30 May 2017",
        "30th May 2017",
        "30 th May 2017",
        "30th of May, 2017",
        "Tuesday, 30 May 2017",
        "30-May-2017",
        "May 30, 2017",
        "May 30th 2017",
        "2017-05-30",
        "30.05.2017",
        "30.5.2017",
        "30/05/2017",
        "2017 m. gegužės 30 d.",
        "30\nMay\n2017",
    ],
)
def test_a_day_is_read_in_every_spelling(written):
    assert find_date(f"on {written} it was", 0).on() == MAY_30


@pytest.mark.parametrize(
    "words",
    [
        "Article 2 may be applied",
        "Directive 2011/36/EU",
        "in May 2017",
        "32 May 2017",
        "1.2",
    ],
)
def test_what_is_no_day_is_not_read_as_one(words):
    assert find_date(words, 0) is None


def test_a_day_that_does_not_exist_is_not_replaced():
    query = read_query(ies(launched="on 31 June 2014"))
    assert query.launched_on is None
    assert "“31 June 2014” is not a day of the calendar." in map(str, query.warnings)


def test_figures_that_could_be_american_are_only_likely():
    assert find_date("02/04/2019", 0).sureness is Sureness.LIKELY
    assert find_date("22/04/2019", 0).sureness is Sureness.SURE


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Please reply by 24 April 2017.", date(2017, 4, 24)),
        ("We would be grateful for answers before 24.04.2017.", date(2017, 4, 24)),
        (
            "The deadline for responses is Friday, 28th of April 2017.",
            date(2017, 4, 28),
        ),
        (
            "Send your answers as soon as possible, or by 2nd May at the latest.",
            date(2017, 5, 2),
        ),
        (
            "We ask you to submit your contributions by COB on Monday, 8 May.",
            date(2017, 5, 8),
        ),
        ("Replies no later than 2 February are welcome.", date(2018, 2, 2)),
        ("Directive 2011/36/EU had to be transposed by 6 May 2017.", None),
        ("In response to it, all had to report on it by 19 June 2017.", None),
        ("All applications submitted by 1 June 2017 are free.", None),
        ("Replies by 2 May 2012 were few.", None),
        ("Early replies would be appreciated.", None),
    ],
)
def test_the_reply_date_is_found_in_a_sentence(sentence, day):
    found = read_query(ies(background=sentence)).reply_by
    assert (found.value if found else None) == day


def test_a_year_that_follows_from_the_launch_is_unsure_and_said():
    query = read_query(ies(background="Please reply by 24 April."))
    assert query.reply_by.sureness is Sureness.UNSURE
    assert (
        "The reply date has no year; 2017-04-24 follows from the launch date."
        in map(str, query.warnings)
    )


def test_without_a_launch_date_no_year_is_invented():
    query = read_query(ies(launched="", background="Please reply by 24 April."))
    assert query.reply_by is None
    assert "The reply date “24 April” has no year, so it is left empty." in map(
        str, query.warnings
    )


def test_blank_dates_stay_empty_and_are_listed():
    query = read_query(
        "Ad-Hoc Query on boats Requested by NO EMN NCP on Compilation produced on [] "
        "Responses from Austria (1 in Total) 1. Background Information Norway asks."
    )
    assert (query.launched_on, query.reply_by, query.compiled_on) == (None, None, None)
    assert query.requester.value.printed == "NO EMN NCP"
    assert [str(warning) for warning in query.warnings] == [
        "The launch date is missing.",
        "No date is given by which to reply.",
        "The compilation date is left blank.",
        "No questions were found.",
    ]


def test_a_launch_date_without_year_follows_from_the_compilation():
    query = read_query(
        "Ad-Hoc Query on bells. Requested by AT EMN NCP on 24 October. Compilation "
        "produced on 9 February 2014 Responses from Austria (1 in Total) "
        "1. Background Information Austria asks."
    )
    assert query.launched_on.value == date(2013, 10, 24)
    assert query.launched_on.sureness is Sureness.UNSURE
