"""The pages that are measured, and how each is asked for."""

from dataclasses import dataclass

from flask.sessions import SecureCookieSessionInterface

from emnnet.app import create_app
from tests.performance.data import SECRET, Data


@dataclass(frozen=True)
class Page:
    """A page by its name; `cookie` is that of somebody signed in, or empty."""

    name: str
    path: str
    cookie: str = ""


def pages_for(data: Data) -> list[Page]:
    """The plainest page first: the others are compared with it."""
    cookie = _cookie(data.session_key)
    query = f"/desk/queries/{data.open_query}"
    return [
        Page("hello", "/bench/hello"),
        Page("public list", "/queries"),
        Page("public list, page 9", "/queries?page=9"),
        Page("public query", f"/queries/{data.published}"),
        Page("search", "/search?q=guardianship+minors"),
        Page("search, Lithuanian", "/search?q=prieglob%C4%8D%C4%8Dio+pra%C5%A1ytojams"),
        Page("search, office", "/search?q=guardianship+minors", cookie),
        Page("desk", "/desk", cookie),
        Page("list of queries", "/desk/queries", cookie),
        Page("query page", query, cookie),
        Page("routing grid", f"{query}/routing", cookie),
        Page("workbench", f"{query}/workbench", cookie),
        Page("history", f"{query}/history", cookie),
        Page("earlier answers", f"{query}/earlier", cookie),
        Page("mails", "/desk/mail", cookie),
        Page("institutions", "/institutions"),
        Page("institution", "/institutions/md"),
        Page("organogram", "/organogram"),
        Page("network", "/network"),
    ]


def _cookie(session_key: str) -> str:
    """The cookie of a session in which the coordinator is signed in."""
    app = create_app({"SECRET_KEY": SECRET})
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    signed = signer.dumps({"_user_id": session_key, "_fresh": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"
