"""The pages of arrived mail: for the office, and what a partner sees of their own."""

import re

import pytest
from sqlalchemy import select

from emnnet.domain.arriving.kinds import ArrivedState
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.roles import Role
from emnnet.models.intake import Intake
from emnnet.models.task import TaskKind
from emnnet.selectors.arrived_mail import arrived_counts
from emnnet.services.intake_failures import intake_failed, intake_works
from tests.builders import a_query, a_user, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.arriving import (
    PARTNER,
    a_mail,
    a_report,
    arrived,
    hand_over,
    our_mail,
    proposed,
    with_file,
)
from tests.integration.partners import cells, fields, fresh, let_in

PAGE = "/desk/mail/arrived"
STATES = [state.value for state in ArrivedState]


@pytest.fixture
def assignment(session):
    institution = an_institution(session, email=PARTNER)
    query = a_query(session, questions=2)
    return an_assignment(session, query=query, institution=institution)


def test_tabs_tell_how_much_stands_where(app, session, assignment, signed_in):
    our_mail(session, assignment)
    hand_over(app, a_mail())
    hand_over(app, a_mail(From="x@example.net", Subject="A letter"))
    hand_over(app, a_mail(Auto_Submitted="auto-replied", Subject="Away"))
    hand_over(app, a_report())
    assert list(arrived_counts(fresh(session)).values()) == [2, 0, 1, 1, 0]
    office = signed_in(Role.APPROVER)
    subjects = {
        state: office.get(f"{PAGE}?state={state}").text.count('class="plain"')
        for state in STATES
    }
    assert subjects == dict(zip(STATES, [2, 0, 1, 1, 0], strict=True))


@pytest.mark.parametrize("mails", [1, 6])
def test_pages_cost_the_same_for_any_number(
    app, session, assignment, signed_in, statements, mails
):
    for _ in range(mails):
        hand_over(app, with_file(a_mail("1. One.\n2. Two."), b"%PDF-1.4", "a.pdf"))
    office = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        assert office.get(PAGE).status_code == 200
    with statements("SELECT") as seen_one:
        assert office.get(f"{PAGE}/1").status_code == 200
    assert (len(seen), len(seen_one)) == (4, 4)


def test_a_page_shows_words_and_nothing_that_runs_or_loads(
    app, session, assignment, signed_in
):
    mail = a_mail("Plain <script>alert(1)</script>")
    mail.add_alternative(
        '<p onclick="x()">Long enough <img src="http://spy.example/x.png">'
        '<a href="javascript:x()">link</a><script>alert(2)</script></p>',
        subtype="html",
    )
    hand_over(app, with_file(mail, b"<html>", "page.html"))
    page = signed_in(Role.COORDINATOR).get(f"{PAGE}/1").text
    assert "spy.example" not in page
    assert "javascript:" not in page
    assert "alert(2)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "page.html” is none of the files the office takes" in page


