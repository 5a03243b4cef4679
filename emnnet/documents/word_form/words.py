"""The printed words of the form, in English and in Lithuanian."""

import re
from dataclasses import dataclass
from datetime import date, time

from babel.dates import format_date

from emnnet.domain.audience import Dissemination
from emnnet.domain.word_form import FormOutcome


@dataclass(frozen=True)
class FormWords:
    """One language's words; `locale` is the language tag written into the file."""

    locale: str
    reference: str
    institution: str
    asked_by: str
    due: str
    at_hour: str
    code: str
    how: str
    steps: tuple[str, ...]
    background: str
    question: str
    due_for_question: str
    dissemination: str
    as_of: str
    outcome: str
    answer: str
    write_here: str
    choose: str
    choose_day: str
    travels: dict[Dissemination, str]
    outcomes: dict[FormOutcome, str]

    def day(self, day: date, hour: time | None = None) -> str:
        """A day in words, and its hour where there is one."""
        shown = str(format_date(day, "long", locale=self.locale.replace("-", "_")))
        return f"{shown}{self.at_hour.format(hour=f'{hour:%H:%M}')}" if hour else shown


ENGLISH = FormWords(
    locale="en-GB",
    reference="Reference",
    institution="For",
    asked_by="Asked by",
    due="Please answer by",
    at_hour=", {hour}",
    code="Form",
    how="How to fill this in",
    steps=(
        (
            "Write each answer in the field under its question. Lists, tables, bold, "
            "italics and links are kept; pictures are not: attach them on the page."
        ),
        (
            "Choose for each answer whether it may be read by others, and the day your "
            "facts are true of."
        ),
        (
            "If your institution has no data, or the question is not within its "
            "competence, choose that instead and write a few words why."
        ),
        (
            "Save the file as a Word document (.docx). Then upload it on the page you "
            "downloaded it from, or answer the mail of the National Contact Point and "
            "attach it."
        ),
        (
            "Nothing is sent by that: your answers become drafts that you read once "
            "more and send yourself."
        ),
    ),
    background="Background of the query",
    question="Question {label}",
    due_for_question="For this question, please answer by",
    dissemination="May your answer be read by others?",
    as_of="Valid as of",
    outcome="What do you give?",
    answer="Your answer",
    write_here="Write your answer here.",
    choose="Choose",
    choose_day="Choose a day",
    travels={
        Dissemination.YES: "Yes, it may be published",
        Dissemination.NO: "No, only the country that asks may read it",
        Dissemination.ASK: "Ask us before it goes further",
    },
    outcomes={
        FormOutcome.ANSWER: "An answer",
        FormOutcome.NO_DATA: "We have no data",
        FormOutcome.NOT_COMPETENT: "Not our competence",
    },
)
LITHUANIAN = FormWords(
    locale="lt-LT",
    reference="Užklausos numeris",
    institution="Kam",
    asked_by="Klausia",
    due="Prašome atsakyti iki",
    at_hour=", {hour} val.",
    code="Forma",
    how="Kaip pildyti",
    steps=(
        (
            "Kiekvieną atsakymą rašykite į lauką po jo klausimu. Sąrašai, lentelės, "
            "paryškintas ir pasviręs tekstas bei nuorodos išlieka; paveikslėliai – ne: "
            "juos pridėkite tinklalapyje."
        ),
        (
            "Prie kiekvieno atsakymo pasirinkite, ar jį gali skaityti kiti, ir "
            "nurodykite dieną, kurios duomenys pateikti."
        ),
        (
            "Jei Jūsų institucija duomenų neturi arba klausimas nepriklauso jos "
            "kompetencijai, pasirinkite tai ir trumpai paaiškinkite."
        ),
        (
            "Išsaugokite failą kaip „Word“ dokumentą (.docx). Tada įkelkite jį tame "
            "puslapyje, iš kurio atsisiuntėte, arba atsakykite į Nacionalinio "
            "informacijos centro laišką ir jį pridėkite."
        ),
        (
            "Taip niekas dar neišsiunčiama: atsakymai tampa juodraščiais, kuriuos dar "
            "kartą perskaitote ir išsiunčiate patys."
        ),
    ),
    background="Užklausos aplinkybės",
    question="Klausimas {label}",
    due_for_question="Į šį klausimą prašome atsakyti iki",
    dissemination="Ar Jūsų atsakymą gali skaityti kiti?",
    as_of="Duomenų data",
    outcome="Ką pateikiate?",
    answer="Jūsų atsakymas",
    write_here="Atsakymą rašykite čia.",
    choose="Pasirinkite",
    choose_day="Pasirinkite dieną",
    travels={
        Dissemination.YES: "Taip, jį galima skelbti",
        Dissemination.NO: "Ne, jį gali skaityti tik klausianti valstybė",
        Dissemination.ASK: "Prieš perduodami toliau, klauskite mūsų",
    },
    outcomes={
        FormOutcome.ANSWER: "Atsakymą",
        FormOutcome.NO_DATA: "Duomenų neturime",
        FormOutcome.NOT_COMPETENT: "Ne mūsų kompetencija",
    },
)
BOTH = (ENGLISH, LITHUANIAN)
CODE = re.compile(r"\be1\.a(\d{1,9})\b")
TRAVELS = {text: word for words in BOTH for word, text in words.travels.items()}
OUTCOMES = {text: word for words in BOTH for word, text in words.outcomes.items()}
ANSWER_LABELS = {words.answer for words in BOTH}
DAY_LABELS = tuple(words.as_of for words in BOTH)
NO_DAY = {words.choose_day for words in BOTH}
PLACEHOLDERS = tuple(words.write_here for words in BOTH)
OWN_INVITATIONS = frozenset(  # Word's, in a field that was emptied
    {
        "Click or tap here to enter text.",
        "Norėdami įvesti tekstą, spustelėkite arba bakstelėkite čia.",
    }
)
_QUESTIONS = tuple(words.question.partition("{label}")[0] for words in BOTH)


def words_in(language: str) -> FormWords:
    """The words for "lt" or "lt-LT"; English for all else."""
    return LITHUANIAN if language.lower().startswith("lt") else ENGLISH


def question_label(text: str) -> str | None:
    """The number in a heading "Question 2", or None for any other line."""
    for start in _QUESTIONS:
        if text.strip().startswith(start):
            return text.strip().removeprefix(start).strip() or None
    return None
