"""Lists as CSV and XLSX: as many rows as the list, texts as they were, no formula."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from emnnet.documents.lists import as_csv, as_xlsx, read_csv

HEADER = ["Query", "Reply by", "Answers"]
ROWS = [
    ["Užimtumo tarnyba – Šiaulių sk.", date(2026, 4, 20), 5],
    ["Βιομετρικά δεδομένα", None, 0],
    ['Two\nlines, a comma and a "quote"', date(2026, 4, 24), -2],
]
MOMENT = datetime(2026, 4, 13, 9, 30, tzinfo=UTC)
DANGEROUS = [
    "=1+1",
    "+370 600",
    "-5 per cent",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "'quoted'",
    "'=1+1",
    '"=1+1"',
    "''",
]


def sheet_of(rows, header=HEADER):
    content = as_xlsx(header, rows, title="Queries", made_at=MOMENT)
    return load_workbook(BytesIO(content)).active


@pytest.mark.parametrize("count", [0, 1, 3])
def test_j03_there_are_as_many_rows_as_in_the_list(count):
    assert len(read_csv(as_csv(HEADER, ROWS[:count]))) == 1 + count
    assert sheet_of(ROWS[:count]).max_row == 1 + count


def test_j03_empty_dates_stay_empty():
    assert read_csv(as_csv(HEADER, ROWS))[2] == ["Βιομετρικά δεδομένα", "", "0"]
    assert sheet_of(ROWS)["B3"].value is None


def test_k02_letters_are_right_in_both():
    assert as_csv(HEADER, ROWS).startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in read_csv(as_csv(HEADER, ROWS))[1:]] == [
        r[0] for r in ROWS
    ]
    assert [cell.value for cell in sheet_of(ROWS)["A"][1:]] == [r[0] for r in ROWS]


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
def test_j04_x04_a_text_like_a_formula_opens_as_text_and_reads_back(text):
    content = as_csv(["Answer"], [[text]])
    plain = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert plain[1][0][0] in "'\""
    assert read_csv(content) == [["Answer"], [text]]


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
def test_j04_x04_xlsx_holds_the_text_itself(text):
    cell = sheet_of([[text]], ["Answer"])["A2"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")


def test_numbers_and_days_stay_numbers_and_days():
    sheet = sheet_of([[-5, date(2026, 4, 20), MOMENT]])
    assert [str(cell.value) for cell in sheet[2]] == [
        "-5",
        "2026-04-20 00:00:00",
        "2026-04-13 12:30:00",
    ]
    assert [cell.data_type for cell in sheet[2]] == ["n", "d", "d"]
    assert read_csv(as_csv(HEADER, [[-5, date(2026, 4, 20), MOMENT]]))[1] == [
        "-5",
        "2026-04-20",
        "2026-04-13 12:30+03:00",
    ]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    value = sheet_of([["ž" * 40_000]])["A2"].value
    assert len(value) == 32_767
    assert value.endswith("… [too long for one cell; whole in the CSV]")


def test_characters_a_file_cannot_hold_do_not_break_it():
    assert sheet_of([["a\x00b\ud800c"]])["A2"].value == "abc"
    assert read_csv(as_csv(["A"], [["a\ud800"]]))[1] == ["a?"]


def test_the_head_stays_and_no_author_is_named():
    content = as_xlsx(HEADER, ROWS, title="Queries", made_at=MOMENT)
    book = load_workbook(BytesIO(content))
    assert book.active.freeze_panes == "A2"
    assert (book.properties.title, book.properties.creator) == ("Queries", None)