def test_files_and_the_whole_mail_are_only_for_saving(
    app, session, assignment, signed_in
):
    hand_over(app, with_file(a_mail(), b"%PDF-1.4 law", "law.pdf"))
    office = signed_in(Role.COORDINATOR)
    for path, name in (
        ("files/1", "law.pdf"),
        ("message", "Re_ Family reunification.eml"),
    ):
        reply = office.get(f"{PAGE}/1/{path}")
        assert reply.headers["Content-Disposition"].startswith("attachment; filename=")
        assert name in reply.headers["Content-Disposition"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert office.get(f"{PAGE}/1/files/9").status_code == 404


def test_e16_the_office_puts_a_strangers_mail_beside_a_query_and_confirms(
    app, session, assignment, signed_in
):
    hand_over(app, a_mail("2. Five cases.", From="x@example.net"))
    office = signed_in(Role.COORDINATOR)
    assert office.post(f"{PAGE}/1/assign", data={"assignment": ""}).status_code == 422
    reply = office.post(f"{PAGE}/1/assign", data={"assignment": assignment.id})
    assert reply.status_code == 303
    (one,) = proposed(session)
    assert (one.text, one.contribution.question.label) == ("Five cases.", "2")

    refused = office.post(f"{PAGE}/drafts/{one.id}/confirm", data={"note": " "})
    assert refused.status_code == 422
    office.post(f"{PAGE}/drafts/{one.id}/confirm", data={"note": "By telephone."})
    assert cells(session, assignment)[1].draft == "Five cases."
    assert "By telephone." in office.get(f"{PAGE}/1").text
    assert office.post(f"{PAGE}/1/undo").status_code == 409


def test_a_part_can_be_moved_to_another_question(app, session, assignment, signed_in):
    hand_over(app, a_mail("It is about the second one."))
    (one,) = proposed(session)
    second = cells(session, assignment)[1]
    signed_in(Role.COORDINATOR).post(
        f"{PAGE}/drafts/{one.id}/move", data={"contribution": second.id}
    )
    assert proposed(session)[0].contribution_id == second.id


def test_filed_and_put_back(app, session, assignment, signed_in):
    hand_over(app, a_mail(From="x@example.net"))
    office = signed_in(Role.COORDINATOR)
    office.post(f"{PAGE}/1/file", data={"reason": "An advertisement."})
    assert arrived(session)[0].filing_reason == "An advertisement."
    office.post(f"{PAGE}/1/undo")
    assert arrived(session)[0].filed_at is None


def test_a_mail_is_read_as_a_query_once(app, session, signed_in):
    text = "EMN Ad-Hoc Query on quotas\n\nQuestions\n1. Do you apply a quota?\n"
    hand_over(app, a_mail(text, From="x@example.net"))
    office = signed_in(Role.COORDINATOR)
    first = office.post(f"{PAGE}/1/query").location
    assert office.post(f"{PAGE}/1/query").location == first
    (intake,) = fresh(session).scalars(select(Intake))
    assert first.endswith(f"/{intake.id}")
    assert "Do you apply a quota?" in office.get(first).text
    assert arrived(session)[0].taken_at == NOON


def test_an_unverified_sender_is_said_where_our_server_tells(
    app, session, assignment, signed_in
):
    hand_over(app, a_mail())
    office = signed_in(Role.COORDINATOR)
    assert "Sender not verified" not in office.get(f"{PAGE}/1").text
    app.config["MAIL_TRUSTED_AUTHSERV"] = "mx.example.org"
    assert "Sender not verified" in office.get(f"{PAGE}/1").text
    told = "mx.example.org; dmarc=pass header.from=example.org"
    hand_over(app, a_mail(Authentication_Results=told))
    assert "Sender not verified" not in office.get(f"{PAGE}/2").text


def test_e16_a_partner_takes_over_what_they_mailed(app, client, session, assignment):
    hand_over(app, a_mail())
    page = let_in(client, session, assignment)
    assert "came by mail on" in client.get(page).text
    (one,) = proposed(session)
    typed = fields(cells(session, assignment)[0], text="Typed just now.")
    reply = client.post(f"{page}/mailed/{one.id}/take", data=typed)
    assert reply.status_code == 303
    first = cells(session, assignment)[0]
    assert first.draft == "Typed just now.\n\nNo quota applies."
    assert "came by mail on" not in client.get(page).text


def test_a_partner_sees_and_decides_only_their_own(app, client, session, assignment):
    other = an_assignment(session, query=assignment.query, role=CellRole.CONTRIBUTES)
    hand_over(app, a_mail())
    page = let_in(client, session, other)
    assert "came by mail" not in client.get(page).text
    (one,) = proposed(session)
    assert client.post(f"{page}/mailed/{one.id}/take").status_code == 404
    assert cells(session, assignment)[0].draft == ""


def test_the_desk_and_the_mail_page_tell_of_it(app, session, assignment, signed_in):
    hand_over(app, a_mail())
    office = signed_in(Role.COORDINATOR)
    assert "A mail has arrived" in office.get("/desk").text
    assert "A mail has arrived" in office.get("/desk/mail").text


def test_b27_a_mailbox_that_cannot_be_read_is_told_until_it_can(session, signed_in):
    office = signed_in(Role.COORDINATOR)
    for _ in range(2):
        task = intake_failed(session, "timeout", now=NOON)
    session.commit()
    assert (task.kind, task.made_at) == (TaskKind.INTAKE_FAILED, NOON)
    assert "The mailbox cannot be read" in office.get(PAGE).text
    assert "The mailbox cannot be read" in office.get("/desk").text
    intake_works(session, now=NOON)
    session.commit()
    assert "The mailbox cannot be read" not in office.get(PAGE).text


def test_only_coordinators_decide(app, session, assignment, signed_in):
    hand_over(app, a_mail())
    approver = signed_in(a_user(session, Role.APPROVER))
    page = approver.get(f"{PAGE}/1").text
    assert "Take it over for the institution" not in page
    assert approver.post(f"{PAGE}/1/file").status_code == 403


def test_e17_an_automatic_reply_offers_to_set_the_absence(
    app, session, assignment, signed_in
):
    hand_over(app, a_mail("Away until 20 March 2026.", Auto_Submitted="auto-replied"))
    office = signed_in(Role.COORDINATOR)
    page = office.get(f"{PAGE}/1").text
    assert "Set the absence until" in page
    slug, contact = assignment.institution.slug, assignment.contact_id
    found = re.search(rf'"(/institutions/{slug}/[^"]*{contact}/away[^"]*)"', page)
    assert found, page
    assert "2026-03-20" in office.get(found[1].replace("&amp;", "&")).text
