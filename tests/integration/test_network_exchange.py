"""The whole network goes out as files and comes back without a loss."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.documents.network_files import read_network
from emnnet.documents.network_yaml import network_yaml
from emnnet.domain.network import NetworkDescription
from emnnet.domain.roles import COMMAND
from emnnet.models.network_change import NetworkAct
from emnnet.paths import DATA
from emnnet.selectors.network_description import describe_network
from emnnet.services.network import load_network
from emnnet.services.network_rows import Outcome
from emnnet.services.network_undo import undo_act
from tests.conftest import NOON
from tests.integration.shipped_network import load_lithuania
from tests.network_descriptions import descriptions

OFTEN = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read_back(files: dict[str, str]) -> NetworkDescription:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8", newline="")
        return read_network(Path(folder))


def through_the_tables(session: Session, wanted: NetworkDescription):
    try:
        load_network(session, wanted, by=COMMAND, now=NOON)
        session.expire_all()
        return describe_network(session)
    finally:
        session.rollback()


@OFTEN
@given(wanted=descriptions())
def test_description_tables_description_files_description(session, wanted):
    described = through_the_tables(session, wanted)
    assert described == wanted
    assert read_back(network_yaml(described)) == wanted


@OFTEN
@given(wanted=descriptions())
def test_loading_twice_plans_nothing_the_second_time(session, wanted):
    try:
        load_network(session, wanted, by=COMMAND, now=NOON)
        session.expire_all()
        again = load_network(session, wanted, by=COMMAND, now=NOON)
        assert again.changes == []
    finally:
        session.rollback()


def test_the_shipped_network_is_saved_as_it_was_read(session):
    load_lithuania(session)
    assert read_back(network_yaml(describe_network(session))) == read_network(
        DATA / "lt"
    )


def test_loading_costs_the_same_few_reads_for_any_number_of_rows(session, statements):
    load_lithuania(session)
    with statements("SELECT") as seen:
        report = load_network(session, read_network(DATA / "lt"), by=COMMAND, now=NOON)
    assert report.changes == []
    assert report.total(Outcome.UNCHANGED) > 600
    assert len(seen) == 10


def test_a_load_is_one_act_and_can_be_undone(session):
    load_lithuania(session)
    before = describe_network(session)
    first, *rest = before.institutions
    bodies = (replace(first, en="Parliament"), *rest, replace(first, id="new-one"))
    wanted = replace(before, institutions=bodies)
    load_network(session, wanted, by=COMMAND, now=NOON, why="A try")
    assert describe_network(session) != before
    act = session.scalars(select(NetworkAct).order_by(NetworkAct.id.desc())).first()
    assert (act.why, len(act.changes)) == ("A try", 1 + 1 + len(first.facts))
    undo_act(session, act, by=COMMAND, now=NOON)
    session.expire_all()
    assert describe_network(session) == before
