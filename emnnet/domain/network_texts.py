"""Texts of the network's files that no page should be asked to show."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from emnnet.domain.messages import _n
from emnnet.domain.network import NetworkDescription
from emnnet.domain.network_given_rows import GivenRow, given_rows
from emnnet.domain.network_problems import Problem, problem_at
from emnnet.domain.slugs import LONGEST as SLUG_LENGTH
from emnnet.domain.slugs import RESERVED, is_slug

LONGEST = 2_000  # characters of one text
MARKUP = re.compile(r"<\s*[/!?]?\s*[A-Za-z]|<!--")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MAIL_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")

TOO_LONG = _n("%(key)s: a text of %(length)d characters; at most %(most)d are taken")
HAS_MARKUP = _n("%(key)s: HTML or a script has no place here; write plain text")
HAS_CONTROL = _n("%(key)s: an invisible control character stands in the text")
NO_LINK = _n("%(key)s: a web address begins with http:// or https://")
NO_ADDRESS = _n("%(key)s: this is no mail address")
NO_NAME = _n("%(key)s is empty")
BAD_SLUG = _n(
    "%(key)s: write letters a–z, digits, hyphens or underscores, at most %(most)d"
)
PAGE = _n("%(key)s: “%(slug)s” is the address of a page; choose another one")
WHAT_IS_CALLED = ("name_en", "name_lt", "code", "slug", "term", "email", "role_title")


def bad_texts(description: NetworkDescription) -> Iterator[Problem]:
    """Texts that are too long, hold markup, or are no address where one is due."""
    for row in given_rows(description):
        for key, text in _texts(row):
            yield from _bad_text(row, key, text)


def _texts(row: GivenRow) -> Iterator[tuple[str, str]]:
    names = _KEY_NAMES.get(row.table, ())
    yield from (
        (name, part)
        for name, part in zip(names, row.key, strict=False)
        if isinstance(part, str)
    )
    for key, value in row.columns.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            yield from (("keywords", word["text"]) for word in value["words"])


_KEY_NAMES = {
    "source": ("code",),
    "institution": ("slug",),
    "former_name": ("", "name_en"),
    "theme": ("slug",),
    "theme_term": ("", "", "term"),
    "contact": ("", "email"),
}


LOCAL_KEY, EITHER = "lt", "lt / local"
"""What is in the language of the country: Lithuanian files say `lt`, others `local`."""

FILE_KEYS: dict[tuple[str, str], str] = {
    ("source", "code"): "id",
    ("source", "address"): "url",
    ("institution", "slug"): "id",
    ("institution", "name_en"): "en",
    ("institution", "name_lt"): EITHER,
    ("institution", "function_en"): "function.en",
    ("institution", "function_lt"): "function.lt / function.local",
    ("institution", "mailbox"): "email",
    ("former_name", "name_en"): "en",
    ("former_name", "name_lt"): EITHER,
    ("theme", "name_en"): "en",
    ("theme", "name_lt"): EITHER,
    ("theme_term", "term"): "word",
    ("contact", "role_title"): "title",
}
"""What the files call a column, where they call it otherwise than its table."""


def file_key(table: str, column: str) -> str:
    """The key or head under which the files hold a column of a table."""
    return FILE_KEYS.get((table, column), column)


def _bad_text(row: GivenRow, column: str, text: str) -> Iterator[Problem]:
    place, key = row.place, file_key(row.table, column)
    if len(text) > LONGEST:
        yield problem_at(place, TOO_LONG, key=key, length=len(text), most=LONGEST)
        return
    if CONTROL.search(text):
        yield problem_at(place, HAS_CONTROL, key=key)
    if MARKUP.search(text):
        yield problem_at(place, HAS_MARKUP, key=key)
    if not text and column in WHAT_IS_CALLED:
        yield problem_at(place, NO_NAME, key=key)
    elif text:
        yield from _bad_shape(row, column, text)


def _bad_shape(row: GivenRow, column: str, text: str) -> Iterator[Problem]:
    place, key = row.place, file_key(row.table, column)
    names = column == "slug" or (row.table == "source" and column == "code")
    if names and not is_slug(text):
        yield problem_at(place, BAD_SLUG, key=key, most=SLUG_LENGTH)
    if row.table == "institution" and column == "slug" and text in RESERVED:
        yield problem_at(place, PAGE, key=key, slug=text)
    link = column == "website" or (row.table == "source" and column == "address")
    if link and not is_link(text):
        yield problem_at(place, NO_LINK, key=key)
    if column in {"email", "mailbox"} and not MAIL_ADDRESS.fullmatch(text):
        yield problem_at(place, NO_ADDRESS, key=key)


def is_link(text: str) -> bool:
    """Is it a web address that a page may lead to?"""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
