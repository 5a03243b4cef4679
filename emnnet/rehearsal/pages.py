"""The application's pages as a visitor without script uses them: links and forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask

from emnnet.rehearsal.log import WayBlocked

BUTTONS = {"submit", "button", "image", "reset"}
TICKED = {"checkbox", "radio"}


@dataclass
class Form:
    """A form of a page with what stands in it."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # also of what is not ticked
    targets: list[str] = field(default_factory=list)  # of its buttons


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    path: str
    text: str
    forms: tuple[Form, ...]

    def form(self, target: str) -> Form:
        """The form that leads to an address ending so. Raises `WayBlocked`."""
        for form in self.forms:
            if any(to.endswith(target) for to in (form.action, *form.targets)):
                return form
        raise WayBlocked(f"{self.path} ({self.status}) has no form for {target}")


class Browser:
    """One visitor with a cookie of their own.

    Each request has a context of its own, as in life: inside of another one it would
    use that one's session, and see the data base as it was before.
    """

    def __init__(self, app: Flask) -> None:
        self._app, self._client = app, app.test_client()

    def open(self, address: str) -> Page:
        """Follow a link. Raises `WayBlocked` when an error page comes."""
        return self._page("GET", _path(address))

    def press(
        self,
        page: Page,
        target: str,
        filled: dict[str, str] | None = None,
        *,
        button: tuple[str, str] | None = None,
    ) -> Page:
        """Fill in the form that leads to `target`, and press its button."""
        form, filled = page.form(target), filled or {}
        unknown = [name for name in filled if name not in form.names]
        if unknown:
            raise WayBlocked(f"{page.path} has no field {', '.join(unknown)}")
        sent = [(name, value) for name, value in form.fields if name not in filled]
        sent += [*filled.items(), *([button] if button else [])]
        to = next(to for to in (*form.targets, form.action) if to.endswith(target))
        return self._page("POST", to or page.path, _several(sent))

    def _page(
        self, method: str, path: str, data: dict[str, list[str]] | None = None
    ) -> Page:
        """What comes back; redirects are followed."""
        while path:
            with self._app.app_context():
                answer = self._client.open(path, method=method, data=data)
            here, path = path, answer.location or ""
            method, data = "GET", None
        return _page(answer.status_code, _path(here), answer.text)


def _several(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _page(status: int, path: str, text: str) -> Page:
    if status >= HTTPStatus.BAD_REQUEST:
        raise WayBlocked(f"{path} answered {status}: {_heading(text)}")
    reader = _FormReader()
    reader.feed(text)
    return Page(status, path, text, tuple(reader.forms))


def _heading(text: str) -> str:
    reader = _FormReader()
    reader.feed(text)
    return " ".join(reader.heading.split()) or "no heading"


class _FormReader(HTMLParser):
    """Collects the forms of a page and the words of its first heading."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.heading = ""
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._words = ""
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form, one of its controls, or a heading begins."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = given.get("method", "get").lower()
            self._form = Form(given.get("action", ""), method)
            self.forms.append(self._form)
        elif tag in {"h1", "h2"} and not self.heading:
            self._in_heading = True
        elif self._form is not None:
            self._control(self._form, tag, given, dict(attrs))

    def _control(
        self,
        form: Form,
        tag: str,
        given: dict[str, str],
        attrs: dict[str, str | None],
    ) -> None:
        name = given.get("name", "")
        if tag == "textarea":
            self._area, self._words = name, ""
        elif tag == "select":
            self._select = name
            form.names.append(name)
        elif tag == "option" and self._select and "selected" in attrs:
            form.fields.append((self._select, given.get("value", "")))
        elif tag == "button" or given.get("type") in BUTTONS:
            form.targets += [given["formaction"]] if "formaction" in given else []
        elif tag == "input" and name:
            form.names.append(name)
            ticked = given.get("type") not in TICKED or "checked" in attrs
            if ticked and given.get("type") != "file":
                form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        """A form, a text area, a list or a heading ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag in {"h1", "h2"}:
            self._in_heading = False
        elif tag == "textarea" and self._area and self._form:
            self._form.names.append(self._area)
            self._form.fields.append((self._area, self._words.removeprefix("\n")))
            self._area = None

    def handle_data(self, data: str) -> None:
        """Words, of a heading or of a text area."""
        if self._in_heading:
            self.heading += data
        if self._area is not None:
            self._words += data
