"""Documents made for the tests: the same text in every wrapping, and hostile ones."""

import html
import io
import json
import zipfile
from email.message import EmailMessage

import docx
import pikepdf
import typst

WORD_TYPE = "vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_docx(text, *, tables=()):
    """A Word document: a heading, then a paragraph a line, then the tables."""
    document = docx.Document()
    for at, line in enumerate(text.split("\n")):
        document.add_heading(line, 1) if at == 0 else document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    return saved(document)


def as_pdf(text, *, justify=False, size="11pt", paper="a4", number="1"):
    """A PDF with numbered pages; justified text is hyphenated."""
    source = [
        f'#set page(paper: "{paper}", numbering: "{number}")',
        f'#set text(size: {size}, lang: "en")',
        f"#set par(justify: {str(justify).lower()})",
    ]
    lines = (line for line in text.split("\n") if line.strip())
    source += [f"#par({json.dumps(line, ensure_ascii=False)})" for line in lines]
    return typst.compile("\n".join(source).encode())


def as_html(text):
    """A page with a paragraph a line."""
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    head = "<head><meta charset='utf-8'><title>Page</title><style>p {}</style></head>"
    return f"<!doctype html><html>{head}<body>{lines}</body></html>".encode()


def as_mail(body, *attachments, encoding=None, subject="Fwd: query"):
    """A mail with attachments, each a name and its bytes."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = subject, "ncp@example.org"
    mail.set_content(body, cte=encoding)
    for name, data in attachments:
        mail.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name
        )
    return mail.as_bytes()


def saved(document):
    """The bytes of a Word document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(*members):
    """A zip archive of names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return stream.getvalue()


def word_xml(body, prologue=""):
    """The main part of a Word document around some XML."""
    inside = f"<w:body>{body}</w:body>"
    return f'{prologue}<w:document xmlns:w="{WORD_SPACE}">{inside}</w:document>'


def locked_pdf(data, password):
    """The same PDF, opened only with a password ('' opens for everybody)."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(user=password, owner="owner"))
    return stream.getvalue()


def scanned_pdf():
    """A PDF with a page on which there is no text."""
    stream = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(stream)
    return stream.getvalue()
