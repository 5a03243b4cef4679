"""Run alone: files that somebody uploaded, taken apart with limits.

In: a line of JSON (files with sizes, known tables, limits), then the bytes. Out: JSON
with problems (file, line, what, values), YAML trees and CSV rows, each with its line.
"""

import csv
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN = "tag:yaml.org,2002:str"
DEEPEST = 12


class Problem(Exception):
    """What is wrong: line, a word for it, values for the sentence."""

    def __init__(self, line: int, what: str, **values: object) -> None:
        self.told = [line, what, values]
        super().__init__(what)


class Reading:
    """What was found in all files."""

    def __init__(self, tables: list[str], limits: dict[str, int]) -> None:
        self.tables, self.limits = tables, limits
        self.left = limits["bytes"]
        self.problems: list[list[object]] = []
        self.found: dict[str, dict[str, Any]] = {}

    def take(self, name: str, data: bytes) -> None:
        """Read one file; what is wrong is noted under its name."""
        try:
            if name.lower().endswith(".zip"):
                for inner, content in self.unpacked(data):
                    self.take(inner, content)
                return
            self.take_table(PurePosixPath(name), data)
        except Problem as problem:
            self.problems.append([name, *problem.told])

    def take_table(self, path: PurePosixPath, data: bytes) -> None:
        """Read a file of one table."""
        readers: dict[str, Callable[[str], Any]] = {
            ".yaml": tree_of,
            ".yml": tree_of,
            ".csv": rows_of,
        }
        reader, table = readers.get(path.suffix.lower()), path.stem.lower()
        if reader is None or table not in self.tables:
            known = ", ".join(f"{name}.yaml, {name}.csv" for name in self.tables)
            raise Problem(0, "unknown_file", known=known)
        if table in self.found:
            raise Problem(0, "twice", other=self.found[table]["file"])
        kind = "rows" if reader is rows_of else "tree"
        self.found[table] = {"file": path.name, kind: reader(decoded(data))}

    def unpacked(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        """The files of a ZIP; what they say of their size is not believed."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inside = [one for one in archive.infolist() if wanted(one)]
                if len(inside) > self.limits["files"]:
                    raise Problem(0, "many_files", most=self.limits["files"])
                for one in inside:
                    if one.flag_bits & 1:
                        raise Problem(0, "encrypted")
                    yield PurePosixPath(one.filename).name, self.content(archive, one)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError):
            raise Problem(0, "no_zip") from None

    def content(self, archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
        """One file of it, as long as there is room."""
        with archive.open(one) as stream:
            data = stream.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            megabytes = self.limits["bytes"] // (1024 * 1024)
            raise Problem(0, "too_large", most=megabytes)
        if one.filename.lower().endswith(".zip"):
            raise Problem(0, "zip_in_zip")
        return data


def wanted(one: zipfile.ZipInfo) -> bool:
    """No folders, and nothing that other programs left there."""
    parts = PurePosixPath(one.filename).parts
    left = {"__MACOSX", "Thumbs.db", "desktop.ini"}
    hidden = any(part.startswith(".") or part in left for part in parts)
    return not (one.is_dir() or hidden or parts[-1].upper().startswith("README"))


def decoded(data: bytes) -> str:
    """UTF-8, with or without its mark at the beginning."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Problem(line, "no_utf8") from None


def tree_of(text: str) -> Any:
    """A YAML file as nested lists: kind, line, and what is in it."""
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.AliasEvent):
                mark = event.start_mark
                raise Problem(mark.line + 1 if mark else 0, "alias")
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or ""
        raise Problem(mark.line + 1 if mark else 0, "no_yaml", reason=reason) from None
    except yaml.YAMLError as error:
        raise Problem(0, "no_yaml", reason=str(error)) from None
    except RecursionError:
        raise Problem(0, "deep") from None
    if node is None:
        raise Problem(0, "empty")
    return plain(node, 0)


def plain(node: Any, depth: int) -> list[Any]:
    """A node and all below it."""
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        raise Problem(line, "deep")
    if isinstance(node, yaml.MappingNode):
        return ["m", line, [pair(key, value, depth) for key, value in node.value]]
    if isinstance(node, yaml.SequenceNode):
        return ["s", line, [plain(each, depth + 1) for each in node.value]]
    return ["t", line, node.tag, node.value]


def pair(key: Any, value: Any, depth: int) -> list[Any]:
    """A key and what stands under it."""
    if not isinstance(key, yaml.ScalarNode):
        raise Problem(key.start_mark.line + 1, "no_key")
    line = key.start_mark.line + 1
    return [["t", line, PLAIN, key.value], plain(value, depth + 1)]


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file by their heads; semicolon, comma or tab is found out."""
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Problem(line, "no_csv", reason=str(error)) from None
    if not rows or not any(cell.strip() for cell in rows[0][1]):
        raise Problem(1, "empty")
    return [row for row in rows if any(cell.strip() for cell in row[1])]


def main() -> None:
    """From standard input to standard output."""
    order = json.loads(sys.stdin.buffer.readline())
    csv.field_size_limit(order["limits"]["bytes"])
    reading = Reading(order["tables"], order["limits"])
    for name, size in order["files"]:
        reading.take(name, sys.stdin.buffer.read(size))
    json.dump({"problems": reading.problems, "found": reading.found}, sys.stdout)


if __name__ == "__main__":
    main()
