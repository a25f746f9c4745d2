"""Places, fill rates and unit costs: the denominators change on the day they change."""

from dataclasses import replace
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


def read(register, text):
    """Rows of which a rule may ask something: two that overlap, for one."""
    return register.entries(parse_csv(text, f"{register.name}.csv", register.required)).rows


NAMED_IN_PLACES = """row,kind,from_day,to_day,places,pupils
1,special,2024-04-01,2024-12-31,30,27
2,special,2024-04-02,,20,
3,srp,2023-04-01,2024-03-31,7,5
4,srp,2025-04-01,,9,6
"""


@pytest.mark.parametrize(
    ("kind", "year", "number", "reason"),
    [
        ("special", 2023, None, "the register of places has no special places in 2023-24"),
        ("special", 2024, "20", "as registers/places.csv has them; no caseload says it"),
        ("srp", 2022, None, "the register of places has no srp places in 2022-23"),
        ("srp", 2023, "7", "as registers/places.csv has them; no caseload says it"),
        ("srp", 2024, None, "the register of places has no srp places in 2024-25"),
        ("srp", 2025, "9", "as registers/places.csv has them; no caseload says it"),
    ],
)
def test_places_of_a_year_are_those_in_effect_on_the_last_day_that_the_register_reaches(kind, year, number, reason):
    given = IndicatorInputs(None, IndicatorRegisters(places=read(places, NAMED_IN_PLACES)))
    one = measure_one(indicator_named(f"commissioned_places_{kind}"), given, FinancialYear(year))
    assert (None if one.value is None else str(one.value), one.reason) == (number, reason)


def test_places_that_end_within_a_year_count_on_their_last_day():
    ended = NAMED_IN_PLACES.replace("2024-04-02,,20", "2024-04-02,2024-12-30,20")
    given = IndicatorInputs(None, IndicatorRegisters(places=read(places, ended)))
    one = indicator_named("commissioned_places_special")
    assert measure_one(one, given, FinancialYear(2024)).value == 30


def test_a_fill_rate_needs_places_and_pupils_of_every_row():
    """In December one of two rows names no pupils; a caseload whose settings are not known cannot count them either."""
    made = caseload(child(placed("SpMdA")), child(placed("SpNm")), child(placed("SENU")))
    lacks = "the register of places names no pupils, and no caseload with settings can count them"
    registers = IndicatorRegisters(places=read(places, NAMED_IN_PLACES))

    def told(kind, month, caseloads):
        given = IndicatorInputs(None if caseloads is None else Caseloads.of([caseloads]), registers)
        one = measure_one(indicator_named(f"fill_rate_{kind}_pct"), given, month)
        return one.part, one.whole, one.reason

    counted = "pupils counted from the return: this council's plans only"
    assert told("special", Month(2024, 12), made) == (1, 50, counted)
    assert told("special", Month(2025, 1), made) == (1, 20, counted)
    for none in (None, replace(made, classed=False)):
        assert told("special", Month(2024, 12), none) == (None, None, lacks)
    assert told("srp", Month(2024, 3), None) == (5, 7, "")
    why = "the register of places has no srp places in effect on {}"
    assert told("srp", Month(2024, 4), made) == (None, None, why.format("2024-04-30"))
    assert told("srp", Month(2025, 3), made) == (None, None, why.format("2025-03-31"))


