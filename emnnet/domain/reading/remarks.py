"""What the reader has to say about a document: sentences for the coordinator."""

from emnnet.domain.messages import Message, _n, message
from emnnet.domain.reading.dates import WrittenDate
from emnnet.domain.reading.header import Header
from emnnet.domain.reading.respondents import Respondents
from emnnet.domain.reading.values import Era, ReadQuery, RequesterKind, Sureness

LIST = _n(
    "This is a list of queries, not one query. Open one of them and read that document."
)
NOT_A_QUERY = _n(
    "This does not look like an ad-hoc query: no title, no requester and no question "
    "were found."
)
SUMMARY = _n(
    "This is a public summary: it does not print the questions, nor who asked on "
    "which day."
)
NO_TITLE = _n("No title was found.")
NO_REQUESTER = _n("Who asks was not found.")
REQUESTER_NOT_PLACED = _n(
    "“%(printed)s” asks; which country that is, the document does not say."
)
NO_LAUNCH = _n("The launch date is missing.")
NO_REPLY_BY = _n("No date is given by which to reply.")
NO_COMPILED = _n("The compilation date is left blank.")
NO_QUESTIONS = _n("No questions were found.")
YEAR_DERIVED = _n("The reply date has no year; %(day)s follows from the launch date.")
LAUNCH_YEAR_DERIVED = _n(
    "The launch date has no year; %(day)s follows from the compilation date."
)
YEAR_MISSING = _n("The reply date “%(words)s” has no year, so it is left empty.")
LAUNCH_YEAR_MISSING = _n(
    "The launch date “%(words)s” has no year, so it is left empty."
)
NO_SUCH_DAY = _n("“%(words)s” is not a day of the calendar.")
TOTALS_DIFFER = _n(
    "Responses according to the document: %(stated)d. Countries listed: %(counted)d."
)
ASKED_ONLY = _n(
    "The form says “Responses requested from”: the countries listed may not all have "
    "responded."
)
UNKNOWN_COUNTRIES = _n("Not recognised in the list of countries: %(names)s.")


def remarks(
    query: ReadQuery,
    header: Header,
    respondents: Respondents,
    unresolved: WrittenDate | None,
    text: str,
) -> tuple[Message, ...]:
    """Everything that is missing, doubtful or at odds, in the order of the form."""
    if query.era is Era.LIST:
        return (message(LIST),)
    if not (query.title or query.requester or query.questions):
        return (message(NOT_A_QUERY),)
    found = [message(SUMMARY)] if query.era is Era.SUMMARY else []
    found += [message(NO_TITLE)] if query.title is None else []
    found += _about_requester(query)
    found += _about_launch(query, header, text)
    found += _about_reply(query, unresolved, text)
    found += _about_compilation(query, header, text)
    if not query.questions and query.era is not Era.SUMMARY:
        found.append(message(NO_QUESTIONS))
    return (*found, *_about_respondents(query, respondents))


def _about_requester(query: ReadQuery) -> list[Message]:
    if query.requester is None:
        return [message(NO_REQUESTER)]
    asker = query.requester.value
    if asker.code:
        return []
    if asker.kind is RequesterKind.UNKNOWN and not asker.printed:
        return [message(NO_REQUESTER)]
    return [message(REQUESTER_NOT_PLACED, printed=asker.printed)]


def _about_launch(query: ReadQuery, header: Header, text: str) -> list[Message]:
    written, found = header.launched, query.launched_on
    if written is None:
        return [message(NO_LAUNCH)]
    words = _words(text, written)
    if found is None:
        missing = LAUNCH_YEAR_MISSING if written.year is None else NO_SUCH_DAY
        return [message(missing, words=words)]
    if written.year is None:
        return [message(LAUNCH_YEAR_DERIVED, day=found.value)]
    return []


def _about_reply(
    query: ReadQuery, unresolved: WrittenDate | None, text: str
) -> list[Message]:
    if query.reply_by is None:
        if unresolved is None:
            return [message(NO_REPLY_BY)]
        return [message(YEAR_MISSING, words=_words(text, unresolved))]
    if query.reply_by.sureness is Sureness.UNSURE:
        return [message(YEAR_DERIVED, day=query.reply_by.value)]
    return []


def _about_compilation(query: ReadQuery, header: Header, text: str) -> list[Message]:
    if header.compiled_blank:
        return [message(NO_COMPILED)]
    if header.compiled and query.compiled_on is None:
        return [message(NO_SUCH_DAY, words=_words(text, header.compiled))]
    return []


def _about_respondents(query: ReadQuery, respondents: Respondents) -> list[Message]:
    found = []
    stated, counted = query.stated_total, query.counted_total
    if stated and counted is not None and stated.value != counted:
        found.append(message(TOTALS_DIFFER, stated=stated.value, counted=counted))
    if respondents.asked_only:
        found.append(message(ASKED_ONLY))
    if respondents.unknown:
        found.append(message(UNKNOWN_COUNTRIES, names=respondents.unknown))
    return found


def _words(text: str, written: WrittenDate) -> str:
    return " ".join(text[written.start : written.end].split())
