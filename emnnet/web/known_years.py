"""A date in a year whose holidays nobody loaded: the form asks before it is used."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from emnnet.domain.routing_grid import NeedsConfirmation
from emnnet.web.fields import DayField
from emnnet.web.messages import spoken


class ConfirmsYear:
    """What a form with a date needs besides; its template shows the tick if asked."""

    due_on: DayField
    confirmed = BooleanField(
        _l("Use the date all the same; its holidays are not loaded yet.")
    )
    asks_for_year = False

    def ask_for_year(self, warning: NeedsConfirmation) -> None:
        """Say at the date what is missing, and show the tick."""
        self.asks_for_year = True
        self.due_on.errors = [spoken(one) for one in warning.warnings]
