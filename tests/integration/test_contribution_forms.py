"""The forms of an institution: saved, previewed, checked, sent, and wrong."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Dissemination
from emnnet.models.contribution import ContributionVersion
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.services.contributions import submit
from tests.builders import a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import (
    FOCAL_POINT,
    a_draft,
    cells,
    fields,
    fresh,
    let_in,
)


@pytest.fixture
def assignment(session):
    return an_assignment(session, query=a_query(session, questions=3))


@pytest.fixture
def page(client, session, assignment):
    return let_in(client, session, assignment)


def _main(reply):
    return reply.text.partition("<main")[2].partition("</main>")[0]


def _key(reply):
    return re.search(r'name="key" value="([0-9a-f]+)"', reply.text)[1]


def _send(client, page, *contributions, key="k"):
    chosen = {"chosen": [one.id for one in contributions], "key": key}
    seen = {f"seen-{one.id}": one.draft_number for one in contributions}
    return client.post(f"{page}/send", data=chosen | seen)


def test_saving_works_without_script(client, session, assignment, page):
    first, second, _ = cells(session, assignment)
    typed = fields(first, text="One\r\ntwo", dissemination="ask", as_of="28.02.2026")

    reply = client.post(page, data=typed | fields(second, text="Half"))

    assert (reply.status_code, reply.location) == (303, page)
    first, second, _ = cells(session, assignment)
    assert (first.draft, first.draft_dissemination, first.draft_as_of) == (
        "One\ntwo",
        Dissemination.ASK,
        date(2026, 2, 28),
    )
    shown = client.get(page)
    assert "1 of 3 ready" in shown.text
    assert "Check and send 1 answer" in shown.text


def test_preview_works_with_script_and_without(client, session, assignment, page):
    (first, *_) = cells(session, assignment)
    typed = fields(first, text="**Bold** word")

    fragment = client.post(f"{page}/questions/{first.id}/preview", data=typed)
    reply = client.post(page, data=typed | {"act": f"preview:{first.id}"})

    assert "<strong>Bold</strong> word" in fragment.text
    assert reply.location == f"{page}?preview={first.id}#question-{first.id}"
    assert "<strong>Bold</strong> word" in client.get(reply.location).text


def test_k09_errors_are_above_the_page_and_open_their_cards(client, session):
    assignment = an_assignment(session, query=a_query(session, questions=7))
    page = let_in(client, session, assignment)
    first, second, *_, last = cells(session, assignment)
    typed = fields(first, text="No choice made") | fields(second, text="Nor here")
    typed |= fields(last, text="Text", dissemination="yes", as_of="31.02.2026")
    assert f'id="question-{last.id}" open' not in " ".join(
        client.get(page).text.split()
    )

    reply = client.post(page, data=typed | {"act": "check"})

    text = " ".join(reply.text.split())
    assert reply.status_code == 422
    assert "<title>Error: Family reunification" in text
    links = re.findall(r'<li><a href="#([^"]+)">', text.partition("error-summary")[2])
    assert links[:3] == [
        f"q{first.id}-dissemination-0",
        f"q{second.id}-dissemination-0",
        f"q{last.id}-as_of",
    ]
    assert all(f'id="{link}"' in text for link in links[:3])
    for cell in (first, second, last):
        assert re.search(rf'id="question-{cell.id}" open', text)
    for typed_text in ("No choice made", "Nor here", "31.02.2026"):
        assert typed_text in text


def test_journey_from_draft_to_receipt(client, session, assignment, page):
    (first, *_) = cells(session, assignment)
    typed = fields(first, text="No quota.", dissemination="yes") | {"act": "check"}

    check = client.post(page, data=typed, follow_redirects=True)
    (first, *_) = cells(session, assignment)
    receipt = _send(client, page, first, key=_key(check))

    assert check.request.path == f"{page}/check"
    assert (receipt.status_code, receipt.location) == (303, f"{page}/receipt")
    shown = _main(client.get(receipt.location))
    assert "Thank you" in shown
    assert "No quota." in shown
    assert "Question 2" in shown


def test_e07_second_click_shows_the_receipt_and_no_error(
    client, session, assignment, page
):
    a_draft(session, cells(session, assignment)[0])
    (first, *_) = cells(session, assignment)

    replies = [_send(client, page, first) for _ in range(2)]

    assert {(one.status_code, one.location) for one in replies} == {
        (303, f"{page}/receipt")
    }
    versions = fresh(session).scalars(select(ContributionVersion)).all()
    assert len(versions) == 1
    kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert kinds.count("receipt") == 1


def test_sending_nothing_or_something_changed_shows_the_check_again(
    client, session, assignment, page
):
    a_draft(session, cells(session, assignment)[0])
    (first, *_) = cells(session, assignment)
    nothing = _send(client, page)
    a_draft(session, first, "Changed by a colleague")
    first.draft_number -= 1  # as it was shown
    stale = _send(client, page, first)

    assert (nothing.status_code, stale.status_code) == (422, 409)
    assert "Choose at least one answer to send." in nothing.text
    assert "Read it once more, then send." in stale.text
    assert "Changed by a colleague" in stale.text


def test_c11_link_shows_what_was_sent_and_takes_no_more(
    client, session, assignment, page
):
    for cell in cells(session, assignment):
        a_draft(session, cell, f"Sent {cell.id}")
    submit(session, assignment, cells(session, assignment), by=FOCAL_POINT, now=NOON)
    session.commit()
    (first, *_) = cells(session, assignment)

    shown = _main(client.get(page))

    assert f"Sent {first.id}" in shown
    assert "Mon 16 Mar 2026, 12:00" in shown
    assert "Ask for a change" in shown
    assert 'name="act" value="check"' not in shown
    assert "Your answer" not in shown
    assert _send(client, page, first, key="another").status_code == 409
    change = f"{page}/questions/{first.id}/change"
    reply = client.post(change, data={f"q{first.id}-reason": "A wrong year."})
    assert reply.status_code == 303
    assert "You asked for a change on" in client.get(page).text


def test_outcomes_save_what_was_typed_elsewhere(client, session, assignment, page):
    first, second, third = cells(session, assignment)
    an_institution(session, name_en="Migration Department", abbreviation="MD")
    others = fields(first, text="Typed before") | fields(second) | fields(third)
    refusal = {
        f"q{second.id}-not_competent-note": "Not our field",
        f"q{second.id}-not_competent-whom": "migration department",
    }

    declined = client.post(
        f"{page}/questions/{second.id}/decline/not_competent", data=others | refusal
    )
    others = {
        name: value for name, value in others.items() if f"q{first.id}" not in name
    }
    promised = client.post(
        f"{page}/questions/{third.id}/promise",
        data=others | {f"q{third.id}-promised_on": "31.03.2026"},
    )

    assert (declined.status_code, promised.status_code) == (303, 303)
    first, second, third = cells(session, assignment)
    assert first.draft == "Typed before"
    assert second.suggested_institution.name_en == "Migration Department"
    assert third.promised_on == date(2026, 3, 31)


def test_d02_wrong_outcome_is_an_error_at_its_field(client, session, assignment, page):
    (first, *_) = cells(session, assignment)

    refusals = [
        client.post(
            f"{page}/questions/{first.id}/decline/not_competent",
            data=fields(first) | {f"q{first.id}-not_competent-note": note},
        )
        for note in ("", "   ")
    ]
    promise = client.post(f"{page}/questions/{first.id}/promise", data=fields(first))

    for reply in refusals:
        assert reply.status_code == 422
        assert "Say in a few words why this is not for your institution." in reply.text
    assert (promise.status_code, "Give a day." in promise.text) == (422, True)
    unknown = f"{page}/questions/{first.id}/decline/laziness"
    assert client.post(unknown, data=fields(first)).status_code in {403, 404}
    assert cells(session, assignment)[0].declined_at is None


def test_c10_old_form_is_refused_by_the_server(client, session, assignment, page):
    accepted = [client.post(f"{page}/accept").status_code for _ in range(2)]
    refused = client.post(f"{page}/refuse", data={"all-note": "Not ours after all"})

    assert (accepted, refused.status_code) == ([303, 409], 409)
    kinds = fresh(session).scalars(select(Event.kind)).all()
    assert kinds.count("acknowledged") == 1
    assert "declined" not in kinds


def test_e07_two_requests_at_once_make_one_submission(app, session, assignment):
    clients = [app.test_client() for _ in range(2)]
    page = {let_in(client, session, assignment) for client in clients}.pop()
    a_draft(session, cells(session, assignment)[0])
    (first, *_) = cells(session, assignment)
    chosen, number = first.id, first.draft_number
    session.rollback()

    def press(client):
        data = {"chosen": chosen, f"seen-{chosen}": number, "key": "one press"}
        reply = client.post(f"{page}/send", data=data)
        return reply.status_code, reply.location

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(press, clients))

    assert replies == [(303, f"{page}/receipt")] * 2
    assert len(fresh(session).scalars(select(ContributionVersion)).all()) == 1


def test_e06_two_saves_at_once_tell_one_of_them(app, session, assignment):
    clients = [app.test_client() for _ in range(2)]
    page = {let_in(client, session, assignment) for client in clients}.pop()
    (first, *_) = cells(session, assignment)
    typed = [fields(first, text=text) for text in ("Text of A", "Text of B")]
    session.rollback()

    def save(client, data):
        return client.post(page, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(save, clients, typed))

    assert codes == [303, 409]
