"""Looking into DOCX and XLSX without unpacking them: what they are, and bombs."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

MB = 1024 * 1024
MOST_MEMBERS = 2_000
MOST_BYTES = 300 * MB  # of all members, unpacked
MOST_RATIO = 250  # of a member that is large when unpacked
LARGE_MEMBER = 4 * MB
TYPES = "[Content_Types].xml"
LONGEST_TYPES = MB
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MACROS = ("vbaproject.bin", "vbadata.xml")

BROKEN = _n("“%(name)s” is damaged. Open and save it again, then attach it.")
BOMB = _n("“%(name)s” unpacks to far more than a document holds. It was not taken.")
NOT_OFFICE = _n(
    "“%(name)s” is an archive and no document. Attach the documents one by one."
)
WITH_MACROS = _n(
    "“%(name)s” contains macros (programs). Save it without them and attach it again."
)


def package_kind(data: bytes, name: str) -> str:
    """ "docx" or "xlsx". Raises `DomainError` for archives, macros, bombs, damage."""
    try:
        with ZipFile(BytesIO(data)) as package:
            members = package.infolist()
            _check_sizes(members, name)
            types = _types(package, name)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise DomainError(BROKEN, name=name) from None
    names = {member.filename.lower() for member in members}
    if b"macroenabled" in types.lower() or any(one.endswith(MACROS) for one in names):
        raise DomainError(WITH_MACROS, name=name)
    for kind, part in MAIN_PARTS.items():
        if part in names:
            return kind
    raise DomainError(NOT_OFFICE, name=name)


def _check_sizes(members: list[ZipInfo], name: str) -> None:
    """Told from the table of contents alone: nothing is unpacked."""
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
        raise DomainError(BOMB, name=name)
    if any(_is_bomb(member) for member in members):
        raise DomainError(BOMB, name=name)


def _is_bomb(member: ZipInfo) -> bool:
    most = MOST_RATIO * max(member.compress_size, 1)
    return member.file_size > max(LARGE_MEMBER, most)


def _types(package: ZipFile, name: str) -> bytes:
    """The list of parts, which every such package has."""
    if TYPES not in package.namelist():
        raise DomainError(NOT_OFFICE, name=name)
    with package.open(TYPES) as part:
        types = part.read(LONGEST_TYPES + 1)
    if len(types) > LONGEST_TYPES:
        raise DomainError(BOMB, name=name)
    return types
