"""`emnnet routing`: who should be asked what, for a query in a document."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from emnnet import clock
from emnnet.cli.network import shipped
from emnnet.documents.network_files import read_network
from emnnet.documents.opening import UnreadableDocument, open_limited
from emnnet.documents.routing_network import described
from emnnet.domain.candidates import AskedQuestion
from emnnet.domain.errors import DomainError
from emnnet.domain.question_themes import QueryWords
from emnnet.domain.reading import ReadQuery
from emnnet.domain.reading.reader import read_query
from emnnet.domain.routing import RoutingProposal, suggest
from emnnet.extensions import db
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.selectors.routing_memory import Network, earlier_answers, network_on
from emnnet.words import wording

routing = AppGroup("routing", help="Who should be asked what.")
NOTHING_READ = "No question was found in it: nobody can be proposed."


@routing.command("suggest")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def suggest_command(file: str, as_json: bool) -> None:
    """Read the query in FILE and propose for each question whom to ask, and why.

    With the network of the data base, or the one that came with emnnet.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        query = read_query(open_limited(data, Path(file).name).text)
        found = _stored(query) or _shipped(query)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
    except (UnreadableDocument, DomainError) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        answer = {"questions": [_as_dict(proposal) for proposal in found]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _print(found)


def _stored(query: ReadQuery) -> tuple[RoutingProposal, ...] | None:
    """By the data base, if there is one with partners in it."""
    if not _has_data_base():
        return None
    today = clock.today()
    try:
        network = network_on(db.session, today)
        if not any(body.is_partner for body in network.bodies.values()):
            return None
        slugs = _printed(query, network)
        theme = next(
            (id_ for id_, slug in network.theme_slugs.items() if slug in slugs), None
        )
        return suggest(
            _asked(query),
            network.candidates(),
            network.themes,
            earlier_answers(db.session, 0, theme),
            query=_around(query, slugs),
            on=today,
        )
    except SQLAlchemyError:  # no tables yet, or nobody there: the shipped files will do
        return None


def _has_data_base() -> bool:
    """Asking SQLite for a file that is not there would make it."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite":
        return True
    return bool(url.database) and Path(str(url.database)).is_file()


def _shipped(query: ReadQuery) -> tuple[RoutingProposal, ...]:
    network = described(read_network(shipped()))
    printed = query.theme.value if query.theme else ""
    return suggest(
        _asked(query),
        network.candidates,
        network.themes,
        query=_around(query, network.printed(printed)),
        on=clock.today(),
    )


def _printed(query: ReadQuery, network: Network) -> frozenset[str]:
    if query.theme is None:
        return frozenset()
    wanted = query.theme.value.strip().casefold()
    rows = db.session.execute(
        select(ThemeTerm.term, Theme.slug).join(Theme, Theme.id == ThemeTerm.theme_id)
    )
    named = {theme.slug for theme in network.themes if theme.name.casefold() == wanted}
    return frozenset(named | {slug for term, slug in rows if term.casefold() == wanted})


def _asked(query: ReadQuery) -> list[AskedQuestion]:
    return [
        AskedQuestion(one.label, one.text, wording(one.text)) for one in query.questions
    ]


def _around(query: ReadQuery, printed: frozenset[str]) -> QueryWords:
    title = query.title.value if query.title else ""
    background = query.background.value if query.background else ""
    return QueryWords(wording(title), wording(background), printed)


def _as_dict(proposal: RoutingProposal) -> dict[str, Any]:
    return {
        "label": proposal.label,
        "text": proposal.text,
        "suggestions": [
            {
                "institution": one.institution,
                "role": one.role.value,
                "score": one.score,
                "reasons": [str(reason) for reason in one.reasons],
            }
            for one in proposal.suggestions
        ],
        "outside": [str(note) for note in proposal.outside],
    }


def _print(found: tuple[RoutingProposal, ...]) -> None:
    for proposal in found:
        click.echo(f"{proposal.label}  {proposal.text}")
        for one in proposal.suggestions:
            click.echo(f"    {one.score:.2f}  {one.institution:<8} {one.role.value}")
            for reason in one.reasons:
                click.echo(f"          {reason}")
        for note in proposal.outside:
            click.echo(f"    {note}")
    if not found:
        click.echo(NOTHING_READ)
