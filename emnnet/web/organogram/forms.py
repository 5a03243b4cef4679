"""What the organogram can be asked for."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField

from emnnet.selectors.organogram import Body
from emnnet.web.as_of import AsOfForm


class OrganogramForm(AsOfForm):
    """The day, one branch or all, and whether cooperation is drawn."""

    root = SelectField(_l("Branch"), validate_choice=False, default="")
    cooperation = BooleanField(_l("Draw cooperation"))

    def offer(self, heads: Sequence[Body], language: str) -> None:
        """Let each of those who have somebody under them be chosen."""
        names = sorted((head.names.full(language), head.slug) for head in heads)
        self.root.choices = [
            SelectChoice("", _("Everything")),
            *(SelectChoice(slug, name) for name, slug in names),
        ]
