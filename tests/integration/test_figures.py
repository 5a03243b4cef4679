"""Figures stand as each language writes them."""

import pytest
from flask_babel import force_locale

from emnnet.web.figures import figure, with_figures


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["8.6", "0.057", "+2.1", "-1,234.5", "0.0"]),
        ("lt", ["8,6", "0,057", "+2,1", "-1\u00a0234,5", "0,0"]),
    ],
)
def test_numbers(app, language, told):
    with app.test_request_context(), force_locale(language):
        signed = [figure(value, signed=True) for value in (2.1, -1234.5, -0.01)]
        assert [figure(8.61), figure(0.0571, 3), *signed] == told


def test_a_sentence_of_shares(app):
    with app.test_request_context():
        with force_locale("lt"):
            assert with_figures("12 (70.6 %).") == "12 (70,6\u00a0%)."
        with force_locale("en"):
            assert with_figures("12 (70.6 %).") == "12 (70.6\u00a0%)."
