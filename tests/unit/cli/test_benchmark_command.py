"""highneeds benchmark, as a person types it."""

import csv
import io

from cli_runner import run


def test_one_period_of_one_council():
    done = run("benchmark", "--council", "886", "--period", "2023-24", "--format", "csv")
    assert done.code == 0
    assert {(row["period"], row["la_number"]) for row in csv.DictReader(io.StringIO(done.out))} == {("2023-24", "886")}


def test_a_period_without_figures_is_refused_not_left_empty():
    done = run("benchmark", "--council", "886", "--period", "1999-01")
    assert (done.code, done.out) == (2, "")
    assert done.err == "Nothing is published of 886 for 1999-01. Give a period such as 2024-01, 2023 or 2023-24.\n"
