"""Files of the network go out and come in through the settings, with a preview."""

import io
import re
import zipfile

import pytest
from sqlalchemy import func, select

from emnnet.documents.network_csv import network_csv
from emnnet.documents.network_yaml import network_yaml
from emnnet.documents.network_zip import zipped
from emnnet.domain.roles import Role
from emnnet.models.institution import Institution
from emnnet.models.network_change import ActKind, NetworkAct
from emnnet.models.tie import Tie
from emnnet.selectors.network_description import describe_network
from tests.integration.shipped_network import load_lithuania


@pytest.fixture
def office(signed_in, session):
    load_lithuania(session)
    return signed_in(Role.COORDINATOR)


def upload(client, *files: tuple[str, bytes]):
    data = {"files": [(io.BytesIO(data), name) for name, data in files]}
    return client.post(
        "/settings/network/check", data=data, content_type="multipart/form-data"
    )


def hidden(page: str) -> dict[str, str]:
    fields = re.findall(r'<input[^>]+name="(file|seen)"[^>]+value="(\w+)"', page)
    return dict(fields)


def csv(text: str) -> bytes:
    return text.encode("utf-8-sig")


NEW = csv("id;en;lt;sector\nnew-body;New body;Nauja įstaiga;ngo\n")


@pytest.mark.parametrize(
    ("shape", "files"), [("yaml", network_yaml), ("csv", network_csv)]
)
def test_what_is_taken_out_changes_nothing_when_it_comes_in(
    office, session, shape, files
):
    taken = office.get(f"/settings/network/{shape}.zip")
    names = zipfile.ZipFile(io.BytesIO(taken.data)).namelist()
    assert set(names) == set(files(describe_network(session)))
    page = upload(office, ("network.zip", taken.data))
    assert page.status_code == 200
    assert "All rows stand there already, exactly so." in page.text


def test_preview_tells_and_changes_nothing_then_loading_does_it(office, session):
    ends = csv(
        "kind;from;to;valid_to;standing;sources\n"
        "subordinate_to;vsat;vrm;2030-12-31;sourced;n4\n"
    )
    page = upload(office, ("institutions.csv", NEW), ("ties.csv", ends))
    assert "institutions.csv, line 2" in page.text
    assert "Last day: – → Tue 31 Dec 2030" in page.text
    assert "vsat, Subordinate to vrm" in page.text
    assert "2 rows become different." in page.text
    assert session.scalar(select(Institution).filter_by(slug="new-body")) is None

    sent = hidden(page.text) | {"why": "Reform of the border guard"}
    assert office.post("/settings/network/load", data=sent).status_code == 303
    session.rollback()
    assert session.scalar(select(Institution).filter_by(slug="new-body")) is not None
    act = session.scalars(select(NetworkAct).order_by(NetworkAct.id.desc())).first()
    assert (act.kind, act.why) == (ActKind.LOADED, "Reform of the border guard")
    assert len(act.changes) == 2


def test_a_network_changed_meanwhile_is_shown_anew_before_it_is_loaded(office, session):
    page = upload(office, ("institutions.csv", NEW))
    sent = hidden(page.text)
    assert office.post("/settings/network/load", data=sent).status_code == 303
    again = office.post("/settings/network/load", data=sent)
    assert "The network was changed since you looked at the preview." in again.text
    assert "All rows stand there already, exactly so." in again.text


HEADS = "kind;from;to;standing\n"


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("ties.csv", HEADS + "subordinate_to;vrm;md;plausible", "in a circle: vrm"),
        ("ties.csv", HEADS + "subordinate_to;md;nowhere;plausible", "nowhere"),
        ("institutions.yaml", "institutions: [", "this is not YAML"),
        ("institutions.csv", 'id;en;lt;sector\n"x', "this is not CSV"),
        ("institutions.csv", f"id;en;lt;sector\nx;{'A' * 400_000};b;ngo", "at most"),
        ("institutions.csv", "id;en;lt;sector\nx;<script>1</script>;b;ngo", "script"),
        ("ties.yaml", "ties:\n  - {kind: no, from: no}", "To (to) is missing"),
        ("institutions.csv", "id;en;lt;sector\nnew;A;B;ngo", "Short name (id): “new”"),
        ("institutions.csv", "id;en;lt;sector\nx;A;B;ngo\nx;C;D;ngo", "doubled: x"),
        ("institutions.yaml", "institutions:\n  - {id: NO, en: a, lt: b}", "unquoted"),
    ],
    ids=[
        *("cycle", "unknown parent", "YAML", "CSV", "labels", "script"),
        *("no column", "a page", "doubled", "Norway"),
    ],
)
def test_a_bad_file_is_refused_clearly_and_changes_nothing(
    office, session, name, text, complaint
):
    before = describe_network(session)
    page = upload(office, (name, text.encode()))
    assert page.status_code == 422
    assert complaint in page.text
    assert f"{name}, line" in page.text
    assert "Nothing was changed." in page.text
    assert "<script>1" not in page.text
    assert len(page.text) < 200_000
    session.rollback()
    assert describe_network(session) == before


def test_no_file_is_told_at_the_field(office):
    page = office.post("/settings/network/check", data={})
    assert (page.status_code, "Choose one or more files." in page.text) == (422, True)


def test_a_wrong_or_lost_upload_is_told(office):
    sent = {"file": "a" * 64, "seen": "b"}
    page = office.post("/settings/network/load", data=sent, follow_redirects=True)
    assert "The uploaded files are not there any more" in page.text


def test_a_table_of_parents_that_goes_round_with_what_stands_is_refused(
    office, session
):
    ties = session.scalar(select(func.count()).select_from(Tie))
    page = upload(
        office, ("ties.csv", csv(HEADS + "subordinate_to;vrm;urc;plausible\n"))
    )
    assert "vrm → urc → vsat → vrm" in page.text
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Tie)) == ties


def test_empty_tables_are_there_for_each_table(office):
    reply = office.get("/settings/network/empty/contacts.csv")
    assert reply.data.startswith(b"\xef\xbb\xbfinstitution;title;email")
    assert office.get("/settings/network/empty/users.csv").status_code == 404


def test_a_zip_of_several_files_and_folders_is_taken(office):
    data = zipped({"lt/institutions.csv": NEW, "lt/README.txt": b"hello"})
    assert "1 row becomes different." in upload(office, ("all.zip", data)).text
