"""Who asks, as a reader calls it: a country or the Commission, not a code."""

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _

ISO_CODES = {"EL": "GR", "UK": "GB"}  # the network's own letters
COMMISSION = "COM"


def asker(code: str | None, printed: str) -> str:
    """The name in the reader's language by the EMN's code; as printed without one."""
    if code == COMMISSION:
        return str(_("European Commission"))
    territories = Locale.parse(str(get_locale() or "en")).territories
    return str(territories.get(ISO_CODES.get(code or "", code or "")) or printed)
