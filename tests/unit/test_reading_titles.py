"""Titles without the prefixes, and who asks."""

import pytest

from emnnet.domain.reading import RequesterKind
from emnnet.domain.reading.reader import read_query
from emnnet.domain.reading.title import bare_title, number_of
from tests.unit.query_texts import ies


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("EMN Ad-Hoc Query on AHQ on boats", "boats"),
        ("EMN Ad-Hoc Query on Ad-Hoc Query on boats", "boats"),
        ("EMN Ad-Hoc Query on on boats", "boats"),
        ("EMN Ad-Hoc Query on Ad HOc Query on boats", "boats"),
        ("EMN Ad-Hoc Query on COM AHQ on boats", "boats"),
        ("LT Ad-Hoc Query on boats", "boats"),
        ("Ad hoc query: boats", "boats"),
        ("AHQ - boats", "boats"),
        ("EMN AHQ 2019.5 on boats", "boats"),
        ("Ad-Hoc Query (1 of 2) related to boats", "boats (1 of 2)"),
        ("Ad-Hoc Query on boats (part 2)", "boats (part 2)"),
        ("AHQ on EMN AHQ 2019.5 and more on boats", "EMN AHQ 2019.5 and more on boats"),
        ("EMN Ad-Hoc Query on the use of boats", "the use of boats"),
        ("AD HOC QUERY ON 2020.3 COM, LU & NL AHQ Boats", "Boats"),
        ("EMN AHQ 2023.41 LV Ad Hoc Query on boats", "boats"),
    ],
)
def test_a_title_loses_its_prefixes_in_any_spelling(printed, title):
    assert bare_title(printed) == title


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("EMN AHQ 2019.5 on boats", "2019.5"),
        ("EMN Ad-Hoc Query 588. on boats", "588."),
        ("Ad-Hoc Query No. 12: boats", "12"),
        ("AD HOC QUERY ON 2020.3 COM, LU & NL AHQ Boats", "2020.3"),
        ("EMN AHQ 2023.41 LV Ad Hoc Query on boats", "2023.41"),
        ("AHQ on EMN AHQ 2019.5 and more on boats", None),
        ("EMN Ad-Hoc Query on 2019.5 - update on boats", None),
        ("EMN Ad-Hoc Query on 3 boats", None),
        ("EMN Ad-Hoc Query on boats in 2019", None),
        ("Boats", None),
        ("", None),
    ],
)
def test_the_number_of_a_query_stands_in_its_title_or_nowhere(printed, number):
    assert number_of(printed) == number


def test_the_printed_form_is_kept():
    query = read_query(ies(title="EMN Ad-Hoc Query on\nAHQ on  boats"))
    assert query.printed_title.value == "EMN Ad-Hoc Query on AHQ on boats"
    assert query.title.value == "boats"


def test_words_of_the_form_within_a_title_do_not_end_it():
    title = "EMN Ad-Hoc Query on Background Checks of Questions Officers"
    query = read_query(ies(title=title))
    assert query.title.value == "Background Checks of Questions Officers"


@pytest.mark.parametrize(
    ("printed", "code", "kind"),
    [
        ("LU EMN NCP", "LU", RequesterKind.NCP),
        ("LT NCP", "LT", RequesterKind.NCP),
        ("GR EMN NCP", "EL", RequesterKind.NCP),
        ("the Estonian NCP", "EE", RequesterKind.NCP),
        ("EMN NCP Lithuania", "LT", RequesterKind.NCP),
        ("COM", "COM", RequesterKind.COMMISSION),
        ("European Commission", "COM", RequesterKind.COMMISSION),
        ("United Kingdom", "UK", RequesterKind.COUNTRY),
        ("the Netherlands", "NL", RequesterKind.COUNTRY),
        ("Slovak Republic", "SK", RequesterKind.COUNTRY),
        ("EMN", "EMN", RequesterKind.EMN),
        ("the Finnish Contact Point", "FI", RequesterKind.NCP),
    ],
)
def test_who_asks_is_understood_in_four_ways(printed, code, kind):
    asker = read_query(ies(requester=printed)).requester.value
    assert (asker.code, asker.printed, asker.kind) == (code, printed, kind)


@pytest.mark.parametrize(
    "name", ["Firstname SURNAME", "surname FIRSTNAME", "First-N SUR"]
)
@pytest.mark.parametrize(
    ("background", "code"),
    [
        ("The Republic of Lithuania would like to obtain information.", "LT"),
        ("At this moment, the Dutch government is studying options.", "NL"),
        ("The Polish Border Guard Headquarters is reviewing its forms.", "PL"),
        ("In Latvia, drivers stay longer.", "LV"),
        ("Drivers stay longer than before.", ""),
        ("Albania and Georgia are safe. Albania is safest.", ""),
    ],
)
def test_a_person_is_placed_only_where_the_document_allows_it(name, background, code):
    asker = read_query(ies(requester=name, background=background)).requester.value
    assert (asker.printed, asker.kind) == (name, RequesterKind.PERSON)
    assert asker.code == code


def test_a_person_who_cannot_be_placed_is_listed():
    query = read_query(ies(requester="Firstname SURNAME", background="Drivers stay."))
    assert (
        "“Firstname SURNAME” asks; which country that is, the document does not say."
        in [str(warning) for warning in query.warnings]
    )


@pytest.mark.parametrize(
    ("background", "originator"),
    [
        (
            "The Swedish Migration Agency is investigating cards.",
            "Swedish Migration Agency",
        ),
        (
            "The Directorate of Immigration (UDI) has funded it.",
            "Directorate of Immigration",
        ),
        ("To learn more, the OLAI would like to ask.", "OLAI"),
        ("At the request of the Ministry of Health, we ask.", "Ministry of Health"),
        ("The ministry of the Interior is reflecting.", "Ministry of the Interior"),
        (
            "Helpers, o.z. (a member of the Slovak National Network) asks.",
            "Helpers, o.z.",
        ),
        (
            "The Greek Ministry of Labour is old. The Ministry needs your input.",
            "Greek Ministry of Labour",
        ),
        (
            "The Migration Office recorded new cases. They would like to ask.",
            "Migration Office",
        ),
        ("None.\nThe Ministry of Health is reflecting.", "Ministry of Health"),
        ("The European Parliament has adopted it. Estonia asks.", None),
        ("A parent acts on behalf of a minor. Estonia asks.", None),
    ],
)
def test_the_originator_is_the_body_that_asks(background, originator):
    found = read_query(ies(background=background)).originator
    assert (found.value if found else None) == originator


@pytest.mark.parametrize(
    ("printed", "sure"),
    [
        ("Residence", "sure"),
        ("Irregular Migration", "sure"),
        ("Unaccompanied minors", "sure"),
        ("Residence, Return", "sure"),
        ("External Border Technology", "unsure"),
    ],
)
def test_the_theme_is_the_bare_words_behind_the_date(printed, sure):
    theme = read_query(ies(theme=printed)).theme
    assert (theme.value, theme.sureness) == (printed, sure)
