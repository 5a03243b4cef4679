"""Where to go next, never to another site."""

from urllib.parse import urlsplit


def same_site(target: str | None, otherwise: str = "/") -> str:
    """The target if it is a plain path of this site, else `otherwise`."""
    if not target or not target.startswith("/") or "\\" in target:
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith("//"):
        return otherwise
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in target):
        return otherwise
    return target
