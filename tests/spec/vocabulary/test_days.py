"""A day is written 2025-01-31, of a year that a council's figures can speak of; an option is a finite number."""

from datetime import date

import pytest

from highneeds.cli._command import command
from highneeds.cli._forecasting import MOST_THREADS, run_options
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import parse_day


@pytest.mark.parametrize("text", ["1900-01-01", "2199-12-31", " 2025-01-31 "])
def test_the_first_and_the_last_day_are_taken(text):
    assert parse_day(text) == date.fromisoformat(text.strip())


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "0001-01-01", "2025-02-30", "31/01/2025", ""])
def test_any_other_is_refused_at_its_place(text):
    with pytest.raises(InputError) as refused:
        parse_day(text, "--as-at")
    assert refused.value.sentence == f"--as-at: '{text}' is not a date. Write it as 2025-01-31."


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_an_option_without_end_is_refused_by_its_name(value):
    with pytest.raises(InputError) as refused:
        command("try")(lambda opening_gbp: opening_gbp).run(opening_gbp=value)
    assert str(refused.value.where) == "--opening-gbp"


def test_a_finite_option_goes_through():
    assert command("try")(lambda opening_gbp: opening_gbp).run(opening_gbp=-0.5) == -0.5


@pytest.mark.parametrize("threads", [-1, MOST_THREADS + 1])
def test_so_many_threads_cannot_work(threads):
    with pytest.raises(InputError, match="cannot work"), run_options(threads):
        pass


@pytest.mark.parametrize("threads", [0, 1, MOST_THREADS])
def test_so_many_can(threads):
    with run_options(threads) as options:
        assert options.threads == threads or threads == 0
