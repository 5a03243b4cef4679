"""What arrives with a request, without the one sign no data base takes."""

from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

NUL = "\x00"


class WithoutNul(ImmutableMultiDict[str, Any]):
    """Fields of a form or an address; NUL is taken out, all else stays as typed."""

    def __init__(self, mapping: Any = None) -> None:
        given = ImmutableMultiDict(mapping)
        super().__init__(
            [
                (name, value.replace(NUL, "") if isinstance(value, str) else value)
                for name, value in given.items(multi=True)
            ]
        )


class CleanRequest(Request):
    """A request whose fields hold no NUL."""

    parameter_storage_class = WithoutNul
