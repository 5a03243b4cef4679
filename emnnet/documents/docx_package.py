"""The parts around the text of a DOCX file, written without a word about its author.

The format is ECMA-376; python-docx is not used for writing, because its template brings
a picture, foreign styles and names along.
"""

import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from emnnet.documents.docx_styles import numbering_xml, styles_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)  # the same text gives the same file


@dataclass(frozen=True)
class DocxText:
    """What is put into the package. `body` and `footer` are XML made by `docx_body`."""

    title: str
    locale: str
    body: str
    footer: str
    links: tuple[str, ...]
    list_starts: tuple[int | None, ...]
    created_at: datetime


def docx_bytes(text: DocxText) -> bytes:
    """The whole file."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        for name, content in _parts(text).items():
            entry = zipfile.ZipInfo(name, _WRITTEN_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, (_HEAD + content).encode())
    return memory.getvalue()


def link_id(number: int) -> str:
    """The name of the relation to the link with that number, counted from 0."""
    return f"link{number}"


def _parts(text: DocxText) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("main", f"{R}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "core.xml"),
        ),
        "core.xml": _core(text),
        "word/document.xml": _document(text.body),
        "word/footer.xml": f'<w:ftr xmlns:w="{W}">{text.footer}</w:ftr>',
        "word/styles.xml": styles_xml(text.locale),
        "word/numbering.xml": numbering_xml(text.list_starts),
        "word/settings.xml": _settings(text.locale),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{R}/styles", "styles.xml"),
            ("numbering", f"{R}/numbering", "numbering.xml"),
            ("settings", f"{R}/settings", "settings.xml"),
            ("footer", f"{R}/footer", "footer.xml"),
            links=text.links,
        ),
    }


def _content_types() -> str:
    kinds = {
        "/word/document.xml": f"{_MAIN}.document.main+xml",
        "/word/footer.xml": f"{_MAIN}.footer+xml",
        "/word/styles.xml": f"{_MAIN}.styles+xml",
        "/word/numbering.xml": f"{_MAIN}.numbering+xml",
        "/word/settings.xml": f"{_MAIN}.settings+xml",
        "/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>'
        for part, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def _relations(*inner: tuple[str, str, str], links: tuple[str, ...] = ()) -> str:
    known = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in inner
    )
    outer = "".join(
        f'<Relationship Id="{link_id(number)}" Type="{R}/hyperlink" '
        f'Target={quoteattr(link)} TargetMode="External"/>'
        for number, link in enumerate(links)
    )
    space = f"{_PACKAGE}/relationships"
    return f'<Relationships xmlns="{space}">{known}{outer}</Relationships>'


def _core(text: DocxText) -> str:
    moment = text.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(text.title)}</dc:title>"
        f"<dc:language>{text.locale}</dc:language>{when}</cp:coreProperties>"
    )


def _document(body: str) -> str:
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1134" '
        'w:bottom="1247" w:left="1134" w:header="624" w:footer="624" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}">'
        f"<w:body>{body}{page}</w:body></w:document>"
    )


def _settings(locale: str) -> str:
    return (
        f'<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="567"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{locale}"/></w:settings>'
    )
