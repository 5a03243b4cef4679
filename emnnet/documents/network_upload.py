"""Uploaded files of a network, read in a process with limits.

A folder or a ZIP of YAML files as they are saved, or CSV tables; not all need be there.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from emnnet.child import ChildFailed, Limits, run_child
from emnnet.documents.network_cells import BY_NAME, LITHUANIAN, LOCAL
from emnnet.documents.network_csv import by_column, listed
from emnnet.documents.network_files import described
from emnnet.documents.network_parts import Part, parts_of, with_parts
from emnnet.documents.yaml_rows import TEXT, Notes, Row, rows_in
from emnnet.domain.messages import _n, message
from emnnet.domain.network import NetworkDescription
from emnnet.domain.network_problems import NetworkProblems, Problem

_CHILD = Path(__file__).with_name("network_upload_child.py")
_LIMITS = Limits(seconds=20, megabytes=768)
MB = 1024 * 1024
MOST_BYTES = 5 * MB
MOST = {"bytes": 10 * MB, "files": 40}
UNREADABLE = _n(
    "The files are too large or too deeply nested: they were not read. Nothing was "
    "changed."
)
TOO_LARGE = _n("The files are larger than %(most)d MB together")
NOTHING = _n("There is no file of the network in it; known are %(known)s")
UNKNOWN_COLUMN = _n("the column “%(column)s” is not known; known are %(known)s")
NO_COLUMN = _n("the column “%(column)s” is missing")
DOUBLED_COLUMN = _n("the column “%(column)s” stands twice")
LONG_ROW = _n("there are more cells than columns: a separator may stand in a text")
SAID = {
    "unknown_file": _n("this file is not known; known are %(known)s"),
    "twice": _n("the same table stands in %(other)s already"),
    "many_files": _n("there are more than %(most)d files in it"),
    "encrypted": _n("the ZIP file is encrypted: save it without a password"),
    "no_zip": _n("this is no ZIP file, or it is damaged"),
    "too_large": _n("unpacked it is larger than %(most)d MB"),
    "zip_in_zip": _n("a ZIP file stands in the ZIP file: unpack it first"),
    "no_utf8": _n("the file is not in UTF-8; a spreadsheet calls it “CSV UTF-8”"),
    "alias": _n("anchors and aliases (& and *) are not taken: write the value out"),
    "no_yaml": _n("this is not YAML: %(reason)s"),
    "no_csv": _n("this is not CSV: %(reason)s"),
    "no_key": _n("a key must be a plain word"),
    "deep": _n("it is nested too deeply"),
    "empty": _n("the file is empty"),
}
Found = dict[str, dict[str, Any]]


def read_upload(
    files: Sequence[tuple[str, bytes]], standing: NetworkDescription
) -> NetworkDescription:
    """What the files say; `standing` fills what tables of parts do not tell.

    Raises `NetworkProblems` with every file and line. What rows name is not checked.
    """
    found, problems = _taken_apart(files)
    description, more = described(lambda table, notes: _rows(found, table, notes))
    problems += more
    given: dict[str, list[Part]] = {}
    for table in ("former_names", "facts", "mappings", "keywords"):
        notes = Notes(f"{table}.csv")
        given[table] = list(parts_of(table, _rows(found, table, notes)))
        problems += notes.problems
    only_csv = "rows" in found.get("themes", {})
    description, more = with_parts(description, standing, given, fill=only_csv)
    problems += more
    if problems:
        raise NetworkProblems(problems)
    return description


def _taken_apart(files: Sequence[tuple[str, bytes]]) -> tuple[Found, list[Problem]]:
    if sum(len(data) for _, data in files) > MOST_BYTES:
        raise NetworkProblems([_whole(TOO_LARGE, most=MOST_BYTES // MB)])
    sizes = [(name, len(data)) for name, data in files]
    order = {"files": sizes, "tables": list(BY_NAME), "limits": MOST}
    given = json.dumps(order).encode() + b"\n" + b"".join(data for _, data in files)
    try:
        told = json.loads(run_child(_CHILD, given, _LIMITS))
    except ChildFailed as error:
        raise NetworkProblems([_whole(UNREADABLE)]) from error
    problems = [
        Problem(file, line, message(SAID[what], **values))
        for file, line, what, values in told["problems"]
    ]
    if not told["found"] and not problems:
        problems = [_whole(NOTHING, known=", ".join(BY_NAME))]
    return told["found"], problems


def _whole(text: str, **params: object) -> Problem:
    return Problem("", 0, message(text, **params))


def _rows(found: Found, table: str, notes: Notes) -> Iterator[Row]:
    """The rows of a table, from whichever kind of file there is."""
    file = found.get(table)
    if file is None:
        return
    notes.file = file["file"]
    if "tree" in file:
        yield from rows_in(_node(file["tree"]), table, notes)
        return
    (_, heads), *rows = file["rows"]
    named = [_plain(head) for head in heads]
    if _heads_fit(table, named, notes):
        yield from _csv_rows(table, named, rows, notes)


def _plain(head: str) -> str:
    """A head without what spreadsheets add; `local` is the key that all files know."""
    outer, dot, inner = head.strip().rpartition(".")
    return f"{outer}{dot}{LITHUANIAN if inner == LOCAL else inner}"


def _heads_fit(table: str, heads: Sequence[str], notes: Notes) -> bool:
    known, before = BY_NAME[table], len(notes.problems)
    for place, head in enumerate(heads):
        if head and head not in known.columns:
            columns = ", ".join(known.columns)
            notes.add(1, UNKNOWN_COLUMN, column=head[:80], known=columns)
        elif head and head in heads[:place]:
            notes.add(1, DOUBLED_COLUMN, column=head)
    for column in sorted(known.needed - set(heads)):
        notes.add(1, NO_COLUMN, column=column)
    return len(notes.problems) == before


def _csv_rows(
    table: str, heads: Sequence[str], rows: Sequence[Any], notes: Notes
) -> Iterator[Row]:
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(heads) :]):
            notes.add(line, LONG_ROW)
            continue
        told = by_column(heads, cells, BY_NAME[table].needed)
        row = Row(_mapping(table, line, told), notes)
        yield row
        row.close()


def _mapping(table: str, line: int, cells: Any) -> yaml.MappingNode:
    """A row of a CSV file as YAML would have it: `function.en` is a key in a key."""
    top: dict[str, Any] = {}
    for column, cell in cells.items():
        outer, _, inner = column.partition(".")
        if inner:
            part = top.setdefault(outer, ["m", line, []])
            part[2].append([["t", line, TEXT, inner], ["t", line, TEXT, cell]])
        elif column in BY_NAME[table].lists:
            words = [["t", line, TEXT, word] for word in listed(cell)]
            top[column] = ["s", line, words]
        else:
            top[column] = ["t", line, TEXT, cell]
    pairs = [[["t", line, TEXT, key], value] for key, value in top.items()]
    node = _node(["m", line, pairs])
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 -- made as one here
    return node


def _node(told: list[Any]) -> yaml.Node:
    """A node as YAML itself would have made it."""
    kind, line = told[0], told[1]
    mark = yaml.Mark("", 0, line - 1, 0, None, 0)
    if kind == "m":
        pairs = [(_node(key), _node(value)) for key, value in told[2]]
        return yaml.MappingNode("map", pairs, mark, mark)
    if kind == "s":
        return yaml.SequenceNode("seq", [_node(each) for each in told[2]], mark, mark)
    return yaml.ScalarNode(told[2], told[3], mark, mark)
