"""Questions: numbered, nested, conditional, bundled, or without numbers."""

import pytest

from emnnet.domain.reading.reader import read_query
from tests.unit.query_texts import ies


def labelled(questions):
    query = read_query(ies(questions=questions))
    return [(q.label, q.depth, q.text) for q in query.questions]


def conditions(questions):
    return [q.condition for q in read_query(ies(questions=questions)).questions]


@pytest.mark.parametrize(
    "printed",
    [
        "Questions 1. Is it so? 2. Since when, please?",
        "Questions 1) Is it so? 2) Since when, please?",
        "Questions: (1) Is it so? (2) Since when, please?",
        "2. Questions\nQ1. Is it so?\nQ2. Since when, please?",
        "Questions\nQuestion 1: Is it so?\nQuestion 2: Since when, please?",
        "Questions\n1.\nIs it so?\n2.\nSince when, please?",
        "We ask the following questions: 1. Is it so? 2. Since when, please?",
        "QUESTIONS\n• Is it so?\n• Since when, please?",
        "Questions Is it so? Since when, please?",
    ],
)
def test_two_questions_are_found_however_they_are_numbered(printed):
    found = [(label, text) for label, _, text in labelled(printed)]
    assert found == [("1", "Is it so?"), ("2", "Since when, please?")]


def test_nested_questions_carry_their_whole_number():
    printed = "Questions 1. On courses: a) What? i. Where? ii. When? b) Who? 2. Why so?"
    assert labelled(printed) == [
        ("1", 0, "On courses:"),
        ("1a", 1, "What?"),
        ("1a.i", 2, "Where?"),
        ("1a.ii", 2, "When?"),
        ("1b", 1, "Who?"),
        ("2", 0, "Why so?"),
    ]


def test_numbers_that_name_their_parent_are_understood():
    assert labelled("Questions 1. Before: 1.1 Who? 1.2 When? 2. After: 2.1 How?") == [
        ("1", 0, "Before:"),
        ("1.1", 1, "Who?"),
        ("1.2", 1, "When?"),
        ("2", 0, "After:"),
        ("2.1", 1, "How?"),
    ]
    assert labelled("Questions 1a. Who? 1b. When? 2a. How?") == [
        ("1a", 0, "Who?"),
        ("1b", 0, "When?"),
        ("2a", 0, "How?"),
    ]


def test_numbers_go_on_through_sections():
    printed = "Questions\nA. Law\n1. Is there a law?\nB. Practice\n2. How many came?"
    assert [label for label, *_ in labelled(printed)] == ["A", "A.1", "B", "B.2"]


@pytest.mark.parametrize(
    "printed",
    [
        "Questions 1. How do you apply Article 20(2)(a) and Article 5. 2. How many?",
        "Questions 1. Is it so (parts 1, 2, 3)? 2. How many came?",
        "Questions 1. Is it i.e. so, e.g. in law? 2. How many came?",
        "Questions 1. Does it (pose\na) bar (to) it? 2. How many came?",
        "Questions 1. Do you use either a) detention or b) bail? 2. How many came?",
    ],
)
def test_what_only_looks_like_a_number_begins_no_question(printed):
    assert [label for label, *_ in labelled(printed)] == ["1", "2"]


def test_several_questions_under_one_number_stay_together():
    printed = "Questions 1) Are there courses? If yes, for whom? 2) What do they cost?"
    assert labelled(printed)[0] == ("1", 0, "Are there courses? If yes, for whom?")


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("If yes, which?", "If yes"),
        ("If so, since when?", "If so"),
        ("If not, why not?", "If not"),
        ("If yes to Q1, which?", "If yes to Q1"),
        ("If no to question 1, why?", "If no to question 1"),
        (
            "If the answer to question 1 is yes, which?",
            "If the answer to question 1 is yes",
        ),
        ("In case of a negative answer, why?", "In case of a negative answer"),
        ("If applicable, how are they paid?", "If applicable"),
        ("If you run a programme, is it free?", "If you run a programme"),
        ("If you store data what is the basis?", "If you store data"),
        ("If an applicant is excluded, does it bar a permit?", None),
        ("Is it free? If yes, since when?", None),
    ],
)
def test_a_condition_is_what_the_question_opens_with(question, condition):
    assert conditions(f"Questions 1. Is it so? 2. {question}") == [None, condition]


def test_what_stands_under_a_condition_shares_it():
    printed = "Questions 1. Is it so? 2. If yes: a. which? b. where? 3. Anything else?"
    assert conditions(printed) == [None, "If yes", "If yes", "If yes", None]


def test_unnumbered_questions_keep_what_belongs_to_them():
    printed = (
        "Questions Is it possible? (Yes/No) If yes, please answer the rest If yes to "
        "Q1, which conditions apply? Please include all (e.g. fees, see NL) If yes to "
        "Q1, how many came?"
    )
    assert [text for *_, text in labelled(printed)] == [
        "Is it possible? (Yes/No) If yes, please answer the rest",
        "If yes to Q1, which conditions apply? Please include all (e.g. fees, see NL)",
        "If yes to Q1, how many came?",
    ]


def test_requests_line_by_line_are_questions():
    printed = "Questions\nPlease describe the law.\nPlease list the bodies.\n"
    assert len(labelled(printed)) == 2


@pytest.mark.parametrize(
    "ending",
    [
        "Responses Country Wider Dissemination Response Austria Yes 1. Never. 2. No.",
        "\nWe would very much appreciate your responses by 2 May 2017.",
        "\nThank you in advance for your cooperation.",
        "\nKind regards,\nEE EMN NCP",
        "Responses",
        "The EMN NCPs are kindly asked to answer briefly.",
        "\nPlease indicate whether your answer may be disseminated wider.",
        "\n* * * * * *\nAnnex 3. Is this one?",
        "\nEMN Ad-Hoc Query: sport\nDisclaimer: The following",
    ],
)
def test_the_questions_end_where_something_else_begins(ending):
    printed = f"Questions 1. Is it so? 2. Since when? {ending}"
    assert [text for *_, text in labelled(printed)] == ["Is it so?", "Since when?"]


def test_a_numbered_background_is_no_question():
    query = read_query(
        ies(
            background="It aims at two things. 1. Firstly, it aims at this.",
            questions="",
        )
    )
    assert query.questions == ()
    assert "No questions were found." in [str(warning) for warning in query.warnings]
