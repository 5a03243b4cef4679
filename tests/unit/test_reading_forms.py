"""Whole documents of each era, read."""

from datetime import date

import pytest

from emnnet.domain.reading import Era, RequesterKind, Sureness
from emnnet.domain.reading.reader import read_query
from emnnet.domain.reading.remarks import LIST as LIST_REMARK
from tests.unit.query_texts import IES, LETTER, LIST, SUMMARY, WORD, ies


def asked(query):
    return [(q.label, q.depth, q.condition) for q in query.questions]


def test_the_word_form_is_read_whole():
    query = read_query(WORD)
    assert query.era is Era.WORD
    assert query.title.value == "work permits for berry pickers"
    assert query.printed_title.value == "Ad-Hoc Query on work permits for berry pickers"
    assert query.requester.value.code == "FI"
    assert query.originator.value == "Finnish Immigration Service"
    assert query.launched_on.value == date(2011, 3, 3)
    assert query.reply_by.value == date(2011, 4, 1)
    assert query.compiled_on.value == date(2011, 5, 27)
    assert query.theme is None
    assert query.background.value.startswith("The Finnish Immigration Service")
    assert query.background.value.endswith("practices elsewhere is needed.")
    assert asked(query) == [
        ("1", 0, None),
        ("2", 0, "If yes"),
        ("2a", 1, "If yes"),
        ("2b", 1, "If yes"),
        ("3", 0, "If no to Q1"),
    ]
    assert query.questions[-1].text == "If no to Q1, how is the stay regulated?"
    assert query.respondents.value == ("AT", "BE", "EE", "NL", "HR", "NO")
    assert (query.stated_total.value, query.counted_total) == (7, 6)
    rows = [(row.country, row.dissemination) for row in query.rows]
    assert rows == [("AT", True), ("BE", False), ("EE", None)]
    assert [str(warning) for warning in query.warnings] == [
        "Responses according to the document: 7. Countries listed: 6."
    ]


def test_the_form_of_the_exchange_system_is_read_from_one_flow_of_words():
    query = read_query(IES)
    assert query.era is Era.IES
    assert query.title.value == "stays of lorry drivers"
    assert query.requester.value.printed == "Firstname SURNAME"
    assert query.requester.value.kind is RequesterKind.PERSON
    assert query.requester.value.code == "LV"
    assert query.requester.sureness is Sureness.LIKELY
    assert query.originator.value == "Latvian State Border Guard"
    assert query.reply_by.value == date(2018, 9, 28)
    assert query.reply_by.sureness is Sureness.UNSURE
    assert query.theme.value == "Visas"
    assert query.respondents.value == ("AT", "EL", "IT", "UK", "NO")
    assert asked(query) == [("1", 0, None), ("2", 0, "If yes to Q1"), ("3", 0, None)]
    assert query.questions[1].text.endswith("Please include a picture (e.g. a scan).")
    rows = [(row.country, row.dissemination) for row in query.rows]
    assert rows == [("AT", True), ("EL", False)]


def test_a_public_summary_has_no_questions_and_says_so():
    query = read_query(SUMMARY)
    assert query.era is Era.SUMMARY
    assert query.title.value == "e-gates at land borders"
    assert query.requester.value.code == "FI"
    assert query.originator.value == "Ministry of the Interior of Finland"
    assert query.questions == ()
    assert query.stated_total.value == 17
    assert query.respondents.value == ("BE",)
    assert query.counted_total is None
    assert query.launched_on is None
    assert str(query.warnings[0]).startswith("This is a public summary")


def test_a_letter_without_a_form_is_read():
    query = read_query(LETTER)
    assert query.era is Era.MAIL
    assert query.title.value == "digital nomads"
    assert query.requester.value.code == "EE"
    assert query.originator.value == "Ministry of the Interior"
    assert query.reply_by.value == date(2017, 3, 24)
    assert query.launched_on is None
    assert [question.label for question in query.questions] == ["1", "2"]
    assert query.questions[-1].text == "What income is required?"


