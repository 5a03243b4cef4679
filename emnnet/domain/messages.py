"""Sentences for users: marked here, translated and filled in at the edge.

A sentence never bends a noun to a number ("working days left: %(count)d"), so that
one text a language is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


def _n(text: str) -> str:
    """Mark a message for translation; it is translated at the edge."""
    return text


@dataclass(frozen=True)
class Message:
    """A marked sentence and what fills its gaps: numbers, words, days, sentences."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        shown = {name: _shown(value) for name, value in self.params.items()}
        return self.text % shown if shown else self.text


def message(text: str, /, **params: object) -> Message:
    """A marked sentence with what fills its gaps."""
    return Message(text, params)


def packed(message: Message) -> dict[str, object]:
    """A sentence as plain words, to be kept in a row; days as {"day": "2026-03-16"}.

    A sentence within it is kept the same way, as {"said": …}.
    """
    params = {name: _packed(value) for name, value in message.params.items()}
    return {"text": message.text, "params": params}


def unpacked(kept: Mapping[str, Any]) -> Message:
    """A sentence out of the plain words it was kept as."""
    params = {name: _unpacked(value) for name, value in kept["params"].items()}
    return Message(str(kept["text"]), params)


def _packed(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"said": packed(value)} if isinstance(value, Message) else value


def _unpacked(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    if "said" in value:
        return unpacked(value["said"])
    return date.fromisoformat(value["day"])


def _shown(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(str(_shown(part)) for part in value)
    return value
