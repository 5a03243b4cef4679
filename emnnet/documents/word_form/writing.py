"""Writing the form of an assignment as a Word file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emnnet.documents.docx_body import Body, Place, field_run, plain
from emnnet.documents.docx_package import DocxText, docx_bytes
from emnnet.documents.markdown_tree import Block, Heading, Run, blocks
from emnnet.documents.printable import one_line, printable
from emnnet.documents.word_form.controls import Controls, invitation
from emnnet.documents.word_form.reading import read_form
from emnnet.documents.word_form.values import FormDocument, FormQuestion
from emnnet.documents.word_form.words import FormWords, words_in
from emnnet.domain.word_form import Part

_NO_MARK = "0" * 8
_OWN_HEADINGS = 2
_DEEPEST = 6
_FIELD = Place("FormField")


def word_form(document: FormDocument) -> bytes:
    """The form as DOCX: one field a question, with what was written there so far.

    It is read once as it would come back, so that its marks tell what was changed.
    """
    read = read_form(_Form(document, {}).written())
    marks = {
        one.origin.question_id: one.given.mark for one in read.fields if one.origin
    }
    return _Form(document, marks).written()


@dataclass
class _Form:
    document: FormDocument
    marks: Mapping[int, str]
    body: Body = field(default_factory=Body)

    def __post_init__(self) -> None:
        self.words: FormWords = words_in(self.document.language)
        self.controls = Controls(self.words.locale)

    def written(self) -> bytes:
        """The file."""
        questions = "".join(
            self._question(number, question)
            for number, question in enumerate(self.document.questions)
        )
        content = self.controls.locked(self._front() + questions)
        text = DocxText(
            title=one_line(self.document.title),
            locale=self.words.locale,
            body=content,
            footer=self._footer(),
            links=tuple(self.body.links),
            list_starts=tuple(self.body.list_starts),
            created_at=self.document.made_at,
        )
        return docx_bytes(text)

    def _front(self) -> str:
        document, words = self.document, self.words
        lines = {
            words.reference: document.reference,
            words.institution: document.institution,
            words.asked_by: document.asked_by,
            words.due: words.day(document.due_on, document.due_time),
            words.code: f"e1.a{document.assignment_id}",
        }
        parts = [self._line(document.title, "Heading1")]
        parts += [self._fact(name, said, "FormLine") for name, said in lines.items()]
        parts.append(self._line(words.how, "Heading2"))
        for number, step in enumerate(words.steps, start=1):
            parts.append(self._line(f"{number}. {step}", "FormStep"))
        if document.background.strip():
            parts.append(self._line(words.background, "Heading2"))
            parts.append(self.body.blocks(_below(document.background)))
        return "".join(parts)

    def _question(self, number: int, question: FormQuestion) -> str:
        words = self.words
        label = one_line(question.label)
        parts = [self._heading(number, question)]
        if question.condition:
            parts.append(self.body.paragraph((Run(question.condition, italic=True),)))
        for line in printable(question.text).split("\n"):
            parts.append(self._line(line))
        if question.due_on:
            day = words.day(question.due_on)
            parts.append(self._fact(words.due_for_question, day, "FormFact"))
        parts += self._choices(question, label)
        parts.append(self._line(words.answer, "FormAnswer"))
        parts.append(self._answer(question, label))
        return "".join(parts)

    def _heading(self, number: int, question: FormQuestion) -> str:
        """The heading, with the bookmark that outlives LibreOffice."""
        text = self.words.question.format(label=one_line(question.label))
        name = question.origin(self._mark(question)).bookmark
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{plain(text)}'
            f'<w:bookmarkEnd w:id="{number}"/></w:p>'
        )

    def _choices(self, question: FormQuestion, label: str) -> list[str]:
        words, given, controls = self.words, question.given, self.controls
        outcome = controls.choice(
            f"{words.outcome} ({label})",
            self._tag(question, Part.OUTCOME),
            {word.value: text for word, text in words.outcomes.items()},
            given.outcome.value,
            words.choose,
        )
        travels = controls.choice(
            f"{words.dissemination} ({label})",
            self._tag(question, Part.DISSEMINATION),
            {word.value: text for word, text in words.travels.items()},
            given.dissemination.value if given.dissemination else None,
            words.choose,
        )
        day = controls.day(
            f"{words.as_of} ({label})",
            self._tag(question, Part.AS_OF),
            given.as_of,
            words.choose_day,
        )
        return [
            _with_control(words.outcome, outcome),
            _with_control(words.dissemination, travels),
            _with_control(f"{words.as_of}:", day),
        ]

    def _answer(self, question: FormQuestion, label: str) -> str:
        """The field. LibreOffice 7.4 spoils its first paragraph: that one is empty."""
        text = question.given.text
        written = self.body.blocks(_below(text), _FIELD)
        asking = f"<w:p>{_FIELD.properties()}{invitation(self.words.write_here)}</w:p>"
        return self.controls.rich(
            f"{self.words.answer} ({label})",
            self._tag(question, Part.ANSWER),
            f'<w:p><w:pPr><w:pStyle w:val="FormGap"/></w:pPr></w:p>{written or asking}',
            asks=not written,
        )

    def _mark(self, question: FormQuestion) -> str:
        return self.marks.get(question.question_id, _NO_MARK)

    def _tag(self, question: FormQuestion, part: Part) -> str:
        return question.origin(self._mark(question)).tag(part)

    def _fact(self, name: str, said: str, style: str) -> str:
        runs = (Run(f"{name}: ", bold=True), Run(one_line(said)))
        return self.body.paragraph(runs, Place(style))

    def _line(self, text: str, style: str = "") -> str:
        return self.body.paragraph((Run(one_line(text)),), Place(style))

    def _footer(self) -> str:
        named = f"{self.document.reference} · {self.document.institution} · "
        style = Place("Footer").properties()
        return f"<w:p>{style}{plain(one_line(named) + ' ')}{field_run('PAGE')}</w:p>"


def _with_control(name: str, control: str) -> str:
    properties = Place("FormFact").properties()
    label = plain(f"{name} ").replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>", 1)
    return f"<w:p>{properties}{label}{control}</w:p>"


def _below(text: str) -> tuple[Block, ...]:
    """The blocks, their headings below those of the form."""
    return tuple(
        Heading(min(block.level + _OWN_HEADINGS, _DEEPEST), block.runs)
        if isinstance(block, Heading)
        else block
        for block in blocks(text)
    )
