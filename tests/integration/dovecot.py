"""A real Dovecot for one run of tests: IMAP over TLS on a port of the loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from emnnet.clock import system_clock

HOST, USER, PASSWORD = "127.0.0.1", "office", "open-sesame"
PATIENCE = 15.0  # seconds until it answers
ROOTS_SERVANT = "nobody"  # Dovecot reads no mail as root
CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Postbox:
    """Where the server listens, and the folder its mail lies in."""

    folder: Path
    port: int
    program: str
    owner: tuple[int, int]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, Any]:
        """As the configuration of the application names them."""
        return {
            "IMAP_SERVER": HOST,
            "IMAP_PORT": self.port,
            "IMAP_USER": USER,
            "IMAP_PASSWORD": PASSWORD,
            "IMAP_CA_FILE": str(self.folder / "certificate.pem"),
        }

    def deliver(self, *messages: bytes) -> None:
        """Put messages into the inbox as a delivery agent does."""
        inbox = self.folder / "mail" / "new"
        for part in ("cur", "new", "tmp"):
            _make(inbox.parent / part, self.owner)
        for data in messages:
            path = inbox / f"{time.time_ns()}.{len(data)}.test"
            path.write_bytes(data)
            os.chown(path, *self.owner)

    def lying(self) -> dict[str, int]:
        """How many messages lie unread, read, and in the folder of what was read."""
        mail = self.folder / "mail"
        inbox = [path for name in ("new", "cur") for path in (mail / name).glob("*")]
        seen = [path for path in inbox if "S" in path.name.partition(",")[2]]
        done = [*mail.glob(".Processed/cur/*"), *mail.glob(".Processed/new/*")]
        return {
            "unread": len(inbox) - len(seen),
            "read": len(seen),
            "processed": len(done),
        }

    def empty(self) -> None:
        """As it was in the beginning: running, with nothing in it."""
        for part in (self.folder / "mail").iterdir():
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        if not self.running:
            self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [self.program, "-F", "-c", str(self.folder / "dovecot.conf")]
        self.running.append(subprocess.Popen(command))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail(f"Dovecot does not start: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        """Stop it, as often as wanted."""
        while self.running:
            process = self.running.pop()
            process.terminate()
            process.wait(timeout=PATIENCE)


@contextmanager
def a_dovecot() -> Iterator[Postbox]:
    """A server with an empty mailbox, stopped at the end."""
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.fail("no Dovecot: apt-get install dovecot-imapd")
    with TemporaryDirectory(prefix="emnnet-imap-") as name:
        postbox = Postbox(Path(name), _free_port(), program, _owner())
        _configure(postbox)
        postbox.start()
        try:
            yield postbox
        finally:
            postbox.stop()


def _owner() -> tuple[int, int]:
    """Who reads the mail: whoever runs the tests, but never root."""
    if os.geteuid() == 0:
        entry = pwd.getpwnam(ROOTS_SERVANT)
        return entry.pw_uid, entry.pw_gid
    return os.geteuid(), os.getegid()


def _configure(postbox: Postbox) -> None:
    folder, (uid, gid) = postbox.folder, postbox.owner
    for part in ("", "mail", "home"):
        _make(folder / part, postbox.owner)
    _write_certificate(folder)
    group = subprocess.run(
        ["id", "-gn", str(uid)], capture_output=True, text=True, check=True
    ).stdout.strip()
    (folder / "dovecot.conf").write_text(
        CONFIG.format(
            folder=folder,
            user=pwd.getpwuid(uid).pw_name,
            group=group,
            uid=uid,
            gid=gid,
            port=postbox.port,
            password=PASSWORD,
        )
    )


def _make(folder: Path, owner: tuple[int, int]) -> None:
    folder.mkdir(exist_ok=True)
    os.chown(folder, *owner)


def _write_certificate(folder: Path) -> None:
    """Signed by itself, for the loopback address, for one day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = system_clock()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            pem,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
