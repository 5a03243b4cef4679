"""The pages on which the office words its mails: checks, versions, preview."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.mail_wordings import BY_SLUG, TEXTS
from emnnet.domain.roles import Role
from emnnet.mail.outlines import shipped_text
from emnnet.models.mail_wording import MailWording
from emnnet.models.outbox import OutboxMessage
from tests.builders import a_query
from tests.integration.letters import an_asked, look_again
from tests.integration.wordings import BODY, PAGE, posted, previewed, sent, wording


def test_the_offices_words_are_sent_and_the_mail_says_which(
    app, session, signed_in, tmp_path
):
    row = wording(session)
    mail, text = sent(app, session, tmp_path)
    assert mail["Subject"] == (
        "Could you help by Tue 31 Mar 2026? 2026.1 Family reunification [LT-2026-1/1]"
    )
    assert "Dear colleagues at Institution" in text
    assert "- Question 1: How does your Member State treat case 1?" in text
    assert "You get this mail because" in text
    assert "-- " in text.splitlines()
    html = mail.get_body(("html",)).get_content()
    assert "<li>With kind regards</li>" in html
    assert 'class="button"' in html
    message = session.scalars(select(OutboxMessage)).one()
    assert message.wording_id == row.id
    page = signed_in(Role.APPROVER).get(f"/desk/mail/{message.id}")
    assert "The office's own, version 1" in page.text


def test_a_mail_with_the_shipped_text_says_that(app, session, signed_in, tmp_path):
    sent(app, session, tmp_path)
    message = session.scalars(select(OutboxMessage)).one()
    assert message.wording_id is None
    page = signed_in(Role.APPROVER).get(f"/desk/mail/{message.id}").text
    assert f"The shipped text, state {message.template_version}" in page


HOSTILE = {
    "a template": ("{{ ''.__class__ }}", "curly brackets mean nothing here"),
    "a statement": ("{% for x in y %}", "curly brackets mean nothing here"),
    "an unknown placeholder": ("[nonsense]", "there is no placeholder [nonsense]"),
    "a slip": ("[titel]", "Did you mean [title]?"),
    "an open bracket": ("[title", "a bracket [ is opened and not closed"),
    "a closing bracket": ("title]", "a bracket ] closes nothing"),
    "a name of dunder": ("[office.__class__]", "there is no placeholder"),
    "a block in a line": ("see [questions] there", "must stand alone on its line"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_filled_in_is_refused_at_the_field_and_kept(
    session, signed_in, case
):
    typed, said = HOSTILE[case]
    client = signed_in(Role.COORDINATOR)
    reply = posted(client, body=f"{BODY}\n\n{typed}")
    assert reply.status_code == 422
    assert said in reply.text.replace("&#39;", "'")
    assert "Line 14" in reply.text
    assert typed.replace("'", "&#39;") in reply.text
    assert 'id="body-error"' in reply.text
    assert session.scalars(select(MailWording)).all() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"body": BODY.replace("[link]", "")}, "[link] is missing"),
        ({"body": BODY.replace("[questions]", "")}, "[questions] is missing"),
        ({"body": "  \n "}, "Write a text."),
        ({"subject": ""}, "Write a subject."),
        ({"subject": "[questions]"}, "there is no placeholder [questions]"),
        ({"subject": "a\nBcc: x@example.org"}, "must be one line"),
        ({"subject": "x" * 161}, "at most; it has 161"),
        ({"body": BODY + "x" * 200_000}, "may have 20000 signs at most"),
    ],
    ids=["no link", "no questions", "no text", "no subject", "block", "lines", "long",
         "200 kB"],
)  # fmt: skip
def test_what_would_make_no_mail_is_refused(session, signed_in, given, said):
    reply = posted(signed_in(Role.COORDINATOR), **given)
    assert reply.status_code == 422
    assert said in reply.text
    assert session.scalars(select(MailWording)).all() == []


def test_markup_is_text_in_the_mail_and_in_the_preview(
    app, session, signed_in, tmp_path
):
    hostile = BODY + "\n\n<script>alert(1)</script> <img src=x onerror=alert(1)> [[a]]"
    client = signed_in(Role.COORDINATOR)
    an_asked(session)
    assert posted(client, body=hostile).status_code == 303
    page = client.get(PAGE).text
    assert "<script>alert" not in page
    preview = previewed(client, body=hostile)
    assert "<script>alert" not in preview
    assert "<img" not in preview
    mail, text = sent(app, session, tmp_path)
    assert "<script>alert(1)</script>" in text
    assert "[a]" in text
    assert "<script>" not in mail.get_body(("html",)).get_content()


def test_the_second_saver_is_told_and_loses_nothing(session, signed_in):
    first, second = (signed_in(Role.COORDINATOR) for _ in range(2))
    assert posted(first).status_code == 303
    reply = posted(second, body=BODY + "\n\nMine.")
    assert reply.status_code == 409
    assert "has saved another version meanwhile" in reply.text
    assert "Mine." in reply.text
    assert 'value="1"' in reply.text  # the version it would now be based on
    assert posted(second, body=BODY + "\n\nMine.", seen="1").status_code == 303
    session.rollback()
    numbers = session.scalars(select(MailWording.number)).all()
    assert sorted(numbers) == [1, 2]


def test_versions_can_be_compared_taken_back_and_given_up(
    app, session, signed_in, tmp_path, clock
):
    client = signed_in(Role.COORDINATOR)
    posted(client)
    clock.now += timedelta(hours=1)
    posted(client, subject="Second: [title]", seen="1")
    page = client.get(PAGE).text
    assert "<ins>" in page
    assert "Coordinator" in page
    assert (
        client.post(PAGE.replace("?", "/versions/1?"), data={"seen": "2"}).status_code
        == 303
    )
    mail, _ = sent(app, session, tmp_path)
    assert str(mail["Subject"]).startswith("Could you help")
    assert (
        client.post(PAGE.replace("?", "/reset?"), data={"seen": "3"}).status_code == 303
    )
    mail, _ = sent(app, session, tmp_path)
    assert str(mail["Subject"]).startswith("Please contribute")
    assert "the shipped text again" in client.get(PAGE).text
    assert (
        client.post(PAGE.replace("?", "/versions/9?"), data={"seen": "4"}).status_code
        == 404
    )
    stale = client.post(PAGE.replace("?", "/versions/1?"), data={"seen": "1"})
    assert stale.status_code == 409


def test_a_wording_that_became_useless_holds_no_mail_back(
    app, session, signed_in, tmp_path, caplog
):
    row = wording(session)
    row.body = row.body.replace("[questions]", "[gone]")
    session.commit()
    mail, _ = sent(app, session, tmp_path)
    assert str(mail["Subject"]).startswith("Please contribute")
    assert "cannot be used" in caplog.text
    page = signed_in(Role.APPROVER).get("/settings/wordings").text
    assert "cannot be used: All" in page


@pytest.mark.parametrize("text", [text.slug for text in TEXTS])
def test_every_text_has_a_preview_from_real_data(app, session, signed_in, text):
    assignment = an_asked(session, query=a_query(session, questions=2))
    client = signed_in(Role.COORDINATOR)
    with app.app_context():
        shipped = shipped_text(BY_SLUG[text], "lt", "all")
    url = f"/settings/wordings/{text}/preview?language=lt&duty=all"
    data = {"subject": shipped.subject, "body": shipped.body}
    for more in ({}, {"source": str(assignment.query_id), "long_title": "y"}):
        reply = client.post(url, data=data | more)
        assert reply.status_code == 200
        assert "It cannot be sent like this" not in reply.text
        assert "placeholders stay" not in reply.text
    session.expire_all()
    assert assignment.query.title == "Family reunification"


def test_a_preview_with_no_query_leaves_the_placeholders(app, signed_in):
    preview = previewed(signed_in(Role.APPROVER))
    assert "There is no query to fill it from yet" in preview
    assert "[questions]" in preview


def test_a_preview_takes_the_last_mail(app, session, signed_in, tmp_path):
    sent(app, session, tmp_path)
    preview = previewed(signed_in(Role.APPROVER))
    assert "As the last mail: 2026.1" in preview
    assert "Dear colleagues at Institution" in preview
    look_again(session, session.scalars(select(OutboxMessage)).one())


def test_without_script_a_button_shows_the_preview_and_keeps_what_is_typed(
    session, signed_in
):
    an_asked(session)
    client = signed_in(Role.COORDINATOR)
    preview = PAGE.replace("?", "/preview?").replace("&", "&amp;")
    assert f'form="wording" formaction="{preview}"' in client.get(PAGE).text

    page = posted(client, preview.replace("&amp;", "&"), subject="New: [title]").text

    assert 'value="New: [title]"' in page
    assert '<p class="strong letter-subject">New: Family reunification' in page
    assert "Save the text" in page
    assert session.scalars(select(MailWording)).all() == []


@pytest.mark.parametrize("count", [1, 50])
def test_the_pages_take_few_statements(session, signed_in, statements, count):
    for number in range(count):
        wording(session, seen=number, subject=f"{number} [title]")
        an_asked(session)
    client = signed_in(Role.COORDINATOR)
    for url, most in (("/settings/wordings", 2), (PAGE, 3)):
        with statements("SELECT") as seen:
            assert client.get(url).status_code == 200
        assert len(seen) <= most


def test_who_reads_only_sees_no_button(session, signed_in):
    wording(session)
    client = signed_in(Role.APPROVER)
    page = client.get(PAGE).text
    assert "Save the text" not in page
    assert posted(client).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "invitation?language=xx",
        "invitation?duty=none",
        "password?duty=mandated",
    ],
)
def test_what_is_not_there_is_not_found(signed_in, path):
    client = signed_in(Role.COORDINATOR)
    assert client.get(f"/settings/wordings/{path}").status_code == 404
