"""Mails in the office's own words: filled in, never run, never in the way."""

import pytest

from emnnet.domain.mail_wordings import BY_SLUG, TEXTS
from emnnet.domain.mails import MailKind
from emnnet.domain.network import Duty
from emnnet.mail.outlines import shipped_text
from emnnet.mail.writing import written
from tests.builders import a_query, an_institution
from tests.conftest import NOON
from tests.integration.letters import an_asked
from tests.integration.wordings import sent, wording
from tests.integration.written_mails import CALENDAR, full_promise


@pytest.mark.parametrize("slug", [text.slug for text in TEXTS])
@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_shipped_text_can_be_saved_as_it_is(app, session, slug, language):
    text = BY_SLUG[slug]
    for duty in text.duties:
        with app.app_context():
            shipped = shipped_text(text, language, duty)
        assert shipped.occasion == text.occasion
        assert shipped.foot
        given = {"subject": shipped.subject, "body": shipped.body}
        wording(session, slug, language, duty, **given)


def test_every_kind_of_mail_can_be_worded():
    assert {text.kind for text in TEXTS} == set(MailKind)


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("kind", MailKind)
def test_a_shipped_text_saved_unchanged_makes_the_same_mail(
    app, session, kind, language
):
    message = full_promise(session, kind, language)

    def mail() -> tuple[str, list[str]]:
        made, kept = written(session, message, CALENDAR, now=NOON)
        return made.subject, kept.splitlines()

    with app.app_context():
        before = mail()
        assert message.wording_id is None
        for text in (one for one in TEXTS if one.kind == kind):
            shipped = shipped_text(text, language, "all")
            given = {"subject": shipped.subject, "body": shipped.body}
            wording(session, text.slug, language, **given)
        after = mail()
    assert message.wording_id is not None
    assert after == before


def test_one_duty_has_its_own_words_the_others_those_for_all(app, session, tmp_path):
    wording(session)
    wording(session, duty="mandated", subject="You must: [title]")
    for duty, subject in ((Duty.MANDATED, "You must"), (Duty.AGREEMENT, "Could you")):
        institution = an_institution(session, duty=duty)
        assignment = an_asked(session, institution=institution)
        mail, _ = sent(app, session, tmp_path, assignment)
        assert str(mail["Subject"]).startswith(subject)


def test_another_language_and_another_occasion_keep_the_shipped_text(
    app, session, tmp_path
):
    wording(session)
    lithuanian = an_asked(session, institution=an_institution(session, language="lt"))
    mail, _ = sent(app, session, tmp_path, lithuanian)
    assert str(mail["Subject"]).startswith("Prašome")
    mail, _ = sent(app, session, tmp_path, more=True)
    assert str(mail["Subject"]).startswith("Further questions")


def test_what_is_filled_in_is_not_filled_again(app, session, tmp_path):
    wording(session)
    query = a_query(session, title="[link] {{ 7*7 }} [office]")
    mail, _ = sent(app, session, tmp_path, an_asked(session, query=query))
    assert "[link] {{ 7*7 }} [office]" in str(mail["Subject"])
