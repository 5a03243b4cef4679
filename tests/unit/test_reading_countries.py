"""Countries by the names and codes that occur, and how many responded."""

import pytest

from emnnet.domain.reading.countries import find_code
from emnnet.domain.reading.reader import read_query
from tests.unit.query_texts import DISCLAIMER


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Greece", "EL"),
        ("GR", "EL"),
        ("Hellenic", "EL"),
        ("United Kingdom", "UK"),
        ("GB", "UK"),
        ("UK", "UK"),
        ("Slovak Republic", "SK"),
        ("Slovakia", "SK"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("The  Netherlands", "NL"),
        ("Norway", "NO"),
        ("Republic of Moldova", "MD"),
        ("Switzerland", "CH"),
        ("no", None),
        ("Ruritania", None),
    ],
)
def test_a_country_has_the_code_that_the_emn_uses(name, code):
    assert find_code(name) == code


def respondents(words, summary=False):
    if summary:
        head = "Ad Hoc Query on boats\n\nBackground:\n\nX.\n\nRespondents:\n\n"
        text = f"{head}{words}\n\nFindings:\n"
    else:
        text = (
            f"Ad-Hoc Query on boats Requested by EE EMN NCP on 3 May 2013 {words} "
            f"Disclaimer: {DISCLAIMER} 1. Background Information Estonia asks."
        )
    query = read_query(text)
    stated = query.stated_total.value if query.stated_total else None
    codes = " ".join(query.respondents.value) if query.respondents else ""
    return codes, stated, query.counted_total


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Responses from Austria, Greece (2 in total)", ("AT EL", 2, 2)),
        (
            "Responses from Austria plus Croatia, Norway (3 in Total)",
            ("AT HR NO", 3, 3),
        ),
        ("Responses from Austria, Spain and Sweden (3 in Total)", ("AT ES SE", 3, 3)),
        ("Responses requested from AT, CZ, UK (3 in Total)", ("AT CZ UK", 3, 3)),
        (
            "Responses from the Czech\nRepublic, Slovak\n\nRepublic (2 in total)",
            ("CZ SK", 2, 2),
        ),
        ("Responses from Austria, Spain (5 in Total)", ("AT ES", 5, 2)),
        ("", ("", None, None)),
    ],
)
def test_the_list_is_counted_and_the_printed_total_kept(words, expected):
    assert respondents(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("In total 25 countries replied (including BE).", ("BE", 25, None)),
        (
            "18 EMN Member and Observer Countries provided a public answer.",
            ("", 18, None),
        ),
        ("25 countries replied to the ad hoc query.", ("", 25, None)),
        ("3 Member Countries (AT, BE, EE) replied.", ("AT BE EE", 3, 3)),
    ],
)
def test_a_summary_tells_its_respondents_in_a_sentence(words, expected):
    assert respondents(words, summary=True) == expected


def test_a_name_that_is_no_country_is_listed():
    text = (
        "Ad-Hoc Query on boats Requested by EE EMN NCP on 3 May 2013 Responses from "
        f"Austria, Ruritania (2 in Total) Disclaimer: {DISCLAIMER}"
    )
    warnings = [str(warning) for warning in read_query(text).warnings]
    assert "Not recognised in the list of countries: Ruritania." in warnings
    assert "Responses according to the document: 2. Countries listed: 1." in warnings
