"""The register of assumptions: what the agreement took for granted, the latest view, and what it turned out to be."""

from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.column import pounds, text
from highneeds.registers.mechanism.measure import each, ratio
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import query
from highneeds.registers.register import Column, Kind

_SOURCE = "the agreement's projections are not formally reviewed, so every later view is kept beside them"


@rule(
    "ASSUMPTIONS-01",
    severity=Severity.QUERY,
    fix="Say why the latest view differs from what was agreed.",
    broken_by=dict(assumption="uplift", agreed=2, latest=3, reason=None),
    holds_for=(dict(latest=2), dict(latest=None), dict(reason="pay award")),
    source=_SOURCE,
)
def a_changed_assumption_says_why(row: RegisterRow) -> str | None:
    changed = row["latest"] is not None and row["latest"] != row["agreed"]
    return (
        "The latest view differs from what was agreed and no reason is given" if changed and not row["reason"] else None
    )


@rule(
    "ASSUMPTIONS-02",
    severity=Severity.MUST_FIX,
    fix="Give the day of the latest view.",
    broken_by=dict(assumption="uplift", agreed=2, latest=3, latest_on=None),
    holds_for=(dict(latest_on="2025-01-31"), dict(latest=None)),
    source=_SOURCE,
)
def a_latest_view_has_its_day(row: RegisterRow) -> str | None:
    return "The latest view has no day" if row["latest"] is not None and row["latest_on"] is None else None


assumptions = Register(
    name="assumptions",
    title="Assumptions and forecast versions",
    unit="one assumption in one version",
    source="Safety Valve agreement, financial model; later forecasts",
    key="assumption",
    named_by="title",
    help="The agreed value is never overwritten: latest and actual stand beside it, each version in its own row.",
    columns=(
        Column("assumption", "Short name and version", required=True),
        Column("title", "Assumption", required=True),
        Column("period", "Period"),
        Column("unit", "Unit", required=True),
        Column("agreed", "Agreed", Kind.NUMBER),
        Column("latest", "Latest view", Kind.NUMBER),
        Column("latest_on", "Latest view of", Kind.DAY),
        Column("actual", "Actual", Kind.NUMBER),
        Column("reason", "Why it moved"),
        Column("figures", "Figures it rests on", help="Ids of facts, separated by spaces"),
        Column("source", "Source"),
        text("lever", help="The forecast lever that prices it"),
        pounds("share_base_gbp", "What one percent is taken of"),
    ),
    rules=(
        a_changed_assumption_says_why,
        a_latest_view_has_its_day,
        query(
            "03",
            "The actual value misses the agreed one by 10% or more and no reason is given",
            lambda r: r["agreed"] and abs(r["actual"] - r["agreed"]) * 10 >= abs(r["agreed"]) and not r["reason"],
            dict(assumption="a1", agreed="2.0", actual="2.2"),
            holds_for=dict(actual="2.19"),
            given="actual agreed",
            fix="Say why it came otherwise.",
        ),
    ),
    example=(
        {
            "assumption": "uplift-2024",
            "title": "Uplift of state-funded settings",
            "period": "2024-25",
            "unit": "percent",
            "agreed": "2.0",
            "latest": "3.0",
            "latest_on": "2024-06-30",
            "reason": "Teachers' pay award",
            "source": "worked example",
        },
    ),
    systems="A13 D5 G12",
    kept_by="finance_partner",
    decides="section_151",
    used="Each report, and when a forecast is replaced",
    measures=(
        each(
            "miss_pct",
            "actual less agreed, of agreed",
            "all; assumption",
            lambda r, at: ratio(r["actual"] - r["agreed"], r["agreed"]),
            needs="actual agreed",
            unit="percent",
        ),
        each(
            "cost_of_one_point_gbp",
            "the base / 100",
            "all; assumption",
            lambda r, at: Decimal(r["share_base_gbp"]) / 100,
            needs="share_base_gbp",
            unit="gbp",
        ),
    ),
    headline="What came differs from what was agreed by {miss_pct} at most.",
    feeds=(Feed("forecast", "lever", "named in `lever`"),),
    expects="""
        miss_pct | assumption | uplift-2024 | | actual is empty
        cost_of_one_point_gbp | assumption | uplift-2024 | | share_base_gbp is empty
    """,
)
