"""What was read, as JSON for the table of intakes and back."""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any, TypeVar

from emnnet.domain.messages import Message
from emnnet.domain.reading.values import (
    CountryRow,
    Era,
    Found,
    Passage,
    ReadQuery,
    ReadQuestion,
    Requester,
    RequesterKind,
    Sureness,
)

T = TypeVar("T")
TEXTS = ("title", "printed_title", "originator", "theme", "background", "disclaimer")
DAYS = ("launched_on", "reply_by", "compiled_on")


def as_json(read: ReadQuery) -> dict[str, Any]:
    """Everything that was read, as JSON can keep it."""
    plain = _plain(read)
    assert isinstance(plain, dict)  # noqa: S101 -- a dataclass becomes a dict
    return plain


def from_json(kept: dict[str, Any]) -> ReadQuery:
    """The same again. What an older reader did not keep is left empty."""
    fields: dict[str, Any] = {name: _found(kept.get(name), str) for name in TEXTS}
    fields |= {name: _found(kept.get(name), date.fromisoformat) for name in DAYS}
    return ReadQuery(
        era=Era(kept.get("era", Era.UNKNOWN)),
        requester=_found(kept.get("requester"), _requester),
        respondents=_found(kept.get("respondents"), tuple),
        stated_total=_found(kept.get("stated_total"), int),
        counted_total=kept.get("counted_total"),
        questions=tuple(map(_question, kept.get("questions", ()))),
        rows=tuple(map(_row, kept.get("rows", ()))),
        warnings=tuple(map(_message, kept.get("warnings", ()))),
        **fields,
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        fields = vars(value) if hasattr(value, "__dict__") else asdict(value)
        return {name: _plain(part) for name, part in fields.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value


def _found(kept: Any, made: Callable[[Any], T]) -> Found[T] | None:
    if kept is None:
        return None
    return Found(
        made(kept["value"]), _passage(kept["passage"]), Sureness(kept["sureness"])
    )


def _passage(kept: Any) -> Passage | None:
    return Passage(kept["start"], kept["end"]) if kept else None


def _requester(kept: Any) -> Requester:
    return Requester(kept["code"], kept["printed"], RequesterKind(kept["kind"]))


def _question(kept: Any) -> ReadQuestion:
    return ReadQuestion(
        label=kept["label"],
        text=kept["text"],
        depth=kept["depth"],
        condition=kept["condition"],
        passage=Passage(**kept["passage"]),
        sureness=Sureness(kept["sureness"]),
    )


def _row(kept: Any) -> CountryRow:
    passage = Passage(**kept["passage"])
    return CountryRow(kept["country"], kept["dissemination"], kept["text"], passage)


def _message(kept: Any) -> Message:
    return Message(kept["text"], kept["params"])
