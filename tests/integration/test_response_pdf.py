"""The PDF of a response: tagged, with its fonts, and readable again."""

from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from emnnet.child import ChildFailed, Limits, run_child
from emnnet.documents.response_pdf import response_pdf
from emnnet.domain.audience import CLOSED_SENTENCE
from tests.integration.response_sample import LETTERS, SECRET, a_response


@pytest.fixture(scope="module")
def pdf():
    return response_pdf(a_response())


def text_of(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def tags(pdf):
    """The structure of the document as a list of tags in reading order."""

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield str(element.S)[1:]
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                yield from walk(kid)

    with pikepdf.open(BytesIO(pdf)) as opened:
        return list(walk(opened.Root.StructTreeRoot.K[0]))


def fonts(pdf):
    """Name of every font, and whether it is inside the file."""
    found = {}
    with pikepdf.open(BytesIO(pdf)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/FontDescriptor" in thing:
                inside = "/FontFile2" in thing.FontDescriptor
                found[str(thing.BaseFont).partition("+")[2]] = inside
    return found


def test_j05_it_is_tagged_titled_and_says_its_language(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "en-GB"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "EMN Ad-Hoc Query on biometric information"
            assert "dc:creator" not in metadata


def test_j05_headings_lists_and_tables_are_tagged_as_such(pdf):
    found = tags(pdf)
    assert [tag for tag in found if tag in {"H1", "H2", "H3"}] == [
        "H1",
        "H2",
        "H2",
        "H2",
        "H3",
    ]
    assert found.count("Table") == 2
    assert found.count("TH") == 5
    assert found.count("TR") == 5
    assert found.count("Link") == 1
    assert found.count("LI") == 6


def test_every_font_is_ours_and_inside(pdf):
    assert fonts(pdf) == {
        "Inter-Regular": True,
        "Inter-SemiBold": True,
        "Inter-Bold": True,
        "Inter-Italic": True,
    }


def test_j05_the_text_comes_out_again_in_its_order(pdf):
    text = text_of(pdf)
    pieces = [
        "EMN Ad-Hoc Query on biometric information",
        "Requested by SE EMN NCP on 30 May 2017",
        "Background information",
        "1. What is stored? a) For how long? 2. By whom?",
        "Country Wider dissemination Response",
        CLOSED_SENTENCE,
        "1. Data are stored, see Article 5 of the law.",
        "3. third 4. fourth",
        LETTERS,
        "nested",
        "Year Permits 2025 1 377",
        "first line second line Practice",
        "<script>alert(1)</script> [press](javascript:alert(2))",
    ]
    places = [text.find(piece) for piece in pieces]
    assert -1 not in places, pieces[places.index(-1)]
    assert places == sorted(places)


def test_h01_of_a_closed_row_the_file_holds_only_the_fixed_sentence():
    pdf = response_pdf(a_response(show_sources=True))
    assert SECRET not in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert [o for o in opened.objects if SECRET.encode() in repr(o).encode()] == []


def test_links_lead_only_to_the_web(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        found = [
            str(mark.A.URI)
            for page in opened.pages
            for mark in page.get("/Annots", [])
            if "/A" in mark
        ]
    assert found == ["https://www.e-tar.lt/x?a=1&b=2"]


def test_the_lithuanian_form_is_in_lithuanian():
    pdf = response_pdf(a_response("Taip.", language="lt"))
    assert "Užklausą pateikė SE EMN NCP, 2017 m. gegužės 30 d." in text_of(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "lt-LT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('#read("/etc/passwd")', '1. #read("/etc/passwd")', id="typst"),
        pytest.param(
            "$x^2$ @ref <tag> {{7*7}}", "1. $x^2$ @ref <tag> {{7*7}}", id="marks"
        ),
        pytest.param("a\x00b\ud800c", "1. abc", id="control characters"),
        pytest.param("漢字 𓀀", "1. �� �", id="letters no font of ours has"),
        pytest.param("###### deep\n\n# high", "1. deep high", id="levels left out"),
        pytest.param("#\n\n- \n\n1.\n\n>", "1.", id="empty marks"),
        pytest.param("[](https://e.lt)", "1. https://e.lt", id="a link without words"),
        pytest.param("* " * 60 + "x", "x", id="deep lists"),
    ],
)
def test_x07_no_text_is_a_command_and_none_stops_the_file(text, expected):
    assert expected in text_of(response_pdf(a_response(text)))


def test_h08_200_kilobytes_in_one_line_come_through():
    text = text_of(response_pdf(a_response("a" * 200_000)))
    assert text.count("a") >= 200_000


def test_the_same_response_gives_the_same_file(pdf):
    assert response_pdf(a_response()) == pdf


def test_a_child_that_takes_too_long_or_too_much_is_stopped(tmp_path):
    endless, greedy = tmp_path / "endless.py", tmp_path / "greedy.py"
    endless.write_text("while True: pass")
    greedy.write_text("kept = bytearray(900 * 1024 * 1024)")
    with pytest.raises(ChildFailed, match=r"endless\.py: over 1 s|ended with -"):
        run_child(endless, b"", Limits(seconds=1))
    with pytest.raises(ChildFailed, match="MemoryError"):
        run_child(greedy, b"", Limits(megabytes=400))
