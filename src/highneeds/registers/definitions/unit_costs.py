"""The register of unit costs: what the placements of a kind cost in a year, and how many they are."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.measure import MeasureValue, gap, listed, share
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.register import Column, Kind

COST_GROUPS = {
    "independent": "independent schools",
    "maintained_special": "maintained special schools",
    "mainstream": "top-up in mainstream",
}
COST_PHASES = {"primary": "primary", "secondary": "secondary", "post16": "post-16", "all": "all phases"}
COST_BASES = {"fte": "full-time equivalent placements", "headcount": "children"}


@rule(
    "UNITCOSTS-01",
    severity=Severity.MUST_FIX,
    fix="Give the placements that the cost pays for.",
    broken_by=dict(row="1", annual_cost=5_766_000_00, placements=Decimal(0), from_day=date(2025, 1, 1), to_day=None),
    holds_for=dict(placements=Decimal("0.1")),
    also_broken_by=dict(placements=Decimal("-0.1")),
    source="an average needs a denominator",
)
def a_cost_has_placements(row: RegisterRow) -> str | None:
    if row["placements"] <= 0:
        return f"The cost stands beside {row['placements']} placements"
    return None


@rule(
    "UNITCOSTS-02",
    severity=Severity.QUERY,
    fix="Check whether the cost is a yearly one and the placements are of the same children.",
    broken_by=dict(row="1", annual_cost=400_000_01, placements=Decimal(1), from_day=date(2025, 1, 1), to_day=None),
    holds_for=(dict(annual_cost=400_000_00), dict(annual_cost=1_000_00), dict(placements=Decimal(0))),
    also_broken_by=dict(annual_cost=999_99),
    source="a year in a placement seldom costs under £1,000 or over £400,000",
)
def an_average_is_in_the_usual_range(row: RegisterRow) -> str | None:
    if row["placements"] <= 0:
        return None
    average = Decimal(row["annual_cost"]) / row["placements"] / 100
    return None if 1_000 <= average <= 400_000 else f"A placement costs £{average:,.0f} a year"


def _now(row: RegisterRow, at: Situation) -> bool:
    return at.live(row, "from_day", "to_day")


def _gap(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[str, str, MeasureValue]]:
    """Independent less maintained special, by phase."""
    for phase in COST_PHASES:
        sums: dict[str, Any] = {}
        for group in ("independent", "maintained_special"):
            own = [row for row in rows if row["group"] == group and row["phase"] == phase]
            places = sum(row["placements"] for row in own)
            sums[group] = sum(row["annual_cost"] for row in own) / places if places else None
        if sums["independent"] is None and sums["maintained_special"] is None:
            continue
        lacking = next((group for group, value in sums.items() if value is None), None)
        found = (
            gap(f"no cost of {lacking} is given")
            if lacking
            else MeasureValue(sums["independent"] - sums["maintained_special"])
        )
        yield "phase", phase, found


unit_costs = Register(
    name="unit_costs",
    title="Unit costs",
    unit="the placements of one kind and phase for one stretch of time",
    source="Finance; the dashboard's rows on average cost",
    key="row",
    folder="finance",
    help="Cost and placements are kept apart so that averages can be added up before dividing.",
    columns=(
        Column("row", "Row", required=True),
        Column("group", "Kind of placement", Kind.CODE, required=True, codes=COST_GROUPS),
        Column("phase", "Phase", Kind.CODE, required=True, codes=COST_PHASES),
        Column("from_day", "From", Kind.DAY, required=True),
        Column("to_day", "To", Kind.DAY, help="The last day included; empty while it goes on"),
        Column("annual_cost", "Cost in a year", Kind.POUNDS, required=True),
        Column("placements", "Placements", Kind.NUMBER, required=True),
        Column("counted_as", "Placements are", Kind.CODE, codes=COST_BASES),
        Column("source", "Source", help="Document and line"),
    ),
    rules=(a_cost_has_placements, an_average_is_in_the_usual_range),
    example=(
        {
            "row": "1",
            "group": "independent",
            "phase": "primary",
            "from_day": "2025-01-01",
            "to_day": "2025-01-31",
            "annual_cost": "5766000.00",
            "placements": "100",
            "counted_as": "fte",
            "source": "worked example",
        },
    ),
    systems="E9",
    kept_by="finance_partner",
    used="Monthly",
    measures=(
        share(
            "average_gbp",
            "cost of placements, for group and phase on the day",
            "as_at; group, phase, group/phase",
            lambda r, at: r["annual_cost"],
            lambda r, at: r["placements"],
            where=_now,
            unit="gbp",
            decimals=0,
        ),
        listed("gap_gbp", "independent less maintained special", "as_at", _gap, where=_now, unit="gbp", decimals=0),
    ),
    headline="A placement costs {average_gbp} a year on average.",
    feeds=(
        Feed("indicator", "avg_cost_independent_primary", "and the others of unit costs"),
        Feed("account", "unit-costs", "the view of unit costs, and the council's own prices"),
    ),
    example_as_at=date(2025, 1, 31),
    expects="""
        average_gbp | | | 2025-01-31 | 57660.00
        average_gbp | group/phase | independent/primary | 2025-01-31 | 57660.00
        gap_gbp | phase | primary | 2025-01-31 | no cost of maintained_special is given
    """,
)
