"""The printed words of the form, in the English of the EMN and in Lithuanian."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from emnnet.documents.response import CountryRow, ResponseDocument

VILNIUS = ZoneInfo("Europe/Vilnius")


@dataclass(frozen=True)
class FormWords:
    """One language's words; `locale` is the language tag written into the file."""

    locale: str
    requested: str
    requested_on: str
    reply_by: str
    respondents: str
    produced: str
    reference: str
    background: str
    questions: str
    responses: str
    country: str
    dissemination: str
    response: str
    disclaimer: str
    sources: str
    page: str
    yes: str
    no: str

    def day(self, day: date) -> str:
        """A day in words, "30 May 2017"."""
        return format_date(day, "long", locale=self.locale.replace("-", "_"))

    def heading_lines(self, document: ResponseDocument) -> list[str]:
        """The lines between the title and the disclaimer."""
        numbers = [document.reference, document.foreign_reference]
        named = " · ".join(number for number in numbers if number)
        lines = [
            self._requested(document),
            document.reply_by and self.reply_by.format(day=self.day(document.reply_by)),
            self._produced(document.generated_at),
            document.rows and self._respondents(document.rows),
            named and self.reference.format(named=named),
        ]
        return [line for line in lines if line]

    def allowed(self, row: CountryRow) -> str:
        """Yes or no, as the second column says it."""
        return self.yes if row.wider_dissemination.is_open else self.no

    def _requested(self, document: ResponseDocument) -> str:
        by, on = document.requested_by, document.requested_on
        if not by:
            return ""
        if on is None:
            return self.requested.format(by=by)
        return self.requested_on.format(by=by, day=self.day(on))

    def _produced(self, moment: datetime) -> str:
        return self.produced.format(day=self.day(moment.astimezone(VILNIUS).date()))

    def _respondents(self, rows: tuple[CountryRow, ...]) -> str:
        countries = ", ".join(row.country for row in rows)
        return self.respondents.format(countries=countries, count=len(rows))


ENGLISH = FormWords(
    locale="en-GB",
    requested="Requested by {by}",
    requested_on="Requested by {by} on {day}",
    reply_by="Reply requested by {day}",
    respondents="Responses from {countries} ({count} in total)",
    produced="Produced on {day}",
    reference="Reference {named}",
    background="Background information",
    questions="Questions",
    responses="Responses",
    country="Country",
    dissemination="Wider dissemination",
    response="Response",
    disclaimer="Disclaimer",
    sources="Sources",
    page="{number} of {total}",
    yes="Yes",
    no="No",
)

LITHUANIAN = FormWords(
    locale="lt-LT",
    requested="Užklausą pateikė {by}",
    requested_on="Užklausą pateikė {by}, {day}",
    reply_by="Atsakyti prašoma iki {day}",
    respondents="Atsakė: {countries} (iš viso {count})",
    produced="Parengta {day}",
    reference="Numeris {named}",
    background="Pagrindinė informacija",
    questions="Klausimai",
    responses="Atsakymai",
    country="Valstybė",
    dissemination="Platesnė sklaida",
    response="Atsakymas",
    disclaimer="Atsakomybės ribojimas",
    sources="Šaltiniai",
    page="{number} iš {total}",
    yes="Taip",
    no="Ne",
)


def form_words(language: str) -> FormWords:
    """The words for "lt" or "lt-LT"; English for all else, the language of the EMN."""
    return LITHUANIAN if language.lower().startswith("lt") else ENGLISH
