"""A description of the network as CSV tables that spreadsheets open, and back.

UTF-8 with its mark, semicolons. A cell that a spreadsheet would take for a formula
gets an apostrophe in front; reading takes it away again.
"""

import csv
import io
import re
from collections.abc import Container, Iterable, Mapping

from emnnet.documents.network_cells import (
    BY_NAME,
    LITHUANIAN,
    TABLES,
    Cell,
    key_in,
    rows_of,
)
from emnnet.domain.network import NetworkDescription

FORMULA = re.compile(r"'*[=+\-@\t\r]")
HELD = re.compile(r"'+[=+\-@\t\r]")
BETWEEN = re.compile(r"[\s,;|]+")


def network_csv(
    description: NetworkDescription, local: str = LITHUANIAN
) -> dict[str, bytes]:
    """The files by name, one for each table; `local` is what `local_key` says."""
    return {
        f"{table.name}.csv": _written(
            [key_in(local, column) for column in table.columns],
            (
                [_cell(cells.get(column, "")) for column in table.columns]
                for cells in rows_of(description, table.name)
            ),
        )
        for table in TABLES
    }


def template(table: str, local: str = LITHUANIAN) -> bytes:
    """An empty table with its heads. Raises `KeyError`."""
    return _written([key_in(local, one) for one in BY_NAME[table].columns], ())


def unheld(cell: str) -> str:
    """A cell as it was meant."""
    return cell[1:] if HELD.match(cell) else cell


def listed(cell: str) -> tuple[str, ...]:
    """The words of a cell that is a list."""
    return tuple(word for word in BETWEEN.split(cell) if word)


def by_column(
    heads: Iterable[str], row: Iterable[str], needed: Container[str]
) -> Mapping[str, str]:
    """The cells of a row: those that are filled, and those that should be."""
    pairs = [(head, cell.strip()) for head, cell in zip(heads, row, strict=False)]
    return {h: unheld(cell) for h, cell in pairs if h and (cell or h in needed)}


def _cell(cell: Cell) -> str:
    text = " ".join(cell) if isinstance(cell, tuple) else cell
    return f"'{text}" if FORMULA.match(text) else text


def _written(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")
