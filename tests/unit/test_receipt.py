"""The copy a partner gets of what was sent."""

from datetime import UTC, datetime

from emnnet.documents.receipt import Receipt, ReceiptAnswer, receipt_text

ANSWERS = (
    ReceiptAnswer(
        "1.",
        "How many?",
        "**12**\n\n- a\n- b\n",
        dissemination="yes",
        attachments=("lentelė.xlsx",),
    ),
    ReceiptAnswer("2.", "Which?", "", outcome="No data"),
)
SENT = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
LINE = "-" * 72


def test_a_receipt_holds_what_was_sent_letter_for_letter():
    receipt = Receipt(
        "2026.12", "Seasonal workers", "Migration Department", SENT, ANSWERS
    )
    assert receipt_text(receipt) == (
        "2026.12 Seasonal workers\n"
        "Institution: Migration Department\n"
        "Sent: 2 April 2026, 12:00\n\n"
        f"1. How many?\n{LINE}\n\n"
        "**12**\n\n- a\n- b\n\n"
        "Wider dissemination: yes\nAttached: lentelė.xlsx\n\n"
        f"2. Which?\n{LINE}\n\n"
        "No data\n"
    )


def test_a_lithuanian_receipt_is_in_lithuanian():
    receipt = Receipt("2026.12", "Darbas", "Migracijos departamentas", SENT, (), "lt")
    assert receipt_text(receipt) == (
        "2026.12 Darbas\n"
        "Institucija: Migracijos departamentas\n"
        "Išsiųsta: 2026-04-02 12:00\n"
    )
