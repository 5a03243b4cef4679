"""Adding, removing and moving questions in the form, also without script."""

from werkzeug.datastructures import MultiDict

from emnnet.web.queries.forms import QueryForm

ADD, REMOVE, UP, DOWN = (
    "add_question",
    "remove_question",
    "question_up",
    "question_down",
)
BUTTONS = (ADD, REMOVE, UP, DOWN)


def rearranged(form: QueryForm, pressed: MultiDict[str, str]) -> int | None:
    """Do what a button of the list says; the place to look at next, or none.

    Nothing is saved: the form comes back as it was typed, with one change.
    """
    button = next((name for name in BUTTONS if name in pressed), None)
    if button is None:
        return None
    entries = [dict(entry.data) for entry in form.questions]
    place = _place(pressed[button], len(entries))
    if button == ADD:
        entries.append({})
        place = len(entries) - 1
    elif place is not None:
        place = _changed(entries, place, button)
    form.questions.process(None, entries)
    return place


def _changed(entries: list[dict[str, object]], place: int, button: str) -> int:
    if button == REMOVE:
        entries.pop(place)
        return max(place - 1, 0)
    other = place - 1 if button == UP else place + 1
    if 0 <= other < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
        return other
    return place


def _place(value: str, count: int) -> int | None:
    place = int(value) if value.isdigit() else -1
    return place if 0 <= place < count else None
