"""The Word form on the pages: downloaded, filled in, looked at, taken over."""

import io
import zipfile

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Dissemination
from emnnet.domain.lifecycle import ContributionStatus, DeclineReason
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.event import Event
from emnnet.models.word_return import WordReturn
from tests.builders import a_user, an_assignment
from tests.integration.answering import five_questions, statuses
from tests.integration.partners import a_draft, cells, fresh, let_in
from tests.word_files import (
    answered,
    chosen,
    edited,
    emptied,
    packed,
    parts,
    without_marks,
    xml,
)

COLLEAGUE = Actor(ActorKind.PERSON, "Colleague", Role.CONTACT)


@pytest.fixture
def assignment(session):
    return five_questions(session)


@pytest.fixture
def partner(client, session, assignment):
    let_in(client, session, assignment)
    return client


def download(client, assignment) -> bytes:
    reply = client.get(f"/word-forms/{assignment.id}/form.docx")
    assert reply.status_code == 200, reply.text
    return reply.data


def upload(client, assignment, data, name="form.docx"):
    file = (io.BytesIO(data), name)
    return client.post(f"/word-forms/{assignment.id}", data={"file": file})


def preview(client, assignment, data) -> str:
    """The address of the preview."""
    reply = upload(client, assignment, data)
    assert reply.status_code == 303, reply.text
    return reply.location


def take(client, path, *contributions, **more):
    data = {"chosen": [one.id for one in contributions]}
    data |= {f"seen-{one.id}": one.draft_number for one in contributions}
    return client.post(path, data=data | more)


def drafts(session, assignment) -> list[str]:
    return [one.draft for one in cells(session, assignment)]


def test_download_carries_drafts_and_the_partners_own_day_only(
    session, assignment, partner
):
    a_draft(session, cells(session, assignment)[0], "Nėra **kvotų**.")
    document = xml(download(partner, assignment))
    assert "kvotų" in document
    assert "31 March 2026" in document
    assert "10 April" not in document  # reply-by
    assert "2026-04-10" not in document


def test_filled_fields_become_drafts_after_a_preview(session, assignment, partner):
    first, second, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Nėra kvotų.")
    data = chosen(data, first.question_id, "dissemination", "Yes, it may be published")
    path = preview(partner, assignment, answered(data, second.question_id, "Taip."))
    assert drafts(session, assignment) == [""] * 5
    page = partner.get(path).text
    assert page.count("Take this answer over") == 2
    assert page.count("The same stands here already.") == 3
    assert take(partner, path, first).status_code == 303
    kept = cells(session, assignment)
    assert [one.draft for one in kept] == ["Nėra kvotų.", "", "", "", ""]
    assert kept[0].draft_dissemination is Dissemination.YES
    assert kept[0].latest_number == 0  # nothing was submitted
    assert fresh(session).scalars(select(WordReturn)).one().content == {}


def test_the_same_file_again_changes_nothing(session, assignment, partner):
    first, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Nėra.")
    take(partner, preview(partner, assignment, data), first)
    page = partner.get(preview(partner, assignment, data)).text
    assert page.count("The same stands here already.") == 5
    assert "Take over what is ticked" not in page


def test_an_emptied_field_is_not_ticked(session, assignment, partner):
    first = a_draft(session, cells(session, assignment)[0], "Nėra.")
    data = emptied(download(partner, assignment), first.question_id)
    page = partner.get(preview(partner, assignment, data)).text
    assert "emptied in the form" in page
    assert "checked" not in page
    assert drafts(session, assignment)[0] == "Nėra."


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("both", "Theirs.\n\nMine."),
        ("form", "Mine."),
        ("keep", "Theirs."),
    ],
)
def test_changed_in_both_places_nothing_is_lost(
    session, assignment, partner, way, expected
):
    first, second, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Mine.")
    path = preview(partner, assignment, answered(data, second.question_id, "Other."))
    a_draft(session, cells(session, assignment)[0], "Theirs.", by=COLLEAGUE)
    page = partner.get(path).text
    assert page.count("Theirs.") == 1
    assert page.count("Mine.") == 1
    first, second, *_ = cells(session, assignment)
    more = {f"way-{first.id}": way, f"seen-{first.id}": first.draft_number}
    assert take(partner, path, second, **more).status_code == 303
    assert drafts(session, assignment)[:2] == [expected, "Other."]


