"""What measures say of missing cells, empty registers, absent registers, periods and cuts."""

from datetime import date

import pytest

from highneeds.registers.mechanism.measuring import absent_measures, measures_of
from highneeds.registers.mechanism.settings import settings_of
from highneeds.registers.registry import registers
from highneeds.vocabulary.errors import InputError


def measured(register, rows, measure, as_at="2025-04-02", first="", last="", **more):
    one = registers()[register]
    at = one.situation(
        one.rows_of(rows), date.fromisoformat(as_at), first=first, last=last, settings=settings_of({}), **more
    )
    return [
        (found.cut, found.category, found.period, found.shown or found.value.reason)
        for found in measures_of(at, measure)
    ]


NEED = dict(
    request="r", school="Elm", setting="special", requested_on="2024-05-01", asked_gbp="10.00", decision="agreed"
)


def needs(**cells):
    return [NEED | dict(request="1", agreed_gbp="5.00"), NEED | dict(request="2") | cells]


def test_one_missing_cell_stops_a_sum_of_money():
    assert measured("exceptional_need", needs(), "agreed_gbp")[0][3] == "1 of 2 rows have no agreed_gbp"
    assert measured("exceptional_need", needs(agreed_gbp="6.00"), "agreed_gbp")[0][3] == "11.00"


def test_rows_that_lack_a_cell_are_left_aside_and_said():
    [(*_, value)] = measured("fee_uplifts", registers()["fee_uplifts"].example, "days_to_decide", "2025-12-31")
    assert value == "66.5"
    rows = [dict(one, decided_on="") for one in registers()["fee_uplifts"].example]
    found = measured("fee_uplifts", rows, "days_to_decide", "2025-12-31")[0][3]
    assert found == "2 of 2 rows left aside: no decided_on"


def test_a_ratio_of_nothing_is_a_gap_and_never_nought():
    assert measured("exceptional_need", [NEED | dict(decision="pending")], "agreed_pct")[0][3] == "nothing in the whole"


def test_an_empty_register_counts_nought_and_an_absent_one_is_unavailable():
    assert measured("appeals", [], "open") == [("total", "", "2025-04-02", "0")]
    assert measured("appeals", [], "upheld_pct") == [("total", "", "", "nothing in the whole")]
    [found] = absent_measures(registers()["appeals"], "open")
    assert (found.state.value, found.value.reason) == ("unavailable", "no register of appeals is given")


def test_empty_periods_between_are_nought_for_counts_and_gaps_for_rates():
    rows = [NEED | dict(request="1", requested_on="2022-05-01"), NEED | dict(request="2")]
    assert [one[2:] for one in measured("exceptional_need", rows, "requests") if one[0] == "total"] == [
        ("2022-23", "1"), ("2023-24", "0"), ("2024-25", "1"),
    ]  # fmt: skip
    rates = [one[2:] for one in measured("exceptional_need", rows, "agreed_pct") if one[0] == "total"]
    assert rates[1] == ("2023-24", "nothing in the whole")


def test_periods_are_limited_to_those_wholly_inside():
    rows = [NEED | dict(request=str(year), requested_on=f"{year}-05-01") for year in (2022, 2023, 2024)]
    found = measured("exceptional_need", rows, "requests", first="2023-24", last="2023-24")
    assert {one[2] for one in found} == {"2023-24"}


def test_nothing_dated_after_the_day_counts():
    rows = [NEED | dict(request="1"), NEED | dict(request="2", requested_on="2024-06-02")]
    assert measured("exceptional_need", rows, "requests", "2024-06-01")[0][3] == "1"
    assert measured("exceptional_need", rows, "requests", "2024-06-02")[0][3] == "2"


def test_a_cut_has_only_what_occurs_and_what_is_not_stated_last():
    rows = [
        NEED | dict(request="1", reason="therapy"),
        NEED | dict(request="2", reason="one_to_one"),
        NEED | dict(request="3"),
    ]
    cuts = [one[1] for one in measured("exceptional_need", rows, "requests") if one[0] == "reason"]
    assert cuts == ["one_to_one", "therapy", "not_stated"]


def test_a_row_counts_as_often_as_it_stands_for_and_its_money_once():
    rows = [NEED | dict(request="1", agreed_gbp="5.00", count="3", counted_on="2025-01-01")]
    assert measured("exceptional_need", rows, "requests")[0][3] == "3"
    assert measured("exceptional_need", rows, "agreed_gbp")[0][3] == "5.00"


def test_halves_are_rounded_away_from_zero_once_at_the_end():
    rows = [NEED | dict(request=str(one), decision="agreed" if one < 1 else "declined") for one in range(16)]
    assert measured("exceptional_need", rows, "agreed_pct")[0][3] == "6.3"


def test_a_setting_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(InputError, match="panel_day is not known"):
        settings_of({"panel_day": 3})


COUNTED = dict(kind="not_stated", funded="yes", basis="actual", state="placed", from_day="2025-02-01")


def test_a_day_that_no_count_speaks_of_is_a_gap_and_not_nought():
    """136 in February: of March nobody has counted, of 28 February one has. Single placements that ended are nought."""
    february = COUNTED | dict(placement="p", to_day="2025-02-28", count="136", counted_on="2025-02-28")
    total = measured("post16_placements", [february], "placements", "2025-02-28")[0]
    assert total == ("total", "", "2025-02-28", "136")
    [gap] = measured("post16_placements", [february], "placements", "2025-03-01")
    assert gap[3] == "nothing is counted on 2025-03-01; the last count goes to 2025-02-28"
    one = COUNTED | dict(placement="p", to_day="2025-02-28")
    assert measured("post16_placements", [one], "placements", "2025-03-01")[0][3] == "0"


@pytest.mark.parametrize(
    ("day", "at_risk", "past_due"),
    [(date(2025, 1, 18), 0, 0), (date(2025, 1, 19), 1, 0), (date(2025, 2, 15), 1, 0), (date(2025, 2, 16), 0, 1)],
)
def test_a_child_without_a_draft_offer_is_at_risk_from_27_days_before_the_day_to_the_day_itself(day, at_risk, past_due):
    """The day of a move to secondary school is 15 February."""
    register = registers()["phase_transfers"]
    rows = register.rows_of([register.example[1]])
    at = register.situation(rows, day)
    found = [one.value.value for name in ("at_risk", "past_due") for one in measures_of(at, name) if one.cut == "total"]
    assert found == [at_risk, past_due]
