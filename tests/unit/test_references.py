"""The number of a mail is found again in whatever comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.domain.references import (
    Reference,
    find_key,
    find_reference,
    find_references,
)

REFERENCE = Reference("LT", 2026, 12, 4)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Please contribute by Tue 31 Mar 2026: 2026.12 Returns [LT-2026-12/4]",
        "RE: HA: Grąžinimas [LT-2026-12/4]",
        "Ats.: [lt-2026-12/4]",
        "Re: a subject that was folded [LT-2026-12\r\n /4]",
        "Re: [LT\u20112026\u201112/4]",
        "LT-2026-12 and so LT-2026-12/4",
    ],
)
def test_i07_a_reference_is_found_in_a_subject(subject):
    assert find_reference(subject) == REFERENCE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026.12",
        "LT-2026-12/4 and LT-2026-13/5",
        "LT-2026-12/4 and LT-2026-12/5",
        "XLT-2026-12/4",
        "LT-2026-12/4/9",
        "LT-2026-123456789",
    ],
)
def test_no_or_two_references_lead_nowhere(text):
    assert find_reference(text) is None


def test_a_query_may_be_named_alone():
    assert find_reference("[LT-2026-12]") == Reference("LT", 2026, 12)


@pytest.mark.parametrize(
    "header",
    [
        "<lt-2026-12-4.0123456789abcdef@example.org>",
        "<a@b.org> <lt-2026-12-4.0123@example.org>\r\n <c@d.org>",
        "emn+lt-2026-12-4@example.org",
        "Office <EMN+LT-2026-12-4@EXAMPLE.ORG>",
    ],
)
def test_i07_a_key_is_found_in_message_ids_and_addresses(header):
    assert find_key(header) == REFERENCE


def test_a_date_in_an_address_is_no_key():
    assert find_key("<report-lt-2026-12-31x@example.org>") is None


@given(
    st.builds(
        Reference,
        st.sampled_from(["LT", "BE"]),
        st.integers(2000, 2100),
        st.integers(1, 999_999),
        st.none() | st.integers(1, 999_999_999),
    ),
    st.text(max_size=20),
)
def test_what_was_written_is_read_back(reference, around):
    assert reference in find_references(f"[{reference}] {around.replace('/', '')}")
    assert find_key(f"<{reference.key}.ab@example.org>") == reference
