"""Reading broken messages: none raises, none takes for ever, none is without a word."""

import json

import pytest

from emnnet.documents.letters import read_limited
from emnnet.documents.letters.plain import as_plain
from tests.unit.broken_mail import CORPUS


@pytest.mark.parametrize("wrong", sorted(CORPUS))
def test_broken_message_is_read_as_far_as_it_goes(wrong):
    letter = read_limited(CORPUS[wrong])
    told = json.dumps(as_plain(letter), ensure_ascii=False)
    assert "\x00" not in told
    assert told.encode("utf-8")  # what is stored must be whole characters
    assert letter.is_readable or letter.problems


def read(wrong):
    return read_limited(CORPUS[wrong])


def problems(wrong):
    return [str(one) for one in read(wrong).problems]


def test_what_can_be_read_is_read():
    assert read("charset lies").text.strip() == "Šeimos susijungimas: kvotų nėra."
    assert read("nested 100 deep").from_address == "focal.point@example.org"
    assert read("eight-bit headers").subject == "Užklausa „Grąžinimas“"
    assert read("eight-bit headers of Windows").subject == "Užklausa apie šeimą"
    assert read("boundary not closed").text.strip() == "The text breaks o"
    assert read("S/MIME signed").text.strip() == "No quota applies."
    assert [file.name for file in read("RFC 2231 name").files] == [
        "šeimų atsakymas.pdf"
    ]
    assert read("NUL bytes").text.strip() == "No quota"
    assert "\n" not in read("encoded line ends in the subject").subject
    assert read("message id twice").message_id == "<broken@example.org>"
    assert read("empty message id").message_id is None


def test_what_cannot_be_read_is_said():
    assert problems("30 MB") == [
        "The message has 30 MB; up to 25 MB are taken apart. Download it whole."
    ]
    (bag,) = problems("winmail.dat")
    assert bag.startswith("The attachments are wrapped by Outlook (winmail.dat).")
    assert problems("huge header") == [
        "The headers are extremely long; only their beginning was read."
    ]
    assert problems("5000 parts") == [
        "The message has very many parts; only the first were read."
    ]


def test_report_without_the_original_names_the_address():
    report = read("report without the original").report
    assert report is not None
    assert [(one.address, one.status) for one in report.recipients] == [
        ("gone@example.org", "5.1.1")
    ]
    assert report.returned_ids == ()
