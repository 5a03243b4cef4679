"""How mail leaves: spoken with a real server, over TLS that is checked, in time."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from flask_mail import Message

from emnnet.app import create_app
from emnnet.extensions import db, mail
from emnnet.jobs.outbox import deliver_outbox
from emnnet.mail import transport
from emnnet.mail.refusals import Refusal, meaning
from emnnet.models.outbox import OutboxMessage
from tests.integration.letters import a_promise

TO = "focal.point@example.org"
START = datetime(2026, 1, 1, tzinfo=UTC)


class Sink:
    """Takes every mail, or answers as told."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.names: list[str] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):
        self.names.append(session.host_name)
        self.got.append(envelope.content)
        return "250 taken"


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody but its maker trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(START + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    public, private = tmp_path / "server.pem", tmp_path / "server.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


Server = Callable[..., Controller]


@pytest.fixture
def served(sink: Sink) -> Iterator[Server]:
    """Starts servers on a free port, and stops them."""
    running: list[Controller] = []

    def start(**given) -> Controller:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = Controller(sink, hostname="127.0.0.1", port=port, **given)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def outside(settings, clock, tmp_path) -> Iterator[Callable[..., Flask]]:
    """Builds an application that really sends."""
    built = []

    def build(server: Controller | None = None, **given) -> Flask:
        port = {"MAIL_PORT": server.port} if server else {}
        smtp = {"MAIL_MODE": "smtp", "MAIL_ALLOWED": "@example.org"}
        given = {"TESTING": False} | smtp | port | given
        app = create_app(settings | given, now=clock, instance=str(tmp_path))
        built.append(app)
        return app

    yield build
    for app in built:
        with app.app_context():
            db.engine.dispose()


def _secret(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    return context


def _letter() -> Message:
    return Message("Užklausa", recipients=[TO], body="Ačiū.\n")


def test_a_mail_reaches_a_real_server(outside, served, sink):
    with outside(served()).app_context():
        mail.send(_letter())
    (got,) = sink.got
    assert b"Subject: =?utf-8?" in got


def test_it_introduces_itself_by_the_name_of_the_site(outside, served, sink):
    with outside(served(), SERVER_NAME="emn.example.org:443").app_context():
        mail.send(_letter())
    assert sink.names == ["emn.example.org"]


def test_a_certificate_that_nobody_vouches_for_is_refused(
    outside, served, sink, certificate
):
    server = served(tls_context=_secret(certificate), require_starttls=True)
    app = outside(server, MAIL_USE_TLS=True)
    with app.app_context(), pytest.raises(ssl.SSLCertVerificationError):
        mail.send(_letter())
    assert sink.got == []


def test_a_certificate_of_our_own_authority_is_accepted(
    outside, served, sink, certificate
):
    server = served(tls_context=_secret(certificate), require_starttls=True)
    app = outside(server, MAIL_USE_TLS=True, MAIL_CA_FILE=str(certificate[0]))
    with app.app_context():
        mail.send(_letter())
    assert len(sink.got) == 1


def test_a_certificate_for_another_name_is_refused(outside, served, sink, certificate):
    server = served(tls_context=_secret(certificate), require_starttls=True)
    ca = str(certificate[0])
    app = outside(server, MAIL_USE_TLS=True, MAIL_CA_FILE=ca, MAIL_SERVER="127.0.0.1")
    with app.app_context(), pytest.raises(ssl.SSLCertVerificationError):
        mail.send(_letter())
    assert sink.got == []


def test_m07_where_tls_is_asked_for_nothing_leaves_in_clear(outside, served, sink):
    app = outside(served(), MAIL_USE_TLS=True)
    with app.app_context(), pytest.raises(smtplib.SMTPNotSupportedError):
        mail.send(_letter())
    assert sink.got == []


def test_a_server_that_hangs_is_given_up(outside):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        app = outside(MAIL_PORT=deaf.getsockname()[1], MAIL_TIMEOUT=0.2)
        gone = pytest.raises(smtplib.SMTPServerDisconnected, match="timed out")
        with app.app_context(), gone:
            mail.send(_letter())


def test_the_outbox_keeps_one_connection_for_several_mails(
    outside, served, sink, session, monkeypatch
):
    app = outside(served())
    opened = []
    real = transport.SafeConnection.configure_host

    def counted(self):
        opened.append(1)
        return real(self)

    monkeypatch.setattr(transport.SafeConnection, "configure_host", counted)
    for _ in range(3):
        a_promise(session)
    assert deliver_outbox(app) == 3
    assert (len(sink.got), len(opened)) == (3, 1)


def test_i03_a_real_server_says_later_then_takes_it(
    outside, served, sink, session, clock
):
    app = outside(served())
    message = a_promise(session)
    sink.answers[:] = ["451 4.7.1 greylisted"]
    assert deliver_outbox(app) == 0
    clock.now += timedelta(minutes=1)
    assert deliver_outbox(app) == 1
    session.rollback()
    session.refresh(message)
    assert (message.attempts, message.sent_at) == (2, clock.now)


def test_i03_a_real_server_refuses_one_address_and_takes_the_other(
    outside, served, sink, session
):
    app = outside(served())
    bad, good = a_promise(session), a_promise(session)
    sink.answers[:] = ["550 5.1.1 unknown"]
    assert deliver_outbox(app) == 1
    session.rollback()
    found = {
        row.id: (bool(row.failed_at), bool(row.sent_at))
        for row in session.query(OutboxMessage)
    }
    assert found == {bad.id: (True, False), good.id: (False, True)}


def test_a_server_that_is_away_costs_a_try_and_no_mail(outside, session, clock):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    app = outside(MAIL_PORT=port)
    message = a_promise(session)
    assert deliver_outbox(app) == 0
    session.rollback()
    session.refresh(message)
    assert (message.attempts, message.failed_at) == (1, None)
    assert "ConnectionRefusedError" in message.last_error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            smtplib.SMTPRecipientsRefused({TO: (550, b"no such user")}),
            "unknown_address",
        ),
        (smtplib.SMTPRecipientsRefused({TO: (452, b"full")}), "later"),
        (smtplib.SMTPRecipientsRefused({TO: (550, b"5.7.1 not from you")}), "never"),
        (smtplib.SMTPDataError(554, b"looks like spam"), "never"),
        (smtplib.SMTPDataError(451, b"later"), "later"),
        (smtplib.SMTPSenderRefused(550, b"who are you", "x"), "later"),
        (smtplib.SMTPServerDisconnected("gone"), "later"),
        (TimeoutError("slow"), "later"),
    ],
)
def test_what_a_server_meant(error, expected):
    assert meaning(error) is Refusal(expected)
