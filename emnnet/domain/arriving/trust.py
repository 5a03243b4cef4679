"""Is the sender who the message says? What our own mail server has found out.

Only the header of the named server counts (RFC 8601, section 5): anybody may write
one. A server that is trusted must take away those that claim its name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

COMMENT = re.compile(r"\([^()]*\)")
RESULT = re.compile(r"^\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
DOMAIN = re.compile(r"header\.(?:from|d|i)\s*=\s*@?\"?([A-Za-z0-9.-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Authentication:
    """What the trusted server says; empty words where it says nothing."""

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    domains: tuple[str, ...] = ()  # for which DKIM passed

    def verifies(self, address: str) -> bool:
        """Does it prove that the message comes from the domain of this address?"""
        if self.dmarc:
            return self.dmarc == "pass"
        own = address.rpartition("@")[2].lower()
        return bool(own) and any(
            own == domain or own.endswith(f".{domain}") for domain in self.domains
        )


def authentication(headers: Sequence[str], trusted: str | None) -> Authentication:
    """The results of the trusted server; the topmost header is its latest."""
    if not trusted:
        return Authentication()
    for header in headers:
        text = COMMENT.sub(" ", header)
        server, _semicolon, rest = text.partition(";")
        if server.split(None, 1)[:1] and server.split()[0].lower() == trusted.lower():
            return _read(rest.split(";"))
    return Authentication()


def _read(results: Sequence[str]) -> Authentication:
    found: dict[str, str] = {}
    domains: list[str] = []
    for result in results:
        match = RESULT.match(result)
        if match is None:
            continue
        method, outcome = match[1].lower(), match[2].lower()
        if method == "dkim" and outcome == "pass":
            domains += [domain.lower() for domain in DOMAIN.findall(result)]
        if found.get(method) != "pass":  # of several signatures one is enough
            found[method] = outcome
    return Authentication(
        found.get("spf", ""),
        found.get("dkim", ""),
        found.get("dmarc", ""),
        tuple(dict.fromkeys(domains)),
    )
