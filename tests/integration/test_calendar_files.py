"""Holidays out of files and feeds: looked into, compared, never taken in blindly."""

import re

import pytest

from emnnet.documents.holidays_source import country_holidays
from emnnet.domain.roles import Role
from tests.integration.test_calendars import URL, days, lithuania_of_2026


@pytest.fixture(autouse=True)
def _lithuania(session):
    lithuania_of_2026(session)


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:19900216
RRULE:FREQ=YEARLY
SUMMARY:Day of Restoration of the State of Lithuania
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20260504
SUMMARY:Bridge
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20260329T030000
SUMMARY:Clocks go forward
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def uploaded(client, data, name="holidays.ics"):
    """As a browser sends it. (The test client would leave a large file open.)"""
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    body = f"--x\r\n{head}\r\n\r\n".encode() + data + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return client.post(f"{URL}/LT/upload", data=body, content_type=kind)


def test_a16_a_file_is_looked_into_before_anything_is_stored(session, coordinator):
    before = days(session)
    page = uploaded(coordinator, ICS.encode())
    ticked = re.findall(r'id="([a-z-]+[0-9-]+)"[^>]*checked', page.text)
    assert "add-2026-05-04" in ticked
    assert "add-2026-03-29" not in ticked  # a change of the clock is no holiday
    assert "has an hour, so it is no day off" in page.text
    assert "1 is there already" in page.text
    assert "remove-2026-04-06" not in ticked  # gone, and only on demand
    assert "add-2028-02-16" in ticked  # the rule of each year goes on
    assert "know-2028" not in ticked  # and one day does not make a year known
    assert days(session) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "no iCalendar file", id="empty"),
        pytest.param(b"PK\x03\x04\xff\xfe", "no iCalendar file", id="a zip"),
        pytest.param(ICS[:250].encode(), "no iCalendar file", id="cut off"),
        pytest.param(
            ICS.replace("19900216", "20261332").encode(), "no iCalendar file", id="day"
        ),
        pytest.param(
            ICS.replace("FREQ=YEARLY", "FREQ=NEVER").encode(),
            "no iCalendar file",
            id="rule",
        ),
        pytest.param(b"x" * 5 * 2**20, "larger than 1 MB", id="5 MB"),
        pytest.param(
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
            "holds no day off",
            id="without events",
        ),
    ],
)
def test_a16_a_bad_file_is_refused_and_the_calendar_stays(
    session, coordinator, data, words
):
    before = days(session)
    answer = uploaded(coordinator, data)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert days(session) == before


def test_a16_a_file_that_brings_nothing_new_is_said_to(session, coordinator):
    whole = "".join(
        f"BEGIN:VEVENT\r\nUID:{one.day}\r\nDTSTART;VALUE=DATE:{one.day:%Y%m%d}\r\n"
        f"SUMMARY:{one.name_en}\r\nEND:VEVENT\r\n"
        for one in country_holidays("LT", [2026])
    )
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{whole}END:VCALENDAR\r\n"
    answer = uploaded(coordinator, data.encode())
    assert answer.status_code == 303
    assert "Nothing is new" in coordinator.get(answer.location).text
