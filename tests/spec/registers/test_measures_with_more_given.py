"""What measures come to that a worked example does not reach: with cells filled, another day, or something known.

Each case begins from the example of its register. `rows` fills cells of its rows, by line; `more` adds rows.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from highneeds.registers.mechanism.measuring import measures_of
from highneeds.registers.mechanism.proof import example_situation, given_by_example
from highneeds.registers.mechanism.stated import StatedFigure
from highneeds.registers.registry import registers


def come_to(register, rows=(), more=(), as_at=None, others=None, **given):
    """(measure, cut, category, period) -> the value as printed, or why there is none."""
    own = registers()[register]
    filled = [{**row, **dict(rows).get(line, {})} for line, row in enumerate(own.example, 1)]
    beside = {name: registers()[name].rows_of(own_rows) for name, own_rows in (others or {}).items()}
    at = example_situation(replace(own, example=(*filled, *more), example_as_at=as_at or own.example_as_at))
    at = replace(at, others={**at.others, **beside}, **given)
    return {
        (one.measure, one.cut.replace("total", ""), one.category, one.period): one.shown or str(one.value.reason)
        for one in measures_of(at)
    }


def lines(text):
    cells = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return {tuple(line[:4]): line[4] for line in cells}


OFFER = dict(state="awarded", awarded_on="2025-03-01", starts_on="2025-04-02", ends_on="2025-04-02")
PLACED = dict(status="active", line="1.2.3", from_day="2025-04-01", annual_cost_gbp="1.00")
TRANSFER = dict(
    transfer="old",
    transfer_year="2024",
    phase="primary_to_secondary",
    cohort="before_cutoff",
    from_type="mainstream",
    named_type="mainstream",
    state="draft_offer",
)
NEEDED = StatedFigure("savings_needed", Decimal(2000000), Decimal(3000000), "gbp", "", "", "exact")
SHARE = ("mainstream_share", "2025-01")

CASES = [
    (
        dict(register="assumptions", rows={1: dict(actual="2.5", share_base_gbp="100000.00")}),
        """
        miss_pct | assumption | uplift-2024 | | 25.0
        cost_of_one_point_gbp | assumption | uplift-2024 | | 1000.00
        """,
    ),
    (
        dict(
            register="appeals",
            rows={1: dict(legal_gbp="1000.00"), 2: dict(legal_gbp="500.50")},
            council={"appealable_decisions": {2024: 60}},
        ),
        """
        legal_gbp | | | 2024-25 | 1500.50
        appeal_rate_pct | | | 2024 | 5.0
        """,
    ),
    (
        dict(
            register="capital_allocations",
            rows={
                1: dict(spent_gbp="9.00"),
                2: dict(spent_gbp="100.00"),
                3: dict(spent_gbp="200.00"),
                4: dict(spent_gbp="0.00"),
            },
        ),
        "spent_gbp | | | 2025-26 | 300.00",
    ),
    (
        dict(register="children_without_place", rows={1: dict(ended_on="2025-03-31", outcome="placed")}),
        """
        left | | | 2025-03 | 1
        placed_in_days | | | 2025-03 | 119.0
        """,
    ),
    (
        dict(register="communities", rows={1: dict(spent_gbp="125.00"), 2: dict(spent_gbp="100.00")}),
        """
        spent_pct | | | 2025-26 | 34.6
        spent_pct | community | X | 2025-26 | 50.0
        """,
    ),
    (
        dict(register="decisions", rows={1: dict(call_in_from="2025-04-01")}),
        "call_in_days | decision | in-house | 2025-04-02 | 1.0",
    ),
    (
        dict(register="decisions", rows={1: dict(call_in_from="2024-12-19", call_in_to="2025-01-06")}),
        "call_in_days | decision | in-house | 2025-04-02 | 18.0",
    ),
    *(
        (
            dict(register="early_years_referrals", rows={1: dict(plan_requested_on=asked)}, as_at=day),
            f"plan_pct | | | 2025-26 | {pct}",
        )
        for asked, day, pct in (
            ("2026-04-07", date(2026, 4, 6), "nothing in the whole"),
            ("2026-04-07", date(2026, 4, 7), "100.0"),
            ("2026-04-07", date(2026, 4, 9), "50.0"),
            ("2026-04-08", date(2026, 4, 9), "0.0"),
        )
    ),
    (
        dict(
            register="framework_lots",
            rows={1: OFFER},
            others={
                "commitments": (
                    PLACED | dict(commitment="1", child="1", placement="1", provider="Oak House School", fte="1"),
                    PLACED | dict(commitment="2", child="2", placement="2", provider="Elm Park School", fte="3"),
                    PLACED
                    | dict(
                        commitment="3", child="3", placement="3", provider="Oak House School", fte="1", line="1.2.5"
                    ),
                )
            },
        ),
        """
        average_price_gbp | | | 2025-04-02 | 50000.00
        capacity_places | | | 2025-04-02 | 12
        awarded_providers | | | 2025-04-02 | 1
        on_framework_pct | | | 2025-04-02 | 25.0
        """,
    ),
    *(
        (
            dict(register="indicator_targets", rows={1: cells}, observed={SHARE: Decimal(value)}),
            f"""
            met_pct | | | 2024-25 | {met}
            between | | | 2024-25 | {between}
            off_floor | | | 2024-25 | {off_floor}
            without_commentary | | | 2024-25 | {silent}
            progress_pct | row | mainstream-april | 2024-25 | {progress}
            """,
        )
        for value, cells, met, between, off_floor, silent, progress in (
            ("42.0", {}, "100.0", 0, 0, 0, "100.0"),
            ("41.9", {}, "0.0", 1, 0, 1, "90.0"),
            ("41.9", dict(commentary="Two units open late"), "0.0", 1, 0, 0, "90.0"),
            ("40.8", {}, "0.0", 1, 0, 1, "-20.0"),
            ("40.7", {}, "0.0", 0, 1, 1, "-30.0"),
            ("40.7", dict(floor=""), "0.0", 1, 0, 1, "-30.0"),
            ("43.2", dict(direction="hold"), "100.0", 0, 0, 0, "220.0"),
            ("43.3", dict(direction="hold"), "0.0", 0, 1, 1, "230.0"),
            ("42.1", dict(direction="down", floor=""), "0.0", 1, 0, 1, "110.0"),
            ("42.0", dict(direction="down", floor="", baseline=""), "100.0", 0, 0, 0, "no baseline"),
        )
    ),
    (
        dict(register="indicator_targets", rows={1: dict(benchmark_value="45.0")}, observed={SHARE: Decimal("41.4")}),
        "gap_to_benchmark | row | mainstream-april | 2024-25 | -3.6",
    ),
    (
        dict(register="indicator_targets", observed={("another", "2025-01"): Decimal(1)}),
        """
        met_pct | | | 2024-25 | 1 of 1 rows left aside: no value
        progress_pct | row | mainstream-april | 2024-25 | no value
        """,
    ),
    *(
        (
            dict(
                register="openings",
                rows={1: dict(independent_gbp="60000.00", state_gbp="30000.00") | cells},
                as_at=date(2027, 3, 31),
            ),
            f"""
            lost_places_gbp | | | 2025-26 | {first}
            lost_places_gbp | | | 2026-27 | {second}
            """,
        )
        for cells, first, second in (
            ({}, "2100000.00", "1500000.00"),
            (dict(expected="2025-09"), "0.00", "0.00"),
            (dict(expected="2025-10"), "300000.00", "0.00"),
            (dict(status="withdrawn"), "0.00", "0.00"),
        )
    ),
    *(
        (
            dict(register="phase_transfers", rows={1: dict(final_on=final)}, as_at=day),
            f"""
            final_on_time_pct | | | {day} | {on_time}
            past_due | | | {day} | {past}
            """,
        )
        for final, day, on_time, past in (
            ("2025-02-07", date(2025, 2, 14), "nothing in the whole", 0),
            ("2025-02-07", date(2025, 2, 15), "50.0", 0),
            ("2025-02-15", date(2025, 2, 16), "50.0", 1),
            ("2025-02-16", date(2025, 2, 16), "0.0", 1),
        )
    ),
    *(
        (
            dict(register="phase_transfers", more=(TRANSFER | dict(draft_offer_on=offered),)),
            f"mainstream_gain | | | 2025-02-10 | {gain}",
        )
        for offered, gain in (("2024-02-10", "-100.0"), ("2024-02-11", "nothing in the whole"))
    ),
    (
        dict(
            register="places",
            rows={2: dict(pupils="6400", place_rate_gbp="10000.00")},
            observed={
                ("fill_rate_special_pct", "2025-04"): Decimal("101.88"),
                ("fill_rate_special_pct", "2025-05"): Decimal("101.88"),
            },
        ),
        """
        pupils | | | 2025-04-02 | 6400
        fill_pct | | | 2025-04-02 | 101.88
        over_places | | | 2025-04-02 | 118
        empty_places | | | 2025-04-02 | 0
        place_cost_gbp | | | 2025-04-02 | 62820000.00
        implied_pupils | kind | special | 2025-04 | 6400
        """,
    ),
    (
        dict(register="post16_placements", rows={2: dict(funded="no")}, first="2024-08-31", last="2025-04-02"),
        """
        change_pct | | | 2025-04-02 | -50.0
        funded_change_pct | | | 2025-04-02 | -100.0
        """,
    ),
    (
        dict(
            register="recoupment",
            rows={1: dict(received_on="2025-12-10", received_gbp="6684.93", state="paid")},
        ),
        "received_gbp | | | 2025-26 | 6684.93",
    ),
    (
        dict(register="risks", rows={1: dict(likelihood="3", impact="4", level_2="A")}),
        """
        score | risk | 1 | 2025-04-02 | 12.0
        in_band | band | low | 2025-04-02 | 0
        in_band | band | medium | 2025-04-02 | 1
        better | | | 2025-04-02 | 1
        worse | | | 2025-04-02 | 0
        """,
    ),
    *(
        (
            dict(register="risks", rows={1: dict(likelihood=likelihood, impact=impact)}),
            f"in_band | band | {band} | 2025-04-02 | 1",
        )
        for likelihood, impact, band in (
            ("2", "3", "low"),
            ("2", "4", "medium"),
            ("3", "5", "medium"),
            ("4", "4", "high"),
        )
    ),
    (
        dict(register="savings", facts={"savings_needed": NEEDED}),
        """
        short_of_low_gbp | | | 2025-26 | 1300000.00
        short_of_high_gbp | | | 2025-26 | 2300000.00
        """,
    ),
    (
        dict(
            register="tariff_descriptors",
            more=(
                dict(
                    descriptor="N1",
                    version="2025",
                    group="special",
                    need="all",
                    level="1",
                    title="x",
                    adaptation="x",
                    score_from="10",
                    annual_gbp="4400.00",
                    effective_from="2025-09-01",
                    state="draft",
                ),
            ),
        ),
        "change_pct | descriptor | N1 | | 10.0",
    ),
    (
        dict(register="tuition_packages", rows={1: dict(ends_on="2025-03-31", end_reason="returned", state="ended")}),
        "returned_pct | | | 2024-25 | 100.0",
    ),
    (
        dict(
            register="unit_costs",
            more=(
                dict(
                    row="2",
                    group="maintained_special",
                    phase="primary",
                    from_day="2025-01-31",
                    annual_cost="3000000.00",
                    placements="100",
                ),
            ),
        ),
        "gap_gbp | phase | primary | 2025-01-31 | 27660.00",
    ),
    (
        dict(
            register="vat_requests",
            rows={1: dict(asks_for="assessment")},
            observed={("requests_received", "2025-01"): Decimal(200), ("requests_received", "2025-02"): Decimal(1)},
        ),
        """
        share_pct | | | 2025-01 | 0.5
        share_pct | | | 2025-02 | 0.0
        """,
    ),
    *(
        (
            dict(
                register="vat_requests",
                rows={1: dict(received_on=first)},
                more=(dict(request="V-03", received_on="2025-12-30", asks_for="assessment", decision="pending"),),
                as_at=day,
            ),
            f"monthly_change | | | | {change}",
        )
        for first, day, change in (
            ("2024-01-31", date(2025, 12, 31), "0.1"),
            ("2024-02-01", date(2025, 12, 31), "fewer than twelve months on both sides of January 2025"),
            ("2024-01-31", date(2025, 12, 30), "fewer than twelve months on both sides of January 2025"),
        )
    ),
]


@pytest.mark.parametrize(
    ("given", "wanted"), CASES, ids=[f"{number}-{case['register']}" for number, (case, _) in enumerate(CASES)]
)
def test_a_measure_comes_to_what_a_pencil_says(given, wanted):
    found = come_to(**given)
    assert {place: found.get(place) for place in lines(wanted)} == lines(wanted)


@pytest.mark.parametrize("register", registers().values(), ids=lambda one: one.name)
def test_every_measure_has_a_number_in_its_example_or_here(register):
    """A measure that is only ever a gap could count anything, and nobody would see it."""
    from_example = {place[0] for place, value in given_by_example(register).items() if value[-1:].isdigit()}
    here = {
        place[0]
        for given, wanted in CASES
        if given["register"] == register.name
        for place, value in lines(wanted).items()
        if value[-1:].isdigit()
    }
    assert {measure.name for measure in register.measures} <= from_example | here
