"""The form of a source: a public document that facts are taken from."""

import re
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.models.base import Base
from emnnet.models.source import Source
from emnnet.services.network_given import GivenSource
from emnnet.web.fields import not_blank
from emnnet.web.keeping.forms import RowForm, a_text, code_of
from emnnet.web.messages import translated

MONTH = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?")


class SourceForm(RowForm):
    """Title, web address, and when it was read."""

    title = a_text(
        _l("Title"),
        _l("As the document calls itself, with its number."),
        not_blank(_l("Give the title of the source.")),
    )
    address = a_text(
        _l("Web address"),
        _l("Begins with https://"),
        not_blank(_l("Give the web address of the source.")),
        most=1000,
    )
    read_on = a_text(
        _l("Read on"),
        _l("A day, a month or a year: 2026-11-20, 2026-11, 2026. Empty: not known."),
    )
    code = a_text(
        _l("Short name"),
        _l("Files name the source by it. Empty: it is made of the title."),
        most=64,
    )

    def fill(self, row: Base | None) -> None:
        """Begin with what stands."""
        super().fill(row)
        if isinstance(row, Source):
            self.read_on.data = row.read_on.isoformat() if row.read_on else row.as_of

    def validate_read_on(self, field: StringField) -> None:
        """A day, or less: the month or year that is known."""
        try:
            self._read()
        except DomainError as error:
            raise ValidationError(translated(error)) from error

    def given(self, source: Source | None) -> GivenSource:
        """What was filled in; the short name of a source that stands is never changed.

        Facts and files name the source by it.
        """
        title = self.title.data or ""
        day, known = self._read()
        return GivenSource(
            code=source.code if source else self.code.data or code_of(title),
            address=self.address.data or "",
            title=title,
            read_on=day,
            as_of=known,
        )

    def _read(self) -> tuple[date | None, str]:
        text = (self.read_on.data or "").strip()
        if not text or MONTH.fullmatch(text):
            return None, text
        return parse_day(text), ""
