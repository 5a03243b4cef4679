"""`emnnet history verify`: does the history still say what was recorded?"""

import json
import sys

import click
from flask.cli import AppGroup

from emnnet.extensions import db
from emnnet.selectors.history import BreakKind, Verified, verify_history

history_group = AppGroup("history", help="The history: events that are never changed.")
SAID = {
    BreakKind.CHANGED: "was changed",
    BreakKind.MISSING: "is missing",
    BreakKind.CUT_OFF: "and what came after it is missing",
    BreakKind.NO_HISTORY: "is missing: the query has no history at all",
}


@history_group.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(*, as_json: bool) -> None:
    """Walk all chains; exit with 1 and name the event where one is broken."""
    found = verify_history(db.session)
    click.echo(_json(found) if as_json else _text(found))
    if found.breaks:
        sys.exit(1)


def _text(found: Verified) -> str:
    walked = f"{found.events} events in {found.streams} streams"
    if not found.breaks:
        return f"{walked}: all as they were recorded."
    lines = [
        f"{each.stream}: event {each.number} {SAID[each.kind]}."
        for each in found.breaks
    ]
    return "\n".join([*lines, f"{walked}: {len(lines)} broken."])


def _json(found: Verified) -> str:
    answer = {
        "ok": not found.breaks,
        "streams": found.streams,
        "events": found.events,
        "breaks": [
            {"stream": each.stream, "number": each.number, "kind": each.kind}
            for each in found.breaks
        ],
    }
    return json.dumps(answer, indent=2)
