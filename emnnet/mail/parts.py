"""What a shipped template says part by part, so that the office may word the rest.

A template names its parts as it renders: `part("link", link)`, or a block around
several lines with `call part("questions")`; and by `occasion("more")` which of its
texts this one is.
"""

from collections.abc import Callable

FOOT = "foot"
Caller = Callable[[], str]


class Parts:
    """Notes the parts; what is rendered stays the whole mail."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.occasion_name = ""

    def part(self, name: str, text: object = "", caller: Caller | None = None) -> str:
        """One part: the text itself, here."""
        said = caller() if caller else str(text or "")
        self.said[name] = said
        return said

    def occasion(self, name: str) -> str:
        """Which text of its kind this is; it says nothing itself."""
        self.occasion_name = name.strip()
        return ""


class Outline(Parts):
    """Leaves a placeholder for each part: the shipped text as it can be edited."""

    def __init__(self, *kept: str) -> None:
        super().__init__()
        self._kept = kept

    def part(self, name: str, text: object = "", caller: Caller | None = None) -> str:
        """The placeholder of the part; nothing for the foot, which is always added."""
        said = super().part(name, text, caller)
        if name in self._kept:
            return said
        if name == FOOT:
            return ""
        return f"[{name}]\n" if caller else f"[{name}]"
