"""The digest of a morning, put together from plain facts."""

from datetime import date, timedelta

from emnnet.domain.morning import About, Awaited, Found, Happened, morning

MONDAY = date(2026, 3, 16)
FIRST, SECOND = About(1, "2026.1", "Family"), About(2, "2026.2", "Return")


def built(happened=(), awaited=(), tasks=(), **given):
    return morning(happened, awaited, list(tasks), today=MONDAY, **given)


def test_b14_own_acts_and_told_ones_make_no_mail():
    found = built(
        [Happened(FIRST, "submitted", "MD", is_own=True),
         Happened(FIRST, "submitted", "MD", told=True)]
    )  # fmt: skip
    assert (found.is_empty, found.entries) == (True, ())


def test_b17_acts_of_one_kind_are_one_line_a_query():
    found = built(
        [Happened(FIRST, "submitted", "MD"), Happened(SECOND, "submitted", "PD"),
         Happened(FIRST, "submitted", "VSAT"), Happened(FIRST, "submitted", "MD")]
    )  # fmt: skip
    told = [(entry.about.query_id, entry.news) for entry in found.entries]
    assert [(id_, [(one.count, one.who) for one in news]) for id_, news in told] == [
        (1, [(3, ("MD", "VSAT"))]),
        (2, [(1, ("PD",))]),
    ]


def test_the_query_with_the_oldest_date_comes_first():
    late = Awaited(SECOND, "PD", MONDAY - timedelta(days=3))
    today = Awaited(FIRST, "MD", MONDAY)
    found = built([Happened(FIRST, "submitted", "MD")], [today, late])
    assert [entry.about for entry in found.entries] == [SECOND, FIRST]


def test_what_is_due_this_week_alone_makes_a_mail_on_its_first_day_only():
    friday = Awaited(FIRST, "MD", MONDAY + timedelta(days=4))
    assert built((), [friday]).is_empty
    assert not built((), [friday], begins_week=True).is_empty


def test_next_week_is_not_told():
    assert built((), [Awaited(FIRST, "MD", MONDAY + timedelta(days=7))]).entries == ()


def test_a_task_alone_makes_a_mail():
    assert built(tasks=[Found("mail_failed", "MD")]).items == 1
