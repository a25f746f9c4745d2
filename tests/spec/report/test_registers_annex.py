"""Casework leaves the council only as counts of five and more, percentages of ten and more; the rest is hidden."""

from datetime import date

import pytest

from highneeds.registers.mechanism.measuring import measures_of
from highneeds.registers.registry import registers
from highneeds.report.sections.registers import too_few
from highneeds.report.words.registers import FEW, SMALL


def measured(name, number):
    register = registers()["exceptional_need"]
    row = dict(
        school="Elm",
        setting="special",
        requested_on="2024-05-01",
        asked_gbp="10.00",
        agreed_gbp="5.00",
        decision="agreed",
    )
    rows = register.rows_of([row | dict(request=str(one)) for one in range(number)])
    [found] = [one for one in measures_of(register.situation(rows, date(2025, 4, 2)), name) if one.cut == "total"]
    return found


@pytest.mark.parametrize(("number", "said"), [(4, FEW), (5, "")])
def test_a_count_under_five_is_hidden(number, said):
    assert too_few(measured("requests", number), number) == said


@pytest.mark.parametrize(("number", "said"), [(9, SMALL), (10, "")])
def test_a_percentage_of_fewer_than_ten_is_hidden(number, said):
    assert too_few(measured("agreed_pct", number), number) == said


@pytest.mark.parametrize(("number", "said"), [(4, SMALL), (5, "")])
def test_a_sum_of_fewer_than_five_rows_is_hidden(number, said):
    assert too_few(measured("agreed_gbp", number), number) == said
