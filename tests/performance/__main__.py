"""`make bench`: how quick the pages are with ten thousand queries. Asserts nothing.

    python -m tests.performance [--size N] [--seconds S] [--postgres] [--only PAGE]
    python -m tests.performance --reminders N    # the scheduler's part instead

The data base is made once by `emnnet demo` and kept in the temporary folder.
"""

import click

from tests.performance.data import prepared
from tests.performance.load import best_client
from tests.performance.pages import pages_for
from tests.performance.processes import postgres_pids
from tests.performance.reminders import measure_reminders, measure_senders
from tests.performance.report import Line, head, measured, start_up
from tests.performance.server import served


@click.command()
@click.option("--size", default=10_000, show_default=True, help="Queries.")
@click.option("--seconds", default=5, show_default=True, help="For each page.")
@click.option("--postgres", is_flag=True, help="On a PostgreSQL of its own.")
@click.option("--only", multiple=True, help="Pages whose name begins so.")
@click.option("--reminders", default=0, help="Instead: reminders for so many.")
def bench(
    size: int, seconds: int, postgres: bool, only: tuple[str, ...], reminders: int
) -> None:
    """Measure with gunicorn, two workers, on this machine."""
    if reminders:
        measure_reminders(reminders)
        measure_senders()
        return
    with prepared(size, postgres=postgres) as data:
        click.echo(f"{data.facts}\nload: {best_client().name}, {seconds} s a page")
        click.echo(start_up(data))
        with served(data) as server:
            beside = postgres_pids(data.folder) if postgres else []
            chosen = [
                page
                for page in pages_for(data)
                if not only or page.name.startswith(("hello", *only))
            ]
            click.echo(head())
            hello: Line | None = None
            for page in chosen:
                line = measured(server, page, seconds, beside, hello)
                hello = hello or line
                click.echo(line.text)
            click.echo(f"peak memory of a worker: {server.peak_memory()} MB")


if __name__ == "__main__":
    bench()
