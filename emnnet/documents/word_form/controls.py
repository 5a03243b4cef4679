"""Content controls of a form as WordprocessingML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import quoteattr

from emnnet.documents.docx_body import plain
from emnnet.documents.printable import one_line, printable

_FIRST_ID = 1000


@dataclass
class Controls:
    """Writes fields; each gets a number of its own."""

    locale: str
    made: int = field(default=_FIRST_ID)

    def rich(self, name: str, tag: str, blocks: str, *, asks: bool) -> str:
        """A field for formatted text: whole paragraphs."""
        return self._control(name, tag, "<w:richText/>", blocks, asks=asks)

    def choice(
        self,
        name: str,
        tag: str,
        options: Mapping[str, str],
        chosen: str | None,
        asking: str,
    ) -> str:
        """A field with a list to choose from, within a line. `options`: word, text."""
        items = "".join(
            f"<w:listItem w:displayText={_quoted(text)} w:value={_quoted(word)}/>"
            for word, text in options.items()
        )
        last = f" w:lastValue={_quoted(chosen)}" if chosen else ""
        kind = f"<w:dropDownList{last}>{items}</w:dropDownList>"
        shown = plain(options[chosen]) if chosen else invitation(asking)
        return self._control(name, tag, kind, shown, asks=not chosen)

    def day(self, name: str, tag: str, chosen: date | None, asking: str) -> str:
        """A field for a day, within a line."""
        full = f' w:fullDate="{chosen}T00:00:00Z"' if chosen else ""
        kind = (
            f'<w:date{full}><w:dateFormat w:val="yyyy-MM-dd"/>'
            f'<w:lid w:val="{self.locale}"/><w:storeMappedDataAs w:val="dateTime"/>'
            '<w:calendar w:val="gregorian"/></w:date>'
        )
        shown = plain(chosen.isoformat()) if chosen else invitation(asking)
        return self._control(name, tag, kind, shown, asks=not chosen)

    def locked(self, blocks: str) -> str:
        """A group: in Word nothing in it can be changed but the fields inside."""
        return (
            f'<w:sdt><w:sdtPr><w:id w:val="{self._number()}"/>'
            '<w:lock w:val="contentLocked"/><w:group/></w:sdtPr>'
            f"<w:sdtContent>{blocks}</w:sdtContent></w:sdt>"
        )

    def _control(
        self, name: str, tag: str, kind: str, content: str, *, asks: bool
    ) -> str:
        showing = "<w:showingPlcHdr/>" if asks else ""
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={_quoted(name)}/>"
            f'<w:tag w:val="{tag}"/><w:id w:val="{self._number()}"/>'
            f'<w:lock w:val="sdtLocked"/>{showing}{kind}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def _number(self) -> int:
        self.made += 1
        return self.made


def invitation(text: str) -> str:
    """The grey words of a field in which nothing stands yet."""
    run = plain(text)
    return run.replace(
        "<w:r>", '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>', 1
    )


def _quoted(text: str) -> str:
    return quoteattr(one_line(printable(text)))
