"""Styles and numberings of the DOCX file: everything that has a look has a name."""

from dataclasses import dataclass

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT = "Arial"  # the reader's machine has it, or one of the same widths
_LEVELS = 9
_STEP = 340  # twentieths of a point a list level is set in
_BULLETS = "•–▪"


@dataclass(frozen=True)
class _Style:
    """One paragraph style; `size` in half points, `space` in twentieths of a point."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    kind: str = "paragraph"
    following: str = ""


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _heading(level: int, size: int, before: int, after: int) -> _Style:
    return _Style(
        id=f"Heading{level}",
        name=f"heading {level}",
        paragraph=(
            "<w:keepNext/><w:keepLines/>"
            f'{_spacing(before, after)}<w:outlineLvl w:val="{level - 1}"/>'
        ),
        run=f'<w:b/><w:color w:val="124B7A"/><w:sz w:val="{size}"/>',
        following="Normal",
    )


_MUTED = '<w:color w:val="56657A"/><w:sz w:val="18"/>'
_FIELD = (
    '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="124B7A"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="F3F6F9"/><w:ind w:left="170"/>'
)
_STYLES = (
    _heading(1, 36, 0, 160),
    _heading(2, 26, 320, 100),
    *(_heading(level, 21, 160, 60) for level in (3, 4, 5, 6)),
    _Style("FormLine", "Form line", paragraph=_spacing(0, 40)),
    _Style(
        "Disclaimer",
        "Disclaimer",
        paragraph=(
            '<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="8A97A6"/>'
            f'</w:pBdr>{_spacing(200, 120)}<w:ind w:left="227"/>'
        ),
        run=_MUTED,
    ),
    _Style(
        "Question",
        "Question",
        paragraph='<w:tabs><w:tab w:val="left" w:pos="567"/></w:tabs>',
    ),
    _Style("Closed", "Closed", run='<w:i/><w:lang w:val="en-GB"/>'),
    _Style("Sources", "Sources", run=_MUTED),
    _Style("ListParagraph", "List Paragraph", paragraph="<w:contextualSpacing/>"),
    _Style(
        "Quote",
        "Quote",
        paragraph=(
            '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="DFE4EA"/>'
            '</w:pBdr><w:ind w:left="284"/>'
        ),
    ),
    _Style(
        "Code",
        "Code",
        run=(
            '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" '
            'w:cs="Courier New"/><w:noProof/><w:sz w:val="19"/>'
        ),
    ),
    _Style(
        "Rule",
        "Rule",
        paragraph=(
            '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="8A97A6"/>'
            "</w:pBdr>"
        ),
    ),
    _Style("Cell", "Cell", paragraph=_spacing(0, 0)),
    _Style("FormStep", "Form step", paragraph='<w:ind w:left="284" w:hanging="284"/>'),
    _Style("FormFact", "Form fact", paragraph="<w:keepNext/>" + _spacing(0, 60)),
    _Style(
        "FormAnswer",
        "Form answer",
        paragraph="<w:keepNext/>" + _spacing(120, 60),
        run="<w:b/>",
    ),
    _Style(
        "FormGap",
        "Form gap",
        paragraph=(
            '<w:keepNext/><w:spacing w:after="0" w:line="20" w:lineRule="exact"/>'
        ),
        run='<w:sz w:val="2"/>',
    ),
    _Style("FormField", "Form field", paragraph=_FIELD),
    _Style("Footer", "footer", paragraph='<w:jc w:val="right"/>', run=_MUTED),
    _Style(
        "PlaceholderText",
        "Placeholder Text",
        run='<w:color w:val="56657A"/>',
        kind="character",
    ),
    _Style(
        "Hyperlink",
        "Hyperlink",
        run='<w:color w:val="124B7A"/><w:u w:val="single"/>',
        kind="character",
    ),
)


def styles_xml(locale: str) -> str:
    """The styles part for a text in that language."""
    styles = "".join(_style_xml(style) for style in _STYLES)
    return (
        f'<w:styles xmlns:w="{_W}">{_defaults(locale)}{_normal()}{styles}'
        f"{_table_style()}</w:styles>"
    )


def _defaults(locale: str) -> str:
    fonts = f'w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}" w:eastAsia="{_FONT}"'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        '<w:color w:val="1B2733"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="{locale}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="100" w:line="271" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _normal() -> str:
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
    )


def _style_xml(style: _Style) -> str:
    based = '<w:basedOn w:val="Normal"/>' if style.kind == "paragraph" else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    return (
        f'<w:style w:type="{style.kind}" w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>{based}{following}<w:qFormat/>{paragraph}'
        f"<w:rPr>{style.run}</w:rPr></w:style>"
    )


def _table_style() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A97A6"/>'
        for side in sides
    )
    return (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="57" w:type="dxa"/><w:left w:w="113" w:type="dxa"/>'
        '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="113" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


def numbering_xml(starts: tuple[int | None, ...]) -> str:
    """One numbering a list; `starts` holds first numbers, None for bullets."""
    lists = "".join(
        _list_xml(number, start) for number, start in enumerate(starts, start=1)
    )
    return (
        f'<w:numbering xmlns:w="{_W}">{_family(0, "bullet")}'
        f"{_family(1, 'decimal')}{lists}</w:numbering>"
    )


def _family(number: int, kind: str) -> str:
    levels = "".join(_level(level, kind) for level in range(_LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


def _level(level: int, kind: str) -> str:
    mark = f"%{level + 1}." if kind == "decimal" else _BULLETS[level % len(_BULLETS)]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{list_indent(level)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )


def _list_xml(number: int, start: int | None) -> str:
    family = 0 if start is None else 1
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>'
        "</w:lvlOverride>"
        for level in range(_LEVELS if start is not None else 0)
    )
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{family}"/>'
        f"{overrides}</w:num>"
    )


def list_indent(level: int) -> int:
    """How far text of that list level is set in, in twentieths of a point."""
    return _STEP * (level + 1)
