"""An excerpt shows the place of the hit, whatever ending the word has there."""

from emnnet.domain.excerpt import WIDTH, excerpt
from emnnet.words import word_terms


def found(body: str, wanted: str) -> str:
    """The excerpt with its hits in brackets."""
    pieces = excerpt(body, word_terms(wanted), lambda word: word_terms(word)[0])
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def test_hit_is_marked_in_another_case_and_without_diacritics():
    text = "Leidimas užsieniečiams gyventi išduodamas dvejiems metams."
    assert found(text, "uzsienieciu") == (
        "Leidimas [užsieniečiams] gyventi išduodamas dvejiems metams."
    )


def test_english_word_forms_meet():
    assert found("Permits were issued.", "permit") == "[Permits] were issued."


def test_excerpt_lies_around_the_hit_and_tells_that_it_is_cut():
    text = "word " * 200 + "quota " + "word " * 200
    told = found(text, "quotas")
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert "[quota]" in told
    assert len(told) < WIDTH + 20


def test_text_without_the_word_shows_its_beginning():
    assert found("Nothing of the kind.", "quota") == "Nothing of the kind."


def test_beginning_alone_is_no_hit():
    assert found("The quotation stands here.", "quota") == "The quotation stands here."
