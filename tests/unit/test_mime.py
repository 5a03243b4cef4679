"""Headers as two parsers read them: nothing lost, no header slipped in."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emnnet.mail.mime import Mail

TITLE = "Užklausa „Grąžinimas“ & šeima ąčęėįšųūž of, (an.): [LT-2026-12/4] 日本 x"
TEXTS = st.lists(
    st.sampled_from(TITLE.split()) | st.text(max_size=30), max_size=30
).map(lambda words: " ".join(" ".join(words).replace("\x00", "").split()))
TO = "focal.point@example.org"


def _mail(subject: str = "Subject", name: str = "Name", **headers: str) -> bytes:
    made = Mail(
        subject,
        recipients=[(name, TO)],
        body="Ačiū.\n-- \n",
        html="<p>Ačiū.",
        sender=("EMN", "emn@example.org"),
        extra_headers=headers,
    )
    return made.as_bytes()


def _is_writable(text: str) -> bool:
    return text.isprintable() and "=?" not in text


@given(TEXTS.filter(_is_writable))
@example("Užklausa „Grąžinimas“ & šeima")
@example("a" * 300)
@example("(an.): a „Grąžinimas“ (an.): Užklausa")
def test_m12_i06_a_subject_comes_back_as_it_was(subject):
    raw = _mail(subject)
    new = message_from_bytes(raw, policy=policy.default)
    old = message_from_bytes(raw)["Subject"].replace("\r\n", "")
    assert " ".join(str(new["Subject"]).split()) == subject
    assert str(make_header(decode_header(old))) == subject


@given(TEXTS.filter(_is_writable).filter(bool))
@example("Šiaulių skyrius ąčęėįšųūž")
@example('Focal point, asylum "and" return; (all) \\ of it')
def test_m12_i06_a_name_comes_back_as_it_was(name):
    raw = _mail(name=name)
    (found,) = message_from_bytes(raw, policy=policy.default)["To"].addresses
    assert found.addr_spec == TO
    # Python's newer parser puts a blank between two encoded words of a name.
    assert "".join(found.display_name.split()) == "".join(name.split())
    shown, _ = parseaddr(message_from_bytes(raw)["To"].replace("\r\n", ""))
    assert str(make_header(decode_header(shown))) == name


@given(st.text(max_size=200))
@example("x\r\nBcc: everybody@example.org")
@example("x\u2028Bcc: everybody@example.org")
def test_m08_no_text_becomes_a_header(text):
    raw = _mail(text or "x", **{"X-Emnnet-Key": text})
    mail = message_from_bytes(raw, policy=policy.default)
    known = {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID",
        "X-Emnnet-Key",
    }  # fmt: skip
    assert set(mail.keys()) == known
    assert all(line.isascii() for line in raw.split(b"\r\n\r\n")[0].splitlines())


@pytest.mark.parametrize("subject", ["Please answer " * 20, "Užklausa " * 40])
def test_no_line_of_a_header_is_long_and_the_first_is_not_empty(subject):
    head = _mail(subject).partition(b"\r\n\r\n")[0].decode()
    assert max(len(line) for line in head.split("\r\n")) <= 78
    assert "Subject: \r\n" not in head
