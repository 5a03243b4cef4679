"""The disclaimer that stands before the responses of a compilation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Disclaimer:
    """One edition of the form text; a compilation keeps the one it was made with."""

    edition: str
    text: str


DISCLAIMER = Disclaimer(
    edition="2016",
    text=(
        "The following responses have been provided primarily for the purpose of "
        "information exchange among EMN NCPs in the framework of the EMN. The "
        "contributing EMN NCPs have provided, to the best of their knowledge, "
        "information that is up-to-date, objective and reliable. Note, however, that "
        "the information provided does not necessarily represent the official policy "
        "of an EMN NCPs' Member State."
    ),
)
"""The wording printed in the compilations of the EMN from 2016 to 2019."""
