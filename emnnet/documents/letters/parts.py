"""The parts of a message: texts, files, and what could not be read of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message as Part

from emnnet.documents.letters.headers import cleaned, header
from emnnet.documents.opening.encodings import decoded
from emnnet.documents.opening.values import UnreadableDocument
from emnnet.documents.opening.web_page import html_text
from emnnet.domain.arriving.letters import AttachedFile
from emnnet.domain.messages import Message, _n, message

MOST_PARTS = 300
DEEPEST = 20  # containers within containers
MOST_FILES = 50
LONGEST_TEXT = 400_000  # characters
SOFT_TEXT = 200  # letters: "open this mail in a browser" is shorter
MUCH = 4
SIGNATURES = {"application/pkcs7-signature", "application/pgp-signature",
              "application/x-pkcs7-signature"}  # fmt: skip
CLOSED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
UNATTACHED = {"message/delivery-status", "message/disposition-notification",
              "text/rfc822-headers", *SIGNATURES}  # fmt: skip

TOO_MANY_PARTS = _n("The message has very many parts; only the first were read.")
TOO_MANY_FILES = _n("There are more than %(most)d files; the others were not taken.")
TOO_LONG = _n("The text is very long; only its beginning is shown here.")
ENCRYPTED = _n(
    "The message is encrypted or signed in a form that cannot be opened here (S/MIME). "
    "Open it in your mail program, or ask for it without encryption."
)
OUTLOOK_BAG = _n(
    "The attachments are wrapped by Outlook (winmail.dat). Ask the sender for the file "
    "itself."
)
DAMAGED = _n("The message is damaged: %(defects)s.")


@dataclass
class Contents:
    """What was found, part by part."""

    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    files: list[AttachedFile] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)

    def text(self) -> str:
        """The words: the plain ones, or those of the page where it says far more."""
        plain = "\n".join(self.plain)
        page = self._page()
        says_more = len(page) > MUCH * len(plain.strip()) + SOFT_TEXT
        chosen = page if says_more or not plain.strip() else plain
        return chosen[:LONGEST_TEXT]

    def _page(self) -> str:
        try:
            return html_text(self.pages[0]) if self.pages else ""
        except (UnreadableDocument, AssertionError, ValueError, RecursionError):
            return ""


def leaves(mail: Part) -> Iterator[Part]:
    """The parts that hold no others, in order; a message within is one part."""
    waiting, found = [(mail, 0)], 0
    for _step in range(2 * MOST_PARTS):
        if not waiting or found >= MOST_PARTS:
            return
        part, depth = waiting.pop(0)
        inside = part.get_payload()
        if _is_container(part) and isinstance(inside, list) and depth < DEEPEST:
            within = [(one, depth + 1) for one in inside if isinstance(one, Part)]
            waiting = within + waiting
        else:
            found += 1
            yield part


def contents(mail: Part) -> Contents:
    """All that can be shown of a message."""
    found, parts = Contents(), list(leaves(mail))
    for part in parts:
        _sort_in(found, part)
    if len(parts) >= MOST_PARTS or any(map(_is_full, parts)):
        found.problems.append(message(TOO_MANY_PARTS))
    if sum(map(len, found.plain)) > LONGEST_TEXT:
        found.problems.append(message(TOO_LONG))
    defects = sorted({type(one).__name__ for one in mail.defects})
    if defects:
        found.problems.append(message(DAMAGED, defects=tuple(defects)))
    return found


def payload(part: Part) -> bytes:
    """The decoded bytes of a leaf; a message within as it came."""
    within = part.get_payload()
    if isinstance(within, list):
        first = within[0] if within else None
        return first.as_bytes() if isinstance(first, Part) else b""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, UnicodeError, AssertionError):
        data = None
    if isinstance(data, bytes):
        return data
    return str(within).encode("utf-8", "surrogateescape") if within else b""


def part_text(part: Part) -> str:
    """The letters of a part in the encoding it names, or the one its bytes show."""
    found = decoded(payload(part), charset(part))
    text = found.text if found else payload(part).decode("latin-1")
    return cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))


def charset(part: Part) -> str | None:
    """The encoding that the part claims, or none."""
    try:
        named = part.get_content_charset()
    except (ValueError, LookupError, UnicodeError, AttributeError):
        return None
    return named if isinstance(named, str) and named.isascii() else None


def _sort_in(found: Contents, part: Part) -> None:
    kind, name = part.get_content_type(), _file_name(part)
    if kind in CLOSED:
        found.problems.append(message(ENCRYPTED))
    if name.lower() == "winmail.dat" or kind in {"application/ms-tnef"}:
        found.problems.append(message(OUTLOOK_BAG))
    attached = _disposition(part) == "attachment" or bool(name)
    if kind in UNATTACHED or _is_picture_of_the_page(part, kind):
        return
    if kind == "text/plain" and not attached:
        found.plain.append(part_text(part))
    elif kind == "text/html" and not attached:
        found.pages.append(part_text(part)[:LONGEST_TEXT])
    elif not kind.startswith("multipart/") or kind in CLOSED:
        _add_file(found, part, name or _nameless(part, kind))


def _add_file(found: Contents, part: Part, name: str) -> None:
    data = payload(part)
    if not data:
        return
    if len(found.files) >= MOST_FILES:
        problem = message(TOO_MANY_FILES, most=MOST_FILES)
        found.problems += [] if problem in found.problems else [problem]
        return
    found.files.append(AttachedFile(name, part.get_content_type(), data))


def _is_container(part: Part) -> bool:
    return part.get_content_maintype() == "multipart"


def _is_full(part: Part) -> bool:
    """A container that was not opened, for it lies too deep."""
    return _is_container(part) and isinstance(part.get_payload(), list)


def _is_picture_of_the_page(part: Part, kind: str) -> bool:
    inside = _disposition(part) != "attachment" and bool(header(part, "Content-ID"))
    return inside and kind.startswith("image/")


def _disposition(part: Part) -> str:
    return header(part, "Content-Disposition").partition(";")[0].strip().lower()


def _file_name(part: Part) -> str:
    """The name in any of the ways it may be written (RFC 2231, RFC 2047)."""
    try:
        named = part.get_filename()
    except (ValueError, LookupError, UnicodeError, AttributeError, TypeError):
        return ""
    return " ".join(cleaned(str(named or "")).split())[:300]


def _nameless(part: Part, kind: str) -> str:
    if kind == "message/rfc822":
        inside = part.get_payload()
        first = inside[0] if isinstance(inside, list) and inside else None
        subject = header(first, "Subject") if isinstance(first, Part) else ""
        return f"{subject[:80] or 'message'}.eml"
    return f"attachment.{kind.rpartition('/')[2][:20]}"
