"""What a partner or the public reads is there in Lithuanian, whole and well formed."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "emnnet/translations/lt/LC_MESSAGES/messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": None, "message": None}
GAP = re.compile(r"%\(\w+\)[.\d]*[sdf]|%%|\{\w+\}")
FORMS = 3  # one, few, many: 1 diena, 2 dienos, 10 dienų

ROOMS = [
    "templates/base.html",
    "templates/layouts/partner.html",
    "templates/layouts/public.html",
    *(
        f"templates/{room}/**/*"
        for room in (
            *("about", "accounts", "components", "contributions", "email", "errors"),
            *("home", "institutions", "links", "network", "organogram", "public"),
        )
    ),
    *(
        f"emnnet/web/{room}/**/*.py"
        for room in (
            *("accounts", "attachments", "contributions", "institutions", "links"),
            *("network", "organogram"),
        )
    ),
    "emnnet/web/*.py",
    "emnnet/files/*.py",
    "emnnet/domain/contributing.py",
    "emnnet/domain/dates.py",
    "emnnet/domain/lifecycle.py",
    "emnnet/services/attachments.py",
    "emnnet/services/contributions.py",
    "emnnet/services/drafts.py",
]
FILES = sorted(
    {
        file
        for pattern in ROOMS
        for file in ROOT.glob(pattern)
        if file.suffix in {".html", ".txt", ".py"}
    }
)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="lt")


def _entries(catalogue: Catalog) -> list[Message]:
    return [entry for entry in catalogue if entry.id]


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _said_in(file: Path) -> set[str]:
    """The English texts of a file; of those with a plural, the singular."""
    method = "python" if file.suffix == ".py" else "jinja2"
    found = extract_from_file(method, file, KEYWORDS, options={"silent": "false"})
    return {_forms(text)[0] for _line, text, *_ in found}


def test_the_files_of_partners_hold_texts():
    assert len(FILES) > 60
    assert "Your answer" in _said_in(ROOT / "emnnet/web/contributions/forms.py")
    assert "Check and send %(num)d answer" in _said_in(
        ROOT / "emnnet/web/contributions/present.py"
    )


def test_what_partners_and_the_public_read_is_in_lithuanian(catalogue):
    there = {
        _forms(entry.id)[0]
        for entry in _entries(catalogue)
        if all(_forms(entry.string))
    }
    missing = {
        str(file.relative_to(ROOT)): sorted(texts)
        for file in FILES
        if (texts := _said_in(file) - there)
    }
    assert missing == {}


def test_every_translation_has_the_gaps_of_its_source(catalogue):
    different = [
        entry.id
        for entry in _entries(catalogue)
        for form in _forms(entry.string)
        if form
        and set(GAP.findall(form)) != set(GAP.findall(" ".join(_forms(entry.id))))
    ]
    assert different == []


def test_every_plural_has_three_forms_or_none(catalogue):
    assert catalogue.num_plurals == FORMS
    uneven = [
        entry.id
        for entry in _entries(catalogue)
        if not isinstance(entry.id, str)
        and (len(entry.string) != FORMS or len({bool(f) for f in entry.string}) > 1)
    ]
    assert uneven == []


def test_the_catalogue_holds_nothing_fuzzy_or_obsolete(catalogue):
    assert [entry.id for entry in _entries(catalogue) if entry.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_lithuanian_quotes_stand_where_english_ones_stood(catalogue):
    wrong = [
        entry.id
        for entry in _entries(catalogue)
        for form in _forms(entry.string)
        if "”" in form or form.count("„") != form.count("“")
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_what_the_texts_compile_to(catalogue):
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    same = compiled.getvalue() == PO.with_suffix(".mo").read_bytes()
    assert same, "run: make translations"
