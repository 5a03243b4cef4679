"""Files that come with answers: which are taken, and who gets them back."""

import zipfile
from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Audience
from emnnet.domain.errors import DomainError
from emnnet.domain.roles import Role
from emnnet.files.names import safe_name
from emnnet.files.store import FileMissing, read, store
from emnnet.files.types import MB, checked
from emnnet.models.attachment import Attachment
from emnnet.models.event import Event
from emnnet.models.stored_file import StoredFile
from tests.builders import a_query, a_user, an_assignment
from tests.integration.partners import cells, fields, fresh, let_in

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40
EXE = b"MZ\x90\x00" + b"\0" * 60
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def a_package(part: str, *more: tuple[str, bytes], types: bytes = b"<Types/>") -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        for name, content in [(part, b"<x/>"), *more]:
            package.writestr(name, content)
    return memory.getvalue()


DOCX, XLSX = a_package("word/document.xml"), a_package("xl/workbook.xml")
BOMB = a_package("word/document.xml", ("word/big.xml", b"0" * (40 * MB)))
CROWD = a_package("word/document.xml", *((f"word/{n}.xml", b"") for n in range(2100)))


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (DOCX, "answer.docx", "docx"),
        (XLSX, "Lentelė.XLSX", "xlsx"),
        (PDF, "law.pdf", "pdf"),
        (PNG, "chart.png", "png"),
        (JPG, "scan.jpeg", "jpg"),
        (b"metai;leidimai\n2024;5\n", "numbers.csv", "csv"),
        ("žodžiai;1\n".encode("cp1257"), "senas.csv", "csv"),
    ],
)
def test_file_is_known_by_its_content(data, name, kind):
    assert checked(data, name).kind == kind


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(b"", "a.docx", "is empty", id="empty"),
        pytest.param(PDF + b"0" * (20 * MB), "a.pdf", "larger than 20 MB", id="large"),
        pytest.param(EXE, "a.docx", "none of the files", id="program as document"),
        pytest.param(EXE, "a.pdf", "none of the files", id="program as PDF"),
        pytest.param(EXE, "a.csv", "none of the files", id="program as table"),
        pytest.param(SVG, "a.csv", "none of the files", id="drawing with script"),
        pytest.param(b"<html>", "a.csv", "none of the files", id="page as table"),
        pytest.param(PDF, "a.docx", "inside it is PDF", id="another document"),
        pytest.param(PDF, "a.pdf.exe", "inside it is PDF", id="double ending"),
        pytest.param(PDF, "a", "inside it is PDF", id="no ending"),
        pytest.param(
            a_package("word/document.xml", ("word/vbaProject.bin", b"x")),
            "a.docx",
            "contains macros",
            id="macros",
        ),
        pytest.param(
            a_package(
                "xl/workbook.xml",
                types=b'<Override ContentType="x.sheet.macroEnabled.main"/>',
            ),
            "a.xlsx",
            "contains macros",
            id="macro type",
        ),
        pytest.param(a_package("a.txt"), "a.docx", "is an archive", id="archive"),
        pytest.param(DOCX[:60], "a.docx", "is damaged", id="cut off"),
        pytest.param(BOMB, "a.docx", "unpacks to far more", id="bomb"),
        pytest.param(CROWD, "a.docx", "unpacks to far more", id="many members"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50,
            "a.doc",
            "old Office format or closed by a password",
            id="old or locked",
        ),
    ],
)
def test_x14_file_that_lies_or_harms_is_refused_in_words(data, name, says):
    with pytest.raises(DomainError) as refused:
        checked(data, name)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("original", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Temp\\answer.docx", "answer.docx"),
        ("Šiaulių skyrius.pdf", "Šiaulių skyrius.pdf"),
        ("a\u202excod.pdf", "axcod.pdf"),
        ('what?<is>"this".csv', "what__is__this_.csv"),
        ("invoice.exe.pdf", "invoice_exe.pdf"),
        ("con.pdf", "_con.pdf"),
        ("...", "file"),
        ("ž" * 300 + ".docx", "ž" * 115 + ".docx"),
    ],
)
def test_e14_name_is_made_safe(original, safe):
    assert safe_name(original) == safe


def test_room_keeps_each_content_once_under_its_digest(tmp_path):
    digests = {store(tmp_path, b"same"), store(tmp_path, b"same")}

    assert digests == {sha256(b"same").hexdigest()}
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [*digests]
    assert read(tmp_path, *digests) == b"same"
    with pytest.raises(FileMissing):
        read(tmp_path, "0" * 64)
    with pytest.raises(ValueError, match="not a SHA-256"):
        read(tmp_path, "../../etc/passwd")


@pytest.fixture
def assignment(session):
    return an_assignment(session, query=a_query(session, questions=2))


@pytest.fixture
def page(client, session, assignment):
    return let_in(client, session, assignment)


