"""From caseloads to the table of the dashboard: which months, in which order, and what stands beside a figure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from highneeds.caseload import Caseloads
from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.checks.sen2.check import rules
from highneeds.indicators.mechanism.computed import (
    Computed,
    ReturnRead,
    RuleCount,
    as_text,
    computed,
    counted,
    from_text,
    recorded,
)
from highneeds.indicators.mechanism.given import IndicatorInputs, IndicatorRegisters
from highneeds.indicators.mechanism.measure import IndicatorValue, as_table, measure, measure_one
from highneeds.indicators.mechanism.registry import indicator_named, indicators
from highneeds.indicators.mechanism.restated import differs, restated
from highneeds.registers.definitions.places import places
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.state import State
from people_by_hand import caseload, child, placed

DECEMBER, JANUARY, FEBRUARY = Month(2024, 12), Month(2025, 1), Month(2025, 2)


def two_returns() -> Caseloads:
    """One child in the return of 31 December; in that of 31 January, by another roll-over, a second one is known."""
    earlier = caseload(child(), reference=date(2024, 12, 31))
    return Caseloads.of([earlier, caseload(child(), child(start="2024-12-05"), rollover_month=8)])


def test_each_indicator_has_its_months_or_the_financial_years_that_they_touch():
    chosen = [indicator_named("commissioned_places_special"), indicator_named("all_plans")]
    said = []
    found = measure(
        IndicatorInputs(two_returns()),
        [DECEMBER, JANUARY, Month(2025, 4)],
        chosen,
        lambda *words: said.append(words),
    )
    assert [(one.indicator.id, one.period) for one in found] == [
        ("commissioned_places_special", FinancialYear(2024)),
        ("commissioned_places_special", FinancialYear(2025)),
        ("all_plans", DECEMBER),
        ("all_plans", JANUARY),
        ("all_plans", Month(2025, 4)),
    ]
    assert said == [
        ("Measuring 3 months, Places commissioned in special schools", 0, 2),
        ("Measuring 3 months, Plans in force", 1, 2),
    ]
    nothing = "no register of places was given"
    table = as_table(found)
    assert (table.columns, table.title) == (
        ("indicator", "period", "part", "whole", "value", "unit", "state", "reason"),
        "Indicators",
    )
    assert table.rows == (
        ("commissioned_places_special", "2024-25", None, None, None, "places", "unavailable", nothing),
        ("commissioned_places_special", "2025-26", None, None, None, "places", "unavailable", nothing),
        ("all_plans", "2024-12", None, None, 2, "count", "computed", ""),
        ("all_plans", "2025-01", None, None, 2, "count", "computed", ""),
        ("all_plans", "2025-04", None, None, None, "count", "unavailable", "the last return ends 2025-01-31"),
    )


def test_every_indicator_is_measured_where_none_is_chosen():
    found = measure(IndicatorInputs(), [JANUARY])
    assert [one.indicator for one in found] == list(indicators())
    of_caseload = [one for one in found if one.indicator.subject == "caseload"]
    assert {(one.value, one.state, one.reason) for one in of_caseload} == {
        (None, State.UNAVAILABLE, "no accepted SEN2 return")
    }


def told(name, month, *made):
    one = measure_one(indicator_named(name), IndicatorInputs(Caseloads.of(made)), month)
    return (one.part, one.whole, None if one.value is None else str(one.value), one.state.value, one.reason)


@pytest.mark.parametrize(
    ("name", "month", "made", "expected"),
    [
        ("all_plans", DECEMBER, {}, (None, None, "1", "computed", "")),
        ("all_plans", Month(2023, 12), {}, (None, None, "1", "computed", "return begins 2024-01-01")),
        ("all_plans", Month(2024, 1), {}, (None, None, "1", "computed", "")),
        (
            "annual_reviews_overdue_count",
            Month(2024, 12),
            {},
            (
                *(None, None, None, "unavailable"),
                "a return holds one review per plan: only the month-end it reaches can be computed "
                "(return ends 2025-01-31)",
            ),
        ),
        (
            "annual_reviews_overdue_pct",
            JANUARY,
            {"review_months": 11, "overdue_basis": "meeting", "rollover_month": 8},
            (1, 1, "100.0", "computed", "overdue_basis = meeting, review_months = 11"),
        ),
        ("mainstream_share_school_age", JANUARY, {"rollover_month": 8}, (0, 1, "0.0", "computed", "")),
        (
            "specialist_share_yr_12_14",
            JANUARY,
            {},
            (0, 0, None, "unavailable", "nothing to divide by: no plans in force of years 12 to 14"),
        ),
        (
            "plans_20_weeks_incl_exceptions_pct",
            Month(2024, 12),
            {"issue_days": 100},
            (0, 0, None, "unavailable", "nothing to divide by: no plans issued in the month"),
        ),
    ],
)
def test_what_stands_beside_a_figure(name, month, made, expected):
    assert told(name, month, caseload(child(), **made)) == expected


def test_a_return_that_ends_within_a_month_and_a_choice_are_both_said():
    made = caseload(child(), reference=date(2025, 1, 30), overdue_basis="finalised")
    assert told("annual_reviews_overdue_pct", JANUARY, made)[4] == "return ends 2025-01-30; overdue_basis = finalised"


def test_settings_are_not_guessed_without_a_list_of_establishments():
    plain = replace(caseload(child(placed("SpMdA"))), classed=False)
    why = "no list of establishments was given, so settings are not known"
    assert told("specialist_share_yr_r_6", JANUARY, plain) == (None, None, None, "unavailable", why)


@pytest.mark.parametrize(
    ("basis", "lacks", "column"),
    [
        ("decision", "last_review", "lastreview"),
        ("meeting", "review_meeting", "reviewmeeting"),
        ("finalised", "review_outcome", "reviewoutcome"),
        ("finalised", "last_review", "lastreview"),
    ],
)
def test_overdue_needs_what_its_basis_counts(basis, lacks, column):
    made = caseload(child(), overdue_basis=basis, absent=frozenset({("active_plans", lacks)}))
    for name in ("annual_reviews_overdue_count", "annual_reviews_overdue_pct"):
        assert told(name, JANUARY, made)[3:] == ("unavailable", f"the 2025 csv layout does not carry {column}")


def test_the_month_of_a_return_counts_the_pupils_of_a_register_and_no_later_one():
    register = places.rows_of(({"row": "1", "kind": "special", "from_day": "2024-01-01", "places": "4"},))
    one = indicator_named("fill_rate_special_pct")

    def pupils(reference):
        made = Caseloads.of([caseload(child(placed("SpMdA")), reference=reference)])
        return measure_one(one, IndicatorInputs(made, IndicatorRegisters(register)), FEBRUARY).part

    assert (pupils(date(2025, 2, 1)), pupils(date(2025, 1, 31))) == (1, None)


def test_everything_of_a_caseload_is_kept_and_read_back_as_it_was():
    returns = two_returns()
    register = places.rows_of(({"row": "1", "kind": "special", "from_day": "2024-01-01", "places": "4"},))
    given = IndicatorInputs(returns, IndicatorRegisters(register))
    count = RuleCount("PLN-02", "Does it?", Severity.QUERY, Outcome.FOUND, 2, 1, "")
    months = (DECEMBER, JANUARY, FEBRUARY)
    found = computed(given, months, (count,), {"2024-12-31": "Head of SEND"}, False, ("invented",))
    assert found.figures == measure(given, months)
    assert found.rules == (count,) and found.findings == 1
    assert found.returns == (
        ReturnRead("2024-12-31", "the 2025 csv layout", 1, 1, True, "Head of SEND"),
        ReturnRead("2025-01-31", "the 2025 csv layout", 2, 2, True, ""),
    )
    assert found.settings == {"rollover_month": "8", "overdue_basis": "decision", "review_months": "12"}
    assert (found.synthetic, found.notes, found.accepted) == (False, (), False)
    assert [row[0] for row in found.pipeline.rows] == ["2024-12", "2025-01"]
    assert (found.pipeline.columns[0], found.pipeline.title) == ("month", "Requests and assessments underway")
    assert (found.restated.columns[0], found.restated.title) == ("indicator", "Restated months")
    another = "rollover_month = 9, then rollover_month = 8"
    assert found.restated.rows == (
        ("all_plans", "2024-12", "2024-12-31", "1", "2025-01-31", "2", ""),
        ("mainstream_share_school_age", "2024-12", "2024-12-31", "0.0", "2025-01-31", "0.0", another),
        ("no_place_count", "2024-12", "2024-12-31", "1", "2025-01-31", "2", ""),
        ("specialist_share_yr_r_6", "2024-12", "2024-12-31", "0.0", "2025-01-31", "0.0", another),
    )
    assert from_text(as_text(found)) == found
    assert [type(one.value) for one in from_text(as_text(found)).figures] == [type(one.value) for one in found.figures]


def test_an_invented_return_says_how_and_its_months_by_the_settings_of_each_acceptance():
    returns = two_returns()
    alike = Caseloads.of([caseload(child(), child(start="2024-12-05"), reference=date(2024, 12, 31))])
    by = {"2024-12-31": "A", "2025-01-31": "B"}
    said = computed(IndicatorInputs(returns), (DECEMBER,), (), by, True, ("seed 1",), fitted=True, as_accepted=alike)
    assert (said.synthetic, said.notes, said.accepted, said.restated.rows) == (True, ("seed 1",), True, ())
    members = [replace(one, synthetic=at == 0) for at, one in enumerate(returns.members)]
    one_of_two = computed(IndicatorInputs(Caseloads.of(members)), (DECEMBER,), (), {}, False, ("seed 1",))
    assert (one_of_two.synthetic, one_of_two.notes) == (True, ("seed 1",))
    own = computed(IndicatorInputs(returns), (DECEMBER,), (), by, False, ("seed 1",), fitted=True)
    assert [one.fitted for one in (said, one_of_two, own)] == [True, False, False]
    assert from_text(as_text(said)) == said


def test_a_dashboard_of_months_after_the_last_return_has_an_empty_pipeline():
    first, later = Month(2025, 1), Month(2025, 2)
    ends = Caseloads.of([caseload(child(), reference=date(2025, 1, 1))])
    assert [row[0] for row in computed(IndicatorInputs(ends), (first, later), (), {}, False, ()).pipeline.rows] == [
        "2025-01"
    ]
    none = computed(IndicatorInputs(ends), (later,), (), {}, False, ()).pipeline
    assert (none.columns[0], none.rows) == ("month", ())


def test_rules_are_counted_without_what_they_found():
    known = {rule.code: rule for rule in rules()}
    first, second, third = list(known)[:3]
    finding = Finding(first, Severity.QUERY, "a.csv", 2, "1", "x", "wrong", "right it")
    found = Findings(
        (
            RuleResult(first, Outcome.FOUND, (finding, finding), looked_at=7),
            RuleResult(second, Outcome.COULD_NOT_CHECK, why="no list"),
            RuleResult(third, Outcome.CLEAR, looked_at=5),
        )
    )
    assert counted(found) == (
        RuleCount(first, known[first].title, known[first].severity, Outcome.FOUND, 7, 2, ""),
        RuleCount(second, known[second].title, known[second].severity, Outcome.COULD_NOT_CHECK, 0, 0, "no list"),
        RuleCount(third, known[third].title, known[third].severity, Outcome.CLEAR, 5, 0, ""),
    )
    assert recorded({third: 4, "NO-SUCH": 9, first: 3}) == tuple(
        RuleCount(code, known[code].title, known[code].severity, Outcome.FOUND, 0, count, "")
        for code, count in sorted({first: 3, third: 4}.items())
    )
    one = replace(computed(IndicatorInputs(two_returns()), (JANUARY,), counted(found), {}, False, ()))
    assert [rule.rule for rule in one.of_outcome(Outcome.CLEAR)] == [third] and one.findings == 2


def test_a_figure_is_found_by_indicator_and_period():
    plans = indicator_named("all_plans")
    figures = tuple(IndicatorValue(plans, month, State.COMPUTED, at) for at, month in enumerate((DECEMBER, JANUARY)))
    made = computed(IndicatorInputs(two_returns()), (DECEMBER,), (), {}, False, ())
    found: Computed = replace(made, figures=figures)
    assert found.figure("all_plans", JANUARY) is figures[1]
    assert found.figure("all_plans", FEBRUARY) is None and found.figure("eotas_count", JANUARY) is None


@pytest.mark.parametrize(
    ("then", "now", "restates"),
    [
        ((3, 8, Decimal("37.5")), (3, 8, Decimal("37.5")), False),
        ((3, 8, Decimal("37.5")), (6, 16, Decimal("37.5")), True),
        ((3, 8, Decimal("37.5")), (3, 9, Decimal("37.5")), True),
        ((None, None, 4), (None, None, 5), True),
        ((None, None, 0), (None, None, 5), True),
        ((None, None, None), (None, None, 5), False),
        ((None, None, 4), (None, None, None), False),
    ],
)
def test_a_figure_is_restated_where_any_of_its_numbers_is_another(then, now, restates):
    plans = indicator_named("all_plans")
    one, other = (
        IndicatorValue(plans, JANUARY, State.COMPUTED, value, part, whole) for part, whole, value in (then, now)
    )
    assert differs(one, other) is restates


def test_each_return_is_held_against_the_one_before_it_where_both_cover_the_month():
    """December 2023 in three returns: one plan, then two; the third begins in January 2024 and does not cover it."""
    people = [child(start="2022-01-01"), child(start="2022-01-01")]
    returns = [
        caseload(people[0], reference=date(2023, 12, 31)),
        caseload(*people, reference=date(2024, 1, 31)),
        caseload(people[0], reference=date(2025, 1, 31)),
    ]
    found = restated(Caseloads.of(returns), [Month(2023, 12), Month(2024, 1)])
    assert [row[:6] for row in found.rows if row[0] == "all_plans"] == [
        ("all_plans", "2023-12", "2023-12-31", 1, "2024-01-31", 2),
        ("all_plans", "2024-01", "2024-01-31", 2, "2025-01-31", 1),
    ]
