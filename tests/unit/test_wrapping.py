"""Letters of 72 characters a line, and what their paragraphs are."""

from emnnet.mail.wrapping import Paragraph, ParagraphKind, paragraphs, wrapped


def test_long_lines_are_broken_and_lists_keep_their_edge():
    text = "- " + "word " * 20 + "\n> " + "said " * 20 + "\nhttps://x.org/" + "a" * 80
    lines = wrapped(text).splitlines()
    assert [line[:2] for line in lines] == ["- ", "  ", "> ", "> ", "ht"]
    assert max(len(line) for line in lines[:-1]) <= 72


def test_paragraphs_know_what_they_are():
    text = "One\ntwo\n\nhttps://x.org/a\n\n- a\n- b\n\n> said\n\n-- \nThe office\n"
    assert list(paragraphs(text)) == [
        Paragraph(ParagraphKind.TEXT, ("One", "two")),
        Paragraph(ParagraphKind.LINK, ("https://x.org/a",)),
        Paragraph(ParagraphKind.LIST, ("a", "b")),
        Paragraph(ParagraphKind.QUOTE, ("said",)),
        Paragraph(ParagraphKind.SIGNATURE, ("The office",)),
    ]