@pytest.mark.parametrize(
    ("name", "period", "reason"),
    [
        ("commissioned_places_special", FinancialYear(2024), "no register of places was given"),
        ("fill_rate_special_pct", Month(2025, 1), "no register of places was given"),
        ("avg_cost_independent_primary", Month(2025, 1), "no register of unit costs was given"),
        (
            "tribunal_placed_special_count",
            Month(2025, 1),
            "no register of appeals was given; SEN2 does not say what the tribunal ordered",
        ),
        (
            "mainstream_to_special_phase_transfer",
            Month(2025, 1),
            "no register of phase transfers was given; SEN2 does not record why a placement changed",
        ),
        (
            "phase_transfer_placement_split",
            Month(2025, 1),
            "no register of phase transfers was given; SEN2 does not record why a placement changed",
        ),
        (
            "mainstream_to_special_annual_review",
            Month(2025, 1),
            "SEN2 does not record why a placement changed, so the moves are not split by cause",
        ),
        (
            "ceased_at_review_16_18_pct",
            Month(2025, 1),
            "no numerator and denominator are stated for this indicator, so it is not computed",
        ),
        ("individual_provision_count", Month(2025, 1), "no definition of individual provision is stated"),
    ],
)
def test_what_no_register_and_no_return_says_has_no_figure_and_says_why(name, period, reason):
    one = measure_one(indicator_named(name), IndicatorInputs(Caseloads.of([caseload(child())])), period)
    state = "blank" if name == "individual_provision_count" else "unavailable"
    assert (one.part, one.whole, one.value, one.state.value, one.reason) == (None, None, None, state, reason)


def test_an_average_is_of_its_own_group_and_phase_in_whole_pounds():
    """10,000,050.00 over 100 placements is 100,000.50: halves go up; a row that begins a day later does not count."""
    text = """row,group,phase,from_day,to_day,annual_cost,placements
1,independent,primary,2025-01-31,,10000050,100
2,independent,primary,2025-02-01,,50000,1
3,independent,secondary,2025-01-01,2025-01-30,90000,1
4,maintained_special,primary,2025-01-01,2025-01-31,70007,2
"""
    given = IndicatorInputs(None, IndicatorRegisters(unit_costs=rows(unit_costs, text)))
    why = "the register of unit costs has no row for independent, secondary, in effect on 2025-01-31"
    found = {
        name: measure_one(indicator_named(f"avg_cost_{name}"), given, Month(2025, 1))
        for name in ("independent_primary", "independent_secondary", "maintained_special_primary")
    }
    assert [one.value for one in found.values()] == [100_001, None, 35_004]
    assert [one.reason for one in found.values()] == ["", why, ""]


def transfer(name, year, home, school, **more):
    about = dict(transfer_year=year, phase="primary_to_secondary", cohort="before_cutoff", state="final")
    moved = dict(from_type="mainstream", named_type="mainstream", home_district=home, school_district=school)
    return about | moved | {"transfer": name} | more


def of_transfers(*found):
    return IndicatorInputs(None, IndicatorRegisters(phase_transfers=registers()["phase_transfers"].rows_of(found)))


def test_local_places_are_those_of_the_latest_year_with_both_districts():
    split = indicator_named("phase_transfer_placement_split")
    given = of_transfers(
        transfer("1", "2024", "North", "South"),
        transfer("2", "2025", "North", "North"),
        transfer("3", "2025", "North", "South"),
        transfer("4", "2025", "South", ""),
        transfer("5", "2025", "", "South"),
        transfer("6", "2025", "South", "South", state="left"),
        transfer("7", "2025", "West", "West"),
    )
    one = measure_one(split, given, Month(2025, 2))
    assert (one.part, one.whole, str(one.value)) == (2, 3, "66.7")
    without = measure_one(split, of_transfers(transfer("4", "2025", "South", "")), Month(2025, 2))
    why = "the register of phase transfers has no row with the districts of home and school"
    assert (without.value, without.reason) == (None, why)


def test_moves_at_transfer_need_a_plan_that_became_final_on_a_day():
    name = "mainstream_to_special_phase_transfer"
    undated = transfer("1", "2025", "North", "North", named_type="special_state")
    one = measure_one(indicator_named(name), of_transfers(undated), Month(2025, 2))
    why = "the register of phase transfers has no plan that became final on a day"
    assert (one.value, one.reason) == (None, why)
    dated = [undated | {"transfer": str(at), "final_on": f"2025-02-{at:02}"} for at in (1, 28)]
    assert measure_one(indicator_named(name), of_transfers(undated, *dated), Month(2025, 2)).value == 2
