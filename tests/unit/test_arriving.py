"""Telling apart what arrives: replies, machines, bounces, and who vouches for whom."""

from datetime import date

import pytest

from emnnet.domain.arriving.automatic import absent_until, automatic_reasons
from emnnet.domain.arriving.bounces import bounces_in, looks_returned
from emnnet.domain.arriving.keys import arrival_key, body_digest
from emnnet.domain.arriving.letters import ArrivedLetter, FailedRecipient, Report
from emnnet.domain.arriving.matching import Candidate, Clue, match
from emnnet.domain.arriving.numbered import Asked, by_number
from emnnet.domain.arriving.replies import parted
from emnnet.domain.arriving.trust import authentication
from emnnet.domain.messages import message

MONDAY = date(2026, 3, 16)
ASKED = [
    Asked("1", "How does your Member State treat case 1?"),
    Asked("2", "How does your Member State treat case 2?"),
    Asked("2a", "And why?"),
]

QUOTATIONS = {
    "Gmail": "On Mon, 16 Mar 2026 at 12:00, EMN <emn@example.org> wrote:\n> Please …",
    "Gmail in two lines": "On Mon, 16 Mar 2026, EMN\n<emn@example.org> wrote:\n> P",
    "Lithuanian": "2026-03-16, pr 12:00, EMN <emn@example.org> rašė:\n> Prašome …",
    "Outlook": "______________________\nFrom: EMN\nSent: Monday\nTo: Us\nSubject: A",
    "Outlook in Lithuanian": "Nuo: EMN\nIšsiųsta: 2026 m.\nKam: Mums\nTema: A\n\nP",
    "German": "Am 16.03.2026 um 12:00 schrieb EMN:\n> Bitte …",
    "French": "Le 16 mars 2026 à 12:00, EMN a écrit :\n> Merci …",
    "original message": "-----Original Message-----\nFrom: EMN\n\nPlease answer.",
    "only marks": "> Please answer\n> soon",
}


@pytest.mark.parametrize("quotation", QUOTATIONS.values(), ids=QUOTATIONS)
def test_what_is_new_stands_apart_from_what_it_answers(quotation):
    parts = parted(f"No quota applies.\n\nBest regards\nThe office\n\n{quotation}\n")
    assert (parts.text, parts.signature) == (
        "No quota applies.",
        "Best regards\nThe office",
    )
    assert parts.quoted == quotation


def test_an_answer_below_the_quotation_is_found():
    parts = parted("On 16 March EMN wrote:\n> Please answer.\n\nNo quota applies.\n")
    assert (parts.text, parts.quoted[-16:]) == ("No quota applies.", "> Please answer.")


def test_answers_between_quoted_questions_stay_with_them():
    parts = parted(
        "> 1. How does your Member\n> State treat case 1?\nNo quota.\n"
        "> 2. How does your Member State treat case 2?\nFive.\n\nPagarbiai\nSkyrius\n"
    )
    assert by_number(parts.text, ASKED) == {"1": "No quota.", "2": "Five."}
    assert parts.signature == "Pagarbiai\nSkyrius"


def test_a_forwarded_message_is_the_message():
    text = "---------- Forwarded message ---------\nFrom: NCP\nSubject: A\n\nText"
    assert parted(text).text == text


def test_a_footer_below_the_quotation_is_no_answer():
    parts = parted("Yes.\n\n> Do you?\n\nThis message is confidential.\n")
    assert parts.text == "Yes."


@pytest.mark.parametrize("text", ["", "\n\n", "> only quoted", "-- \nsignature"])
def test_nothing_new_is_nothing(text):
    assert parted(text).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "1. One.\n2. Two.\n2a. Because.",
        "Question 1: One.\nQuestion 2: Two.\nQuestion 2a: Because.",
        "Atsakymas į 1 klausimą: One.\n2 klausimas. Two.\n2a) klausimas Because.",
        "Q1. How does your Member State treat case 1? One.\nQ2. Two.\nQ2a. Because.",
        "1)\nHow does your Member State treat case 1?\nOne.\n2) Two.\n2a) Because.",
    ],
)
def test_numbers_tell_which_question_is_answered(text):
    found = by_number(text, ASKED)
    assert (found["1"], found["2"]) == ("One.", "Two.")
    assert found["2a"].endswith("Because.")


