"""Places, fill rates and unit costs: the denominators change on the day they change."""

from datetime import date

import pytest

from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.given import IndicatorInputs, IndicatorRegisters
from highneeds.indicators.mechanism.measure import measure_one
from highneeds.indicators.mechanism.registry import indicator_named
from highneeds.intake.csvfile import parse_csv
from highneeds.registers.definitions.places import places
from highneeds.registers.definitions.unit_costs import unit_costs
from highneeds.registers.registry import read_registers, registers
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from people_by_hand import caseload, child, placed

PLACES = """row,kind,from_day,to_day,places,pupils
1,special,2023-09-01,2024-08-31,5959,
2,special,2024-09-01,2024-12-31,6282,6400
3,special,2025-01-01,,6285,6457
4,srp,2024-09-01,,4,
"""
COSTS = """row,group,phase,from_day,to_day,annual_cost,placements
1,independent,primary,2025-01-01,,5766000,100
2,independent,primary,2025-01-01,,57661,1
"""


def rows(register, text):
    found = register.entries(parse_csv(text, f"{register.name}.csv", register.required))
    assert not found.findings.all
    return found.rows


def figure(name, period, caseloads=None):
    registers = IndicatorRegisters(rows(places, PLACES), rows(unit_costs, COSTS))
    one = measure_one(indicator_named(name), IndicatorInputs(caseloads, registers), period)
    return one.part, one.whole, None if one.value is None else str(one.value), one.reason


def test_commissioned_places_are_those_of_the_end_of_the_year():
    assert figure("commissioned_places_special", FinancialYear(2023))[2] == "5959"
    assert figure("commissioned_places_special", FinancialYear(2024))[2] == "6285"


def test_commissioned_places_say_that_they_come_from_the_register():
    assert "registers/places.csv" in figure("commissioned_places_special", FinancialYear(2023))[3]


def test_each_register_is_read_from_its_one_home(tmp_path):
    """Unit costs stand with the money, places with the registers; a file in the other place is refused by name."""
    for folder in ("finance", "registers"):
        (tmp_path / folder).mkdir()
    (tmp_path / "finance" / "unit_costs.csv").write_text(COSTS)
    (tmp_path / "registers" / "places.csv").write_text(PLACES)
    found = read_registers(tmp_path)
    assert {name: len(entries.rows) for name, entries in found.items()} == {"places": 4, "unit_costs": 2}
    (tmp_path / "finance" / "unit_costs.csv").rename(tmp_path / "registers" / "unit_costs.csv")
    with pytest.raises(InputError, match="Nothing reads this file"):
        read_registers(tmp_path)


def test_the_fill_rate_uses_the_places_of_the_month():
    assert figure("fill_rate_special_pct", Month(2024, 12))[:3] == (6400, 6282, "101.88")
    assert figure("fill_rate_special_pct", Month(2025, 1))[:3] == (6457, 6285, "102.74")


def test_without_pupils_in_the_register_the_caseload_counts_them_and_says_so():
    made = Caseloads.of([caseload(child(placed("RP")), child(placed("SENU")), child(placed("MsMdA")))])
    part, whole, value, reason = figure("fill_rate_srp_pct", Month(2025, 1), made)
    assert (part, whole, value) == (2, 4, "50.00")
    assert "counted from the return" in reason
    assert figure("fill_rate_srp_pct", Month(2025, 1))[2] is None


def test_an_average_adds_up_before_it_divides():
    assert figure("avg_cost_independent_primary", Month(2025, 1))[2] == "57660"
    assert figure("avg_cost_independent_primary", Month(2024, 12))[2] is None
    assert "no row for independent, post16" in figure("avg_cost_independent_post16", Month(2025, 1))[3]


def test_without_a_register_there_is_no_figure():
    one = measure_one(indicator_named("commissioned_places_srp"), IndicatorInputs(), FinancialYear(2024))
    assert (one.state.value, one.reason) == ("unavailable", "no register of places was given")


def test_the_worked_examples_of_both_registers_are_clean():
    for register in (places, unit_costs):
        table = register.template()
        text = "\n".join([",".join(table.columns), *(",".join(row) for row in table.rows)])
        assert not register.entries(parse_csv(text, "template.csv", register.required)).findings.all
    assert date(2024, 9, 1) in {row["from_day"] for row in rows(places, PLACES)}


def test_a_decided_appeal_feeds_the_number_placed_after_appeal():
    """Two closed in December: one allowed with a special place, one dismissed. Without a register: unavailable."""
    register = registers()["appeals"]
    case = dict(
        decided_on="2024-03-01", about="placement", lodged_on="2024-05-01", closed_on="2024-12-09", state="closed"
    )
    found = register.rows_of(
        (
            case | dict(case="1", outcome="allowed", placed="special_independent"),
            case | dict(case="2", outcome="dismissed", placed="none"),
        )
    )
    one = indicator_named("tribunal_placed_special_count")
    given = IndicatorInputs(None, IndicatorRegisters(appeals=found))
    assert [measure_one(one, given, Month(2024, month)).value for month in (11, 12)] == [0, 1]
    assert (
        "no register of appeals"
        in measure_one(one, IndicatorInputs(None, IndicatorRegisters()), Month(2024, 12)).reason
    )


def test_phase_transfers_feed_their_indicators():
    """One final in February from mainstream to special, school in another district; one to mainstream at home."""
    register = registers()["phase_transfers"]
    row = dict(
        transfer_year="2025", phase="primary_to_secondary", cohort="before_cutoff", state="final", home_district="North"
    )
    found = register.rows_of(
        (
            row
            | dict(
                transfer="1",
                final_on="2025-02-07",
                from_type="mainstream",
                named_type="special_state",
                school_district="South",
            ),
            row
            | dict(
                transfer="2",
                final_on="2025-02-10",
                from_type="special_state",
                named_type="mainstream",
                school_district="North",
            ),
        )
    )
    given = IndicatorInputs(None, IndicatorRegisters(phase_transfers=found))
    for name in ("special_to_mainstream_phase_transfer", "mainstream_to_special_phase_transfer"):
        assert [measure_one(indicator_named(name), given, Month(2025, month)).value for month in (1, 2)] == [0, 1]
    split = measure_one(indicator_named("phase_transfer_placement_split"), given, Month(2025, 2))
    assert (split.part, split.whole, str(split.value)) == (1, 2, "50.0")
