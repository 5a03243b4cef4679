"""Makes the fonts for drawings and PDF out of the variable Inter: static, Latin only.

Run once when Inter changes, in a scratch environment:
`pip install fonttools fontpkg-inter && python fonts.py`. Inter is under the OFL 1.1.
"""

import shutil
from importlib.resources import files
from pathlib import Path

from fontTools import subset, ttLib
from fontTools.varLib import instancer

TARGET = Path(__file__).parent.parent / "emnnet" / "static" / "fonts"
OPTICAL_SIZE = 14
STYLES = (
    ("Regular", "Inter[opsz,wght].ttf", 400),
    ("SemiBold", "Inter[opsz,wght].ttf", 600),
    ("Bold", "Inter[opsz,wght].ttf", 700),
    ("Italic", "Inter-Italic[opsz,wght].ttf", 400),
)
# Latin, Greek, Cyrillic; punctuation, currency, arrows, mathematics, shapes.
LETTERS = (
    *range(0x20, 0x250),
    *range(0x2B0, 0x370),
    *range(0x370, 0x530),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2100, 0x2300),
    *range(0x2500, 0x2C00),
)


def main() -> None:
    """Write the four styles and the licence."""
    source = files("fontpkg_inter")
    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(str(source / "LICENSE"), TARGET / "LICENSE-Inter.txt")
    for style, file, weight in STYLES:
        font = ttLib.TTFont(str(source / "files" / file))
        instancer.instantiateVariableFont(
            font, {"wght": weight, "opsz": OPTICAL_SIZE}, inplace=True
        )
        _rename(font, style, weight)
        _cut(font)
        font.save(TARGET / f"Inter-{style}.ttf")


def _rename(font: ttLib.TTFont, style: str, weight: int) -> None:
    """Give the font the family "Inter" and this style, as programs look it up."""
    legacy = style in {"Regular", "Bold", "Italic"}
    names = {
        1: "Inter" if legacy else f"Inter {style}",
        2: style if legacy else "Regular",
        4: f"Inter {style}",
        6: f"Inter-{style}",
        16: None if legacy else "Inter",
        17: None if legacy else style,
        25: None,
    }
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        if text:
            font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = {"Bold": 0x20, "Italic": 0x01}.get(style, 0x40)
    font["head"].macStyle = {"Bold": 1, "Italic": 2}.get(style, 0)
    if "STAT" in font:
        del font["STAT"]


def _cut(font: ttLib.TTFont) -> None:
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"]
    options.hinting = False
    options.name_IDs = ["*"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)


if __name__ == "__main__":
    main()
