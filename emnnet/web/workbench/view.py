"""What of the workbench is looked at, and what was typed on it."""

from dataclasses import dataclass, field
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from emnnet.services.responses import ParagraphConflict
from emnnet.web.workbench.forms import (
    DecisionForm,
    OwnParagraphForm,
    ParagraphForm,
    ReturnForm,
)


class Side(StrEnum):
    """Which column a narrow screen shows."""

    ANSWERS = "answers"
    NATIONAL = "national"


@dataclass
class Typed:
    """Forms that were posted and came back; none where nothing was wrong."""

    paragraph: ParagraphForm | None = None
    own: OwnParagraphForm | None = None
    returned: dict[int, ReturnForm] = field(default_factory=dict)
    decision: DecisionForm | None = None
    conflict: ParagraphConflict | None = None
    preview: str | None = None
    own_preview: str | None = None


@dataclass
class View:
    """One question, one side, all answers or those with something unused."""

    question_id: int | None = None
    side: Side = Side.ANSWERS
    only_unused: bool = False
    editing: int | None = None  # the id of a paragraph
    at: str = ""  # the id of the element that changed: it gets the focus
    new: int | None = None  # the id of a paragraph that was just inserted
    removed: int | None = None  # the id of what was just taken out
    refused: str = ""  # why the last step was not done
    typed: Typed = field(default_factory=Typed)

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> "View":
        """Out of an address; what makes no sense there is left out."""
        return cls(
            question_id=args.get("question", None, int),
            side=_side(args.get("side", "")),
            only_unused=args.get("show") == "unused",
            editing=args.get("edit", None, int),
            at=args.get("at", ""),
            new=args.get("new", None, int),
            removed=args.get("removed", None, int),
        )

    def address(self, **other: object) -> dict[str, object]:
        """What an address of this view holds, with some of it other."""
        given: dict[str, object] = {
            "question": self.question_id,
            "side": self.side.value if self.side is Side.NATIONAL else None,
            "show": "unused" if self.only_unused else None,
        }
        return given | other


def _side(text: str) -> Side:
    return Side.NATIONAL if text == Side.NATIONAL else Side.ANSWERS