def test_a_draft_that_changed_after_the_preview_stops_all(session, assignment, partner):
    first, second, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Mine.")
    path = preview(partner, assignment, data)
    a_draft(session, cells(session, assignment)[0], "Theirs.", by=COLLEAGUE)
    seen = {f"seen-{first.id}": 0, f"seen-{second.id}": 0}
    reply = take(partner, path, first, second, **seen)
    assert reply.status_code == 409
    assert "Colleague has changed an answer meanwhile" in reply.text
    assert drafts(session, assignment)[0] == "Theirs."


def test_no_data_is_told_only_when_it_is_ticked(session, assignment, partner):
    first, *_ = cells(session, assignment)
    data = chosen(
        download(partner, assignment), first.question_id, "outcome", "We have no data"
    )
    path = preview(partner, assignment, data)
    assert "checked" not in partner.get(path).text
    assert take(partner, path).status_code == 422
    take(partner, path, first)
    assert statuses(session, assignment)[0] is ContributionStatus.DECLINED
    assert cells(session, assignment)[0].decline_reason is DeclineReason.NO_DATA


def test_a_form_without_marks_is_read_by_its_numbers(session, assignment, partner):
    first, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Mine.")
    path = preview(partner, assignment, without_marks(data))
    assert "The marks of the fields were lost" in partner.get(path).text
    take(partner, path, first)
    assert drafts(session, assignment)[0] == "Mine."


def test_the_office_takes_a_form_in_on_behalf(session, assignment, signed_in):
    office = signed_in(a_user(session, name="Ona"))
    first, *_ = cells(session, assignment)
    data = answered(download(office, assignment), first.question_id, "Mine.")
    path = preview(office, assignment, data)
    assert take(office, path, first).location == f"/word-forms/{assignment.id}"
    kept = cells(session, assignment)[0]
    assert (kept.draft, kept.draft_saved_by) == ("Mine.", "Ona")
    told = select(Event.kind, Event.actor_name).order_by(Event.id.desc()).limit(2)
    assert sorted(fresh(session).execute(told).all()) == [
        ("draft_saved", "Ona"),
        ("form_returned", "Ona"),
    ]


def bomb() -> bytes:
    return packed({"word/document.xml": b"<w>" + b"0" * 130_000_000})


def with_entity(data: bytes) -> bytes:
    dtd = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'
    return edited(data, lambda text: text.replace("<w:document", dtd, 1))


def locked(data: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name, part in parts(data).items():
            package.writestr(name, part)
    raw = bytearray(memory.getvalue())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(raw)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda _: b"MZ\x90\0\3" + b"\0" * 99, "program"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
        (lambda _: b"%PDF-1.7 x", "not a Word document"),
        (lambda _: b"", "empty"),
        (lambda data: data[: len(data) // 2], "not complete"),
        (lambda _: bomb(), "unpack"),
        (with_entity, "DTD"),
        (locked, "password"),
        (lambda data: edited(data, lambda text: text[:-40]), "not complete"),
    ],
    ids=["program", "doc", "pdf", "empty", "torn", "bomb", "xxe", "locked", "broken"],
)
def test_a_wrong_file_is_told_and_nothing_is_stored(
    session, assignment, partner, spoil, told
):
    reply = upload(partner, assignment, spoil(download(partner, assignment)))
    assert reply.status_code == 422
    assert told in reply.text
    assert fresh(session).scalars(select(WordReturn)).all() == []


def test_the_form_of_another_assignment_is_refused(session, assignment, partner):
    other = an_assignment(session)
    client = partner.application.test_client()
    let_in(client, session, other)
    reply = upload(partner, assignment, download(client, other))
    assert reply.status_code == 422
    assert "another query or another institution" in reply.text
    path = preview(client, other, download(client, other))
    assert partner.get(path).status_code in {303, 403}
    wrong = path.replace(f"/{other.id}/", f"/{assignment.id}/")
    assert partner.get(wrong).status_code == 404


def test_thrown_away_it_cannot_be_taken_in(session, assignment, partner):
    first, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Mine.")
    path = preview(partner, assignment, data)
    partner.post(f"{path}/discarded")
    assert take(partner, path, first).status_code == 422
    assert drafts(session, assignment)[0] == ""
    assert "This form was settled" in partner.get(path).text


def test_pages_take_few_statements(session, assignment, partner, statements):
    first, *_ = cells(session, assignment)
    data = answered(download(partner, assignment), first.question_id, "Mine.")
    path = preview(partner, assignment, data)
    with statements("SELECT") as seen:
        partner.get(path)
    assert len(seen) <= 4