def test_a_list_of_queries_is_not_taken_for_one():
    query = read_query(LIST)
    assert query.era is Era.LIST
    assert query.title is None
    assert [str(warning) for warning in query.warnings] == [
        LIST_REMARK,
    ]


def test_what_is_no_query_is_said_to_be_none():
    query = read_query("Take five potatoes and one onion. Grate them. Fry them.")
    assert query.title is None
    assert str(query.warnings[0]).startswith("This does not look like an ad-hoc query")


@pytest.mark.parametrize("text", ["", " \n\t ", "\f", "1", "?", "\u00ad\n", "#", ">"])
def test_nearly_nothing_is_read_as_nothing(text):
    assert read_query(text).questions == ()


def test_the_header_lines_of_a_sample_are_no_part_of_it():
    sample = (
        f"# SOURCE: somewhere\n# EDITS: none\n# ----- TEXT -----\n{ies()}\n# ----- END"
    )
    assert read_query(sample).title == read_query(sample).title
    assert read_query(sample).title.value == "sport"
    assert read_query(sample).questions[-1].text == "Is there sport?"


def test_a_heading_sign_is_no_comment():
    text = "# EMN Ad-Hoc Query on sport\n\nRequested by EE EMN NCP on 3 May 2018\n\n"
    query = read_query(f"{text}## Background information\n\nEstonia asks.\n")
    assert query.title.value == "sport"
    assert query.launched_on.value == date(2018, 5, 3)


def test_the_covering_letter_gives_the_date_that_the_form_lacks():
    letter = "Dear colleagues,\nplease reply by 24 April 2017.\nKind regards"
    query = read_query(f"{ies()}\n\n----- Covering letter -----\n{letter}")
    assert query.reply_by.value == date(2017, 4, 24)
    assert [question.text for question in query.questions] == ["Is there sport?"]


@pytest.mark.parametrize(
    "printed",
    ["Compilation produced in 15 th June 2015", "Compilation of 15 June 2015"],
)
def test_the_day_of_the_compilation_is_found_in_other_words(printed):
    text = WORD.replace("Compilation produced on 27th May 2011", printed)
    assert read_query(text).compiled_on.value == date(2015, 6, 15)


def test_fields_on_lines_of_their_own_do_not_run_into_each_other():
    text = (
        "EMN Ad Hoc Query on weddings\nRequested by: EMN NCP Sweden\n"
        "Date of launch: 26 February 2024\nDeadline: 22 March 2024\n\n"
        "BACKGROUND\nAn inquiry is at work.\n\nQUESTIONS\nQ1: Who may marry?\n"
        "Q1.1: Since when?\nQ2: Where?\n\nPagarbiai\nEMN koordinatorius\n"
    )
    query = read_query(text)
    assert query.requester.value.printed == "EMN NCP Sweden"
    assert query.launched_on.value == date(2024, 2, 26)
    assert query.reply_by.value == date(2024, 3, 22)
    assert [(q.label, q.text) for q in query.questions] == [
        ("1", "Who may marry?"),
        ("1.1", "Since when?"),
        ("2", "Where?"),
    ]


def test_a_summary_without_headings_ends_where_its_findings_begin():
    text = (
        "Ad-Hoc Query on visits\n\nThis ad-hoc query was launched by the Finnish "
        "Contact Point to the EMN.\n\nSome of the main findings of this Ad-Hoc Query:"
        "\n\n- Half of them visit.\n"
    )
    query = read_query(text)
    assert query.requester.value.code == "FI"
    assert query.background.value.endswith("Contact Point to the EMN.")


def test_one_country_named_beside_a_larger_number_is_not_the_whole_list():
    text = SUMMARY.replace("(including BE) provided", "provided") + ""
    text = text.replace("a public answer.", "a public answer (BE among them).")
    query = read_query(text)
    assert (query.stated_total.value, query.counted_total) == (17, None)


def test_a_theme_on_a_line_below_the_fields_is_found():
    text = WORD.replace("April 2011\nCompilation", "April 2011\nVisas\nCompilation")
    theme = read_query(text).theme
    assert (theme.value, theme.sureness) == ("Visas", Sureness.LIKELY)
