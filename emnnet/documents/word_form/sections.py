"""A form cut into its questions, by the marks it was written with or by headings."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from emnnet.documents.opening.word_numbers import W, value
from emnnet.documents.word_form.line_reading import words_of
from emnnet.documents.word_form.parts import WordParts
from emnnet.documents.word_form.words import ANSWER_LABELS, CODE, question_label
from emnnet.domain.word_form import Origin, Part, read_mark

_GONE = {f"{W}del", f"{W}moveFrom", f"{W}sectPr", f"{W}sdtPr"}
_ANSWER_STYLE = "form answer"
_OWN_STYLES = {"form line", "form fact", "form step", "title", "rule"}


@dataclass
class Section:
    """One question of the form: its choices and what was written below them."""

    origin: Origin | None
    label: str = ""
    facts: list[Element] = field(default_factory=list)
    answer: list[Element] = field(default_factory=list)
    is_answering: bool = False


@dataclass
class Sections:
    """Cuts the body of a form; what stands before the first question is its front."""

    parts: WordParts
    found: list[Section] = field(default_factory=list)
    front: list[Element] = field(default_factory=list)
    has_marks: bool = False
    needs_heading: bool = False  # else styles were lost, and any line may begin one

    def cut(self) -> list[Section]:
        """The questions in their order."""
        self.has_marks = any(_marks(self.parts.body))
        blocks = list(_flat(self.parts.body, None))
        headed = any(self._is_headed(element) for element, _ in blocks)
        self.needs_heading = headed
        for element, mark in blocks:
            self._take(element, mark)
        return self.found

    @property
    def assignment_id(self) -> int | None:
        """The assignment that most marks name, or the printed code of the form."""
        named = Counter(one.origin.assignment_id for one in self.found if one.origin)
        if named:
            return named.most_common(1)[0][0]
        codes = (CODE.search(words_of(element)) for element in self.front)
        return next((int(code[1]) for code in codes if code), None)

    def _take(self, element: Element, mark: tuple[Origin, Part | None] | None) -> None:
        begun = self._begun(element)
        if begun is not None:
            self.found.append(begun)
        elif mark is not None and mark[1] is Part.ANSWER:
            self._at(mark[0]).answer.append(element)
        elif not self.found:
            self.front.append(element)
        elif self.found[-1].is_answering:
            self.found[-1].answer.append(element)
        elif self._is_answer_label(element):
            self.found[-1].is_answering = True
        else:
            self.found[-1].facts.append(element)

    def _begun(self, element: Element) -> Section | None:
        """The section that begins with this paragraph, or none."""
        if element.tag != f"{W}p":
            return None
        label = question_label(words_of(element))
        if not self.has_marks:
            begins = self._is_headed(element) or not self.needs_heading
            return Section(None, label) if label and begins else None
        for bookmark in element.iter(f"{W}bookmarkStart"):
            mark = read_mark(bookmark.get(f"{W}name", ""))
            if mark is not None:
                return Section(mark[0], label or "")
        return None

    def _is_headed(self, element: Element) -> bool:
        """Is it a heading "Question 2"?"""
        styled = self.parts.style(element).startswith("heading")
        return styled and question_label(words_of(element)) is not None

    def _at(self, origin: Origin) -> Section:
        """The section a mark names; the heading may have been deleted."""
        for section in self.found:
            if section.origin == origin:
                return section
        self.found.append(Section(origin))
        return self.found[-1]

    def _is_answer_label(self, element: Element) -> bool:
        if element.tag != f"{W}p":
            return False
        styled = self.parts.style(element) == _ANSWER_STYLE
        return styled or words_of(element).strip(": ") in ANSWER_LABELS


def _flat(
    element: Element, mark: tuple[Origin, Part | None] | None
) -> Iterator[tuple[Element, tuple[Origin, Part | None] | None]]:
    """Paragraphs and tables, each with the mark of the field it stands in."""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child, mark
        else:
            yield from _flat(child, _mark_of(child) or mark)


def _mark_of(element: Element) -> tuple[Origin, Part | None] | None:
    return read_mark(value(element.find(f"{W}sdtPr/{W}tag")) or "")


def _marks(body: Element) -> Iterator[bool]:
    """True for each of our marks: bookmarks, and tags of fields."""
    for bookmark in body.iter(f"{W}bookmarkStart"):
        yield read_mark(bookmark.get(f"{W}name", "")) is not None
    for tag in body.iter(f"{W}tag"):
        yield read_mark(value(tag) or "") is not None
