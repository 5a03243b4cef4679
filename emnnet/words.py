"""Words as search and routing compare them: folded and stemmed, Lithuanian and English.

A word is kept in two forms: the folded stem, and the stem of the folded word. So
"užsieniečių" meets "uzsienieciu", which a stemmer behind an accent filter would part.
"""

import re
import unicodedata
from functools import lru_cache
from threading import local

import Stemmer

from emnnet.domain.wording import Word, Wording

LANGUAGES = ("lithuanian", "english")
WORD = re.compile(r"\w+")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae"})

# Words that carry no subject, folded.
ENGLISH = """
a about above after again all also am an and any are as at be because been before being
below between both but by can could did do does doing down during each few for from
further had has have having he her here hers him his how i if in into is it its itself
just me might more most must my no nor not of off on once only or other our ours out
over own please s same shall she should so some such t than that the their theirs them
then there these they this those through to too under until up upon very was we were
what when where whether which while who whom whose why will with within would yes you
your yours
"""

LITHUANIAN = """
ant ar arba as ji jai jam jame jas jei jeigu ji jie jiems jis jo jog jos ju juo juos
juose jus kad kada kai kaip kas keli kiekvienas kita kitas kiti kitos kitu kokia
kokie kokio kokios kokiu koks ku kuri kurie kurio kurios kuris kuriu kur man mano mes
mums ne nei nes nors nuo o pagal pas per po pries prie su ta tada tai taip taigi tam tas
tie tiek to todel toks tokia tos tu tuo tik uz visi visos viso visu yra ir bei bet is
iki i del be buvo bus butu buti ka ko savo sis si sio sios siu jusu musu atveju gali
"""

STOP_WORDS = frozenset((ENGLISH + LITHUANIAN).split())


class _Stemmers(local):
    """The stemmers of one thread: they must not be shared between threads."""

    def __init__(self) -> None:
        self.all = tuple(Stemmer.Stemmer(language) for language in LANGUAGES)


_stemmers = _Stemmers()


def fold(text: str) -> str:
    """Lower case, no diacritics, hyphens and dashes as blanks, single blanks.

    "Ad-Hoc", "ad hoc" and "Ad HOc" become one; so do "Užklausa" and "uzklausa".
    """
    plain = unicodedata.normalize("NFKD", text.translate(INVISIBLE).casefold())
    kept = "".join(
        " " if unicodedata.category(letter) == "Pd" else letter
        for letter in plain
        if not unicodedata.combining(letter)
    )
    return " ".join(kept.translate(UNDECOMPOSED).split())


def word_terms(text: str) -> tuple[frozenset[str], ...]:
    """For each word of the text, in order, the forms it can be met by.

    Stop words of both languages are left out. Two words are the same word if their
    forms have one in common.
    """
    return tuple(word.forms for word in wording(text).words)


def wording(text: str) -> Wording:
    """The words of a text with their forms, as routing compares them."""
    words = WORD.findall(unicodedata.normalize("NFC", text.translate(INVISIBLE)))
    said = (Word(word, _forms(word.casefold())) for word in words)
    return Wording(tuple(word for word in said if word.forms))


def terms(text: str) -> list[str]:
    """Every form of every word, each once, in the order of the text."""
    return list(
        dict.fromkeys(form for word in word_terms(text) for form in sorted(word))
    )


@lru_cache(maxsize=60_000)
def _forms(word: str) -> frozenset[str]:
    """The forms of one word; texts use the same words over and over."""
    folded = fold(word)
    if folded in STOP_WORDS:
        return frozenset()
    stems = _stemmers.all
    return frozenset(
        form
        for stemmer in stems
        for form in (fold(stemmer.stemWord(word)), stemmer.stemWord(folded))
    )
