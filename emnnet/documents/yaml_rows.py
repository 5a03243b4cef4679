"""Rows of a YAML file, each value with its line, every code read as text.

YAML 1.1 makes `false` of an unquoted NO (Norway) and a date of 2019-07-01. Here nothing
is made of anything: a value that YAML would turn into something else is a problem.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from emnnet.domain.messages import _n, message
from emnnet.domain.network import Place
from emnnet.domain.network_check import Problem
from emnnet.domain.network_texts import EITHER, LOCAL_KEY

Word = TypeVar("Word", bound=StrEnum)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where it is built in
TEXT = "tag:yaml.org,2002:str"
NOTHING = "tag:yaml.org,2002:null"
OTHER_KEYS = {"local": LOCAL_KEY}
"""Lithuanian files call what is in the language of the country `lt`, others `local`."""


class Notes:
    """The problems found while one file is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, text: str, /, **params: object) -> None:
        """Note what is wrong on a line (counted from 1)."""
        self.problems.append(Problem(self.file, line, message(text, **params)))


class Row:
    """One mapping of the file; what is asked for is read, the rest is a problem."""

    def __init__(self, node: yaml.MappingNode, notes: Notes) -> None:
        self._notes = notes
        self._line = _line(node)
        self._values: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name = OTHER_KEYS.get(str(key.value), str(key.value))
            if name in self._values:
                notes.add(_line(key), _n("the key “%(name)s” stands twice"), name=name)
            self._values[name] = value

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return Place(self._notes.file, self._line)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the row, all of them taken as asked for."""
        self._asked |= set(self._values)
        return tuple(self._values)

    def text(self, key: str, default: str | None = None) -> str:
        """The text under `key`; without a default it must be there."""
        node = self._node(key)
        if node is None:
            if default is None:
                named = EITHER if key == LOCAL_KEY else key
                self._notes.add(self._line, _n("%(key)s is missing"), key=named)
            return default or ""
        return self._text(key, node)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`; none if it is not there."""
        return tuple(self._text(key, node) for node in self._items(key))

    def day(self, key: str) -> date | None:
        """The day under `key`, written "2019-07-01" in quotes; None if not there."""
        node = self._node(key)
        if node is None:
            return None
        written = self._text(key, node)
        try:
            return date.fromisoformat(written)
        except ValueError:
            text = _n('%(key)s: "%(written)s" is no day; write "2019-07-01"')
            self._notes.add(_line(node), text, key=key, written=written)
            return None

    def number(self, key: str, default: int | None = None) -> int:
        """The whole number under `key`; without a default it must be there."""
        node = self._node(key)
        if node is None and default is not None:
            return default
        written = str(node.value) if node else ""
        if not written.isdecimal():
            text = _n('%(key)s: "%(written)s" is no whole number')
            line = _line(node) if node else self._line
            self._notes.add(line, text, key=key, written=written)
            return 0
        return int(written)

    def word(self, key: str, kind: type[Word]) -> Word:
        """One of the words of `kind`; any other is a problem."""
        return self._word(self.text(key), key, kind)

    def optional_word(self, key: str, kind: type[Word]) -> Word | None:
        """One of the words of `kind`, or None if the key is not there."""
        return self.word(key, kind) if self._node(key) else None

    def word_at(self, key: str, written: str, kind: type[Word]) -> Word:
        """A word of `kind` that is the key itself or stands in the list under it."""
        return self._word(written, key, kind)

    def rows(self, key: str) -> Iterator["Row"]:
        """The mappings of the list under `key`, each checked for unknown keys."""
        for node in self._items(key):
            if not isinstance(node, yaml.MappingNode):
                self._notes.add(_line(node), _n("a row with keys is expected here"))
                continue
            row = Row(node, self._notes)
            yield row
            row.close()

    def row(self, key: str) -> "Row":
        """The mapping under `key`; an empty one if it is not there."""
        node = self._node(key)
        if node is not None and not isinstance(node, yaml.MappingNode):
            self._notes.add(_line(node), _n("%(key)s needs keys of its own"), key=key)
            node = None
        return Row(node or yaml.MappingNode("map", []), self._notes)

    def close(self) -> None:
        """Note the keys nobody asked for: they are misspelt."""
        for key in sorted(set(self._values) - self._asked):
            line = _line(self._values[key])
            known = ", ".join(sorted(self._asked))
            text = _n("the key “%(name)s” is not known; known are %(known)s")
            self._notes.add(line, text, name=key, known=known)

    def _node(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        node = self._values.get(key)
        return None if node is None or node.tag == NOTHING else node

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._node(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._notes.add(_line(node), _n("%(key)s needs a list"), key=key)
            return []
        return list(node.value)

    def _text(self, key: str, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self._notes.add(_line(node), _n("%(key)s needs a text"), key=key)
            return ""
        written = str(node.value)
        if node.tag != TEXT:
            text = _n('%(key)s: unquoted code %(written)s; write "%(written)s"')
            self._notes.add(_line(node), text, key=key, written=written)
        return written.strip()

    def _word(self, written: str, key: str, kind: type[Word]) -> Word:
        try:
            return kind(written)
        except ValueError:
            node = self._values.get(key)
            self._notes.add(
                _line(node) if node else self._line,
                _n('%(key)s: "%(written)s" is not known; known are %(known)s'),
                key=key,
                written=written,
                known=", ".join(kind),
            )
            return next(iter(kind))


def read_rows(path: Path, key: str, notes: Notes) -> Iterator[Row]:
    """The rows of the list under `key`, the only key at the top of the file."""
    node = _tree(path, notes)
    if node is not None:
        yield from rows_in(node, key, notes)


def rows_in(node: yaml.Node, key: str, notes: Notes) -> Iterator[Row]:
    """The rows of the list under `key`, the only key at the top of the tree."""
    if not isinstance(node, yaml.MappingNode):
        notes.add(1, _n("the file begins with %(name)s: and a list"), name=key)
        return
    top = Row(node, notes)
    yield from top.rows(key)
    top.close()


def _tree(path: Path, notes: Notes) -> yaml.Node | None:
    try:
        tree: yaml.Node | None = yaml.compose(
            path.read_text(encoding="utf-8"), Loader=LOADER
        )
    except FileNotFoundError:
        notes.add(0, _n("the file is missing"))
    except UnicodeDecodeError:
        notes.add(0, _n("the file is not in UTF-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or ""
        line = mark.line + 1 if mark else 0
        notes.add(line, _n("this is not YAML: %(reason)s"), reason=reason)
    except yaml.YAMLError as error:
        notes.add(0, _n("this is not YAML: %(reason)s"), reason=str(error))
    else:
        if tree is None:
            notes.add(0, _n("the file is empty"))
        return tree
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1 if node.start_mark else 0
