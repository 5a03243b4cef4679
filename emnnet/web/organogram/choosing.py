"""Which bodies and ties of a day were asked for."""

from collections.abc import Collection
from dataclasses import dataclass

from emnnet.domain.hierarchy import above, below
from emnnet.selectors.organogram import Body, Organogram
from emnnet.web.organogram.forms import Member, OrganogramForm
from emnnet.web.organogram.present import commands
from emnnet.words import fold

LONGEST = 300
"""As many letters of a name are searched and sorted by."""


@dataclass(frozen=True)
class Part:
    """The bodies asked for; `context` are those above them that were not."""

    picture: Organogram
    context: frozenset[str] = frozenset()


def cut(picture: Organogram, root: str) -> Organogram:
    """One body and all under it; everything where no such body is there."""
    if root not in picture.by_slug:
        return picture
    return picture.only(below(root, commands(picture)))


def chosen(picture: Organogram, form: OrganogramForm, themes: Collection[str]) -> Part:
    """The branch and the bodies of the form, with those above them."""
    part = cut(picture, form.root.data or "")
    theme = _competent(picture, form.theme.data or "", themes)
    asked = {body.slug for body in part.bodies if _is_asked_for(body, form, theme)}
    if len(asked) == len(part.bodies):
        return Part(part)
    heads = above(asked, commands(part))
    return Part(part.only(asked | heads), heads)


def drawn_ties(picture: Organogram, form: OrganogramForm) -> Organogram:
    """The same bodies with the kinds of tie that are to be drawn."""
    if not form.ties:
        return picture.usual
    return picture.with_bonds(b for b in picture.bonds if b.kind in form.ties)


def words_of(body: Body) -> str:
    """What a search meets a body by: its names and its task, folded."""
    names = body.names
    said = (names.abbreviation, names.en, names.lt, body.slug)
    return fold(" ".join(name[:LONGEST] for name in said))


def found(picture: Organogram, text: str) -> tuple[Body, ...]:
    """The bodies in whose names all words of `text` stand."""
    words = fold(text).split()
    if not words:
        return ()
    return tuple(
        body for body in picture.bodies if all(word in words_of(body) for word in words)
    )


def _competent(
    picture: Organogram, theme: str, themes: Collection[str]
) -> frozenset[str] | None:
    """The bodies with a part in a theme; None where none or no such one was asked."""
    if theme not in themes:
        return None
    return frozenset(part.slug for part in picture.parts if part.theme == theme)


def _is_asked_for(
    body: Body, form: OrganogramForm, theme: frozenset[str] | None
) -> bool:
    return (
        (not form.sectors or body.sector in form.sectors)
        and (theme is None or body.slug in theme)
        and _has_part(body, form.membership)
    )


def _has_part(body: Body, member: Member | None) -> bool:
    match member:
        case Member.PARTNER:
            return body.is_partner
        case Member.NCP:
            return body.is_ncp
        case Member.OTHER:
            return not body.roles
        case _:
            return True
