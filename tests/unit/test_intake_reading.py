"""What was read is kept whole."""

from datetime import date

from emnnet.domain.messages import Message
from emnnet.domain.reading.values import (
    CountryRow,
    Era,
    Found,
    Passage,
    ReadQuery,
    ReadQuestion,
    Requester,
    RequesterKind,
    Sureness,
)
from emnnet.services.intake_reading import as_json, from_json

HERE = Passage(3, 9)
FULL = ReadQuery(
    era=Era.WORD,
    title=Found("Seasonal workers", HERE, Sureness.SURE),
    requester=Found(
        Requester("EE", "EE EMN NCP", RequesterKind.NCP), HERE, Sureness.LIKELY
    ),
    reply_by=Found(date(2026, 4, 10), None, Sureness.UNSURE),
    respondents=Found(("AT", "EL"), HERE, Sureness.SURE),
    stated_total=Found(3, HERE, Sureness.SURE),
    counted_total=2,
    questions=(ReadQuestion("2a", "How many?", 1, "If yes to Q2", HERE),),
    rows=(CountryRow("AT", None, "See above.", HERE),),
    warnings=(Message("Stated: %(stated)d.", {"stated": 3}),),
)


def test_all_that_was_read_comes_back():
    assert from_json(as_json(FULL)) == FULL


def test_what_an_older_reader_did_not_keep_is_empty():
    assert from_json({"era": "ies"}) == ReadQuery(era=Era.IES)