def test_a_list_inside_an_answer_begins_no_other():
    text = "1. There are rules:\n1) first\n2) second\n2. Five."
    assert by_number(text, ASKED) == {
        "1": "There are rules:\n1) first\n2) second",
        "2": "Five.",
    }
    assert by_number("In 2. instance the court decides.", ASKED) == {}


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("I am on leave until 20 March 2026.", date(2026, 3, 20)),
        ("I will be back on 23 March.", date(2026, 3, 22)),
        ("Atostogauju iki 2026-04-03 imtinai.", date(2026, 4, 3)),
        ("Grįšiu 2026 m. balandžio 7 d.", date(2026, 4, 6)),
        ("Ich bin bis 27.03.2026 nicht im Büro.", date(2026, 3, 27)),
        ("Out until 1 January 2020.", None),
        ("I am away.", None),
    ],
)
def test_e17_the_end_of_an_absence_is_read(said, until):
    assert absent_until(ArrivedLetter(text=said), MONDAY) == until


@pytest.mark.parametrize(
    ("marks", "is_automatic"),
    [
        ({"auto-submitted": "auto-generated"}, True),
        ({"auto-submitted": "Auto-Replied; owner-email=x"}, True),
        ({"auto-submitted": "no"}, False),
        ({"precedence": "auto_reply"}, True),
        ({"precedence": "bulk"}, False),
        ({"precedence": "bulk", "list-id": "<x>"}, True),
        ({"x-auto-response-suppress": "DR"}, False),
        ({"x-autoreply": "yes"}, True),
        ({}, False),
    ],
)
def test_e17_one_sure_mark_or_two_weak_ones(marks, is_automatic):
    letter = ArrivedLetter(from_address="x@example.org", marks=marks)
    assert bool(automatic_reasons(letter)) is is_automatic


@pytest.mark.parametrize(
    ("action", "status", "told"),
    [
        ("failed", "5.1.1", [True]),
        ("failed", "", [True]),
        ("delayed", "4.4.7", [False]),
        ("", "5.7.1", [True]),
        ("delivered", "2.0.0", []),
        ("relayed", "2.1.5", []),
        ("expanded", "", []),
    ],
)
def test_i03_what_a_report_means(action, status, told):
    one = FailedRecipient("x@example.org", action, status)
    found = bounces_in(Report((one,)))
    assert [bounce.is_permanent for bounce in found] == told


def test_a_person_who_writes_of_a_failure_is_no_bounce():
    letter = ArrivedLetter(
        from_address="focal.point@example.org", subject="Undelivered mail?"
    )
    assert not looks_returned(letter)


CLUE = message("It answers our mail.")
OURS, OTHERS = Candidate(1, 10, 100), Candidate(2, 20, 100)


def test_a_message_is_matched_only_to_the_senders_own():
    assert match([Clue(CLUE, (OURS, OTHERS))], [], [10]).assignment_id == 1
    assert not match([Clue(CLUE, (OTHERS,))], [OURS], [10]).is_sure
    assert match([], [OURS], [10]).is_sure
    assert not match([], [OURS, Candidate(3, 10, 101)], [10]).is_sure
    assert not match([Clue(CLUE, (OURS,))], [], []).is_sure
    assert match([Clue(CLUE, (OURS,))], [], []).assignment_id == 1


@pytest.mark.parametrize(
    ("headers", "verified"),
    [
        (["mx.ours; dmarc=pass header.from=example.org"], True),
        (["mx.ours; dmarc=fail; dkim=pass header.d=example.org"], False),
        (["mx.ours; dkim=pass header.d=example.org"], True),
        (["mx.ours; dkim=pass header.d=ple.org"], False),
        (["mx.ours; spf=pass smtp.mailfrom=example.org"], False),
        (["mx.evil; dmarc=pass"], False),
        (["mx.ours.evil; dmarc=pass"], False),
        (["mx.ours 1; dmarc=fail", "mx.ours; dmarc=pass"], False),  # the topmost
        ([], False),
    ],
)
def test_only_our_own_server_vouches_for_a_sender(headers, verified):
    found = authentication(headers, "mx.ours")
    assert found.verifies("partner@example.org") is verified
    assert authentication(headers, None).verifies("partner@example.org") is False


def test_the_key_is_the_message_id_wherever_the_mail_passed():
    one = b"Message-ID: <a@b>\r\n\r\nText"
    assert arrival_key(one) == arrival_key(b"Received: x\nMESSAGE-ID:\n <a@b>\n\nText")
    assert arrival_key(one) != arrival_key(b"X: y\r\n\r\nMessage-ID: <a@b>\r\n")
    assert body_digest(one) == body_digest(b"Received: x\r\n" + one)
    assert arrival_key(b"").startswith("bytes:")