def _attach(client, page, contribution, data, name, **typed):
    file = {f"q{contribution.id}-file": (BytesIO(data), name)}
    path = f"{page}/questions/{contribution.id}/attachments"
    return client.post(path, data=fields(contribution, **typed) | file)


def test_e14_attached_files_are_stored_and_shown(client, session, assignment, page):
    (first, _) = cells(session, assignment)
    long = "ž" * 290 + ".docx"

    for name in (long, "same.docx", "same.docx"):
        assert _attach(client, page, first, DOCX, name).status_code == 303

    rows = fresh(session).scalars(select(Attachment).order_by(Attachment.id)).all()
    assert [(row.original_name, row.safe_name) for row in rows] == [
        (long, "ž" * 115 + ".docx"),
        ("same.docx", "same.docx"),
        ("same.docx", "same (2).docx"),
    ]
    assert {row.audience for row in rows} == {Audience.INSTITUTION}
    assert len(fresh(session).scalars(select(StoredFile)).all()) == 1
    assert client.get(page).text.count("same.docx") >= 2
    facts = (
        fresh(session)
        .scalars(select(Event.facts).where(Event.kind == "attached"))
        .all()
    )
    assert "same" not in str(facts)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [(b"", "a.docx", "is empty"), (EXE, "a.docx", "none of the files")],
    ids=["empty", "program"],
)
def test_e14_refused_file_costs_no_text(
    client, session, assignment, page, data, name, says
):
    (first, _) = cells(session, assignment)

    reply = _attach(client, page, first, data, name, text="Half an answer")

    assert reply.status_code == 422
    assert says in reply.text
    assert "Half an answer</textarea>" in reply.text
    assert cells(session, assignment)[0].draft == "Half an answer"
    assert fresh(session).scalars(select(Attachment)).all() == []


def test_e14_a_file_that_was_only_chosen_is_kept_by_any_button(
    client, session, assignment, page
):
    first, second = cells(session, assignment)
    chosen = {f"q{first.id}-file": (BytesIO(PDF), "a.pdf")}
    wrong = {f"q{second.id}-file": (BytesIO(EXE), "b.pdf")}
    typed = fields(first, text="Yes.", dissemination="yes")

    reply = client.post(page, data=typed | chosen | {"act": "check"})
    assert "a.pdf" in client.get(reply.location).text
    refused = client.post(page, data=fields(second, text="No.") | wrong)
    assert (refused.status_code, "none of the files" in refused.text) == (422, True)


def test_e14_sixty_megabytes_are_refused_and_the_saved_draft_stays(
    client, session, assignment, page
):
    (first, _) = cells(session, assignment)
    client.post(page, data=fields(first, text="Saved before"))
    (first, _) = cells(session, assignment)

    reply = client.post(
        f"{page}/questions/{first.id}/attachments",
        input_stream=BytesIO(b""),
        environ_overrides={"CONTENT_LENGTH": str(60 * MB)},
        content_type="multipart/form-data; boundary=x",
    )

    assert reply.status_code == 413
    assert cells(session, assignment)[0].draft == "Saved before"


def test_file_is_handed_out_to_its_owner_and_the_office_only(
    app, client, session, assignment, page, signed_in
):
    (first, _) = cells(session, assignment)
    _attach(client, page, first, PDF, "Šiauliai.pdf")
    (row,) = fresh(session).scalars(select(Attachment)).all()
    path = f"/attachments/{row.id}"

    reply = client.get(path)

    assert (reply.status_code, reply.data) == (200, PDF)
    disposition = reply.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''%C5%A0iauliai.pdf" in disposition
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    stranger = signed_in(a_user(session, Role.CONTACT))
    assert stranger.get(path).status_code == 403
    assert app.test_client().get(path).status_code == 303
    own = a_user(session, Role.CONTACT, institution_id=assignment.institution_id)
    assert signed_in(own).get(path).status_code == 200


def test_file_is_taken_back_before_the_answer_is_sent(
    client, session, assignment, page
):
    (first, _) = cells(session, assignment)
    _attach(client, page, first, PDF, "a.pdf")
    (row,) = fresh(session).scalars(select(Attachment)).all()
    path = f"{page}/questions/{first.id}/attachments/{row.id}/remove"

    replies = [client.post(path, data=fields(first)) for _ in range(2)]

    assert [reply.status_code for reply in replies] == [303, 303]
    assert client.get(f"/attachments/{row.id}").status_code in {303, 403, 404}
    assert "a.pdf" not in client.get(page).text


def test_file_of_another_assignment_is_out_of_reach(client, session, assignment, page):
    other = an_assignment(session)
    (theirs,) = cells(session, other)

    reply = client.post(f"{page}/questions/{theirs.id}/attachments")

    assert reply.status_code == 404
