"""`emnnet deadlines`: what it prints, and how it refuses."""

import json

import pytest
from click.testing import CliRunner, Result

from emnnet.cli.deadlines import deadlines


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(deadlines, arguments)


def test_a01_forwards_as_json():
    result = _run("--sent", "2026-03-27", "--working-days", "10", "--json")
    answer = json.loads(result.output)
    assert answer["due_on"] == "2026-04-13"
    assert (len(answer["counted"]), answer["warnings"]) == (10, [])
    assert {"day": "2026-04-06", "why": "Easter Monday"} in answer["skipped"]


def test_a22_backwards_as_json():
    result = _run("--reply-by", "10.07.2026", "--buffer", "5", "--json")
    answer = json.loads(result.output)
    assert answer["due_on"] == "2026-07-02"
    assert {"day": "2026-07-06", "why": "Statehood Day"} in answer["skipped"]


def test_the_buffer_is_five_working_days_if_nothing_is_said():
    assert _run("--reply-by", "2026-07-10").output.startswith("Due on Thu 2 Jul 2026\n")


def test_every_day_is_printed_with_its_number_or_its_reason():
    assert _run("--sent", "9/3/2026", "--working-days", "2").output == (
        "Due on Thu 12 Mar 2026\n"
        "2 working days after Mon 9 Mar 2026\n"
        "  Mon 9 Mar 2026    day zero\n"
        "  Tue 10 Mar 2026   1\n"
        "  Wed 11 Mar 2026   "
        "skipped: Day of Restoration of Independence of Lithuania\n"
        "  Thu 12 Mar 2026   2\n"
        "Calendar: LT, holidays 0.109, from the package.\n"
    )


def test_a08_calendar_days_are_named_and_rolled():
    output = _run("--sent", "2026-07-03", "--calendar-days", "2").output
    assert "2 calendar days after Fri 3 Jul 2026" in output
    assert "  Sun 5 Jul 2026    2, skipped: Sunday\n" in output
    assert "  Tue 7 Jul 2026    due\n" in output


def test_another_country_counts_by_its_own_holidays():
    arguments = ("--sent", "2026-07-20", "--working-days", "1", "--json")
    assert json.loads(_run(*arguments).output)["due_on"] == "2026-07-21"
    belgian = json.loads(_run(*arguments, "--calendar", "be").output)
    assert belgian["due_on"] == "2026-07-22"


def test_a06_a_year_nobody_knows_is_a_warning():
    output = _run("--sent", "2100-12-28", "--working-days", "5").output
    assert "Warning: calendar of 2101 is missing." in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sent", "31.02.2026", "--working-days", "1"], "There is no such day"),
        (["--sent", "01.03.26", "--working-days", "1"], "four digits"),
        (["--reply-by", "soon", "--buffer", "1"], "is not a date"),
        (["--sent", "2026-03-27", "--working-days", "0"], "between 1 and 1000"),
        (["--sent", "2026-03-27", "--working-days", "-3"], "between 1 and 1000"),
        (["--reply-by", "2026-03-27", "--buffer", "-3"], "between 1 and 1000"),
        (["--sent", "2026-03-27"], "With --sent give either"),
        (["--sent", "2026-03-27", "--buffer", "3"], "With --sent give either"),
        (["--reply-by", "2026-03-27", "--working-days", "3"], "With --reply-by give"),
        (["--sent", "2026-03-27", "--reply-by", "2026-04-27"], "Give either --sent"),
        ([], "Give either --sent"),
        (["--reply-by", "2026-03-27", "--calendar", "XX"], "'XX' is not one of"),
    ],
)
def test_a21_bad_input_is_refused_with_a_reason(arguments, said):
    result = _run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
