"""Names of files: as their owners write them, and as it is safe to hand them out."""

import re
import unicodedata

LONGEST = 120  # characters, with the extension
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
PROGRAM = re.compile(
    r"(?i)\.(exe|com|bat|cmd|scr|js|jse|vbs|vbe|ps1|msi|dll|hta|html?|svg|jar|lnk)(?=\.)"
)
NAMELESS = "file"


def extension(name: str) -> str:
    """The last ending in lower case, without its dot; "" where there is none."""
    stem, dot, ending = name.strip().rpartition(".")
    return ending.lower() if dot and stem else ""


def safe_name(original: str) -> str:
    """The name to hand out: no folders, no invisible signs, no ending but the last."""
    name = unicodedata.normalize("NFC", original).replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        letter for letter in name if unicodedata.category(letter) not in {"Cf", "Cc"}
    )
    kept = PROGRAM.sub(r"_\1", FORBIDDEN.sub("_", shown)).strip(" .")
    return _shortened(f"_{kept}" if RESERVED.match(kept) else kept) or NAMELESS


def unlike(name: str, taken: set[str]) -> str:
    """The name, or the name with a number, so that it is not one of those taken."""
    stem, ending = _parts(name)
    number, candidate = 2, name
    while candidate.casefold() in {other.casefold() for other in taken}:
        candidate, number = f"{stem} ({number}){ending}", number + 1
    return candidate


def _shortened(name: str) -> str:
    stem, ending = _parts(name)
    return stem[: LONGEST - len(ending)].rstrip(" .") + ending


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem else (name, "")
