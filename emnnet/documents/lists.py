"""Lists as files: CSV for machines and by hand, XLSX for spreadsheets.

A text that begins like a formula must open as text and read back unchanged. XLSX knows
text from formula, so there it stands as it is. CSV does not: such a text gets one
apostrophe in front, and so does a text that begins with an apostrophe, so that
`read_csv` can take exactly that one away again. Numbers and days are never marked.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from emnnet.documents.printable import printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | date | datetime | None

VILNIUS = ZoneInfo("Europe/Vilnius")
GUARD = "'"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767  # Excel's own limit, in characters
_CUT = " … [too long for one cell; whole in the CSV]"
_NARROWEST, _WIDEST = 10, 60


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark at its beginning, commas, every line ended by CR LF."""
    written = StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([_guarded(name) for name in header])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def read_csv(content: bytes) -> list[list[str]]:
    """The header and the rows of a file that `as_csv` wrote, texts as they were."""
    lines = StringIO(content.decode("utf-8-sig"), newline="")
    return [[_unguarded(cell) for cell in row] for row in csv.reader(lines)]


def as_xlsx(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    made_at: datetime,
) -> bytes:
    """One sheet: texts as texts, days as days, moments in Vilnius time, no formula."""
    import xlsxwriter  # noqa: PLC0415 -- slow import: only who exports needs it

    memory = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    options |= {"strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, options) as book:
        created = made_at.astimezone(VILNIUS).replace(tzinfo=None)
        book.set_properties({"title": printable(title), "created": created})
        formats = _formats(book)
        sheet = book.add_worksheet()
        kept: list[list[Cell]] = [list(header), *(list(row) for row in rows)]
        for number, row in enumerate(kept):
            _write(sheet, number, row, formats)
        _arrange(sheet, kept)
    return memory.getvalue()


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return _guarded(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(VILNIUS).isoformat(sep=" ", timespec="minutes")
    return "" if cell is None else str(cell)


def _guarded(text: str) -> str:
    return GUARD + text if text.startswith((GUARD, *_FORMULA_STARTS)) else text


def _unguarded(text: str) -> str:
    guarded = text[:1] == GUARD and text[1:].startswith((GUARD, *_FORMULA_STARTS))
    return text[1:] if guarded else text


def _formats(book: Any) -> dict[str, Any]:
    plain = {"valign": "top", "text_wrap": True}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E9EFF5", "bottom": 1}),
        "text": book.add_format(plain),
        "day": book.add_format({**plain, "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({**plain, "num_format": "yyyy-mm-dd hh:mm"}),
    }


def _write(
    sheet: "Worksheet", number: int, row: list[Cell], formats: dict[str, Any]
) -> None:
    for column, cell in enumerate(row):
        text = formats["text"] if number else formats["head"]
        if isinstance(cell, str):
            sheet.write_string(number, column, _fitting(printable(cell)), text)
        elif isinstance(cell, bool):
            sheet.write_boolean(number, column, cell, text)
        elif isinstance(cell, datetime):
            local = cell.astimezone(VILNIUS).replace(tzinfo=None)
            sheet.write_datetime(number, column, local, formats["moment"])
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell, formats["day"])
        elif cell is not None:
            sheet.write_number(number, column, cell, text)


def _fitting(text: str) -> str:
    """What one cell can hold; xlsxwriter would leave out a longer text altogether."""
    if len(text.encode("utf-16-le")) // 2 <= _LONGEST_CELL:
        return text
    room = _LONGEST_CELL - len(_CUT)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + _CUT


def _arrange(sheet: "Worksheet", kept: list[list[Cell]]) -> None:
    """Head that stays and filters; columns as wide as their texts, within reason."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(kept) - 1, 1), max(len(kept[0]) - 1, 0))
    for column in range(len(kept[0])):
        lengths = [len(str(row[column])) for row in kept[:200] if column < len(row)]
        width = min(max(_NARROWEST, *lengths) + 2, _WIDEST)
        sheet.set_column(column, column, width)
