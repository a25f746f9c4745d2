"""The register of manual adjustments: dated, owned, and always shown apart from what ledger and commitments say."""

from datetime import date

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.measure import total
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import query_all
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.s251 import LINES

_LINES = {line.code: line.title for line in LINES}


@rule(
    "ADJUSTMENTS-01",
    severity=Severity.MUST_FIX,
    fix="Give the day on which it will be looked at again, after the day it was made.",
    broken_by=dict(adjustment="a1", made_on=date(2025, 1, 31), review_on=date(2025, 1, 30)),
    holds_for=(dict(review_on=date(2025, 1, 31)), dict(review_on=None)),
    source="an adjustment that nobody reviews becomes the forecast",
)
def an_adjustment_is_reviewed_later(row: RegisterRow) -> str | None:
    review = row["review_on"]
    return "It is to be reviewed before it was made" if review and review < row["made_on"] else None


@rule(
    "ADJUSTMENTS-02",
    severity=Severity.QUERY,
    fix="Remove it: an adjustment of nothing explains nothing.",
    broken_by=dict(adjustment="a1", amount_gbp=0),
    holds_for=(dict(amount_gbp=1), dict(amount_gbp=-1)),
    source="an adjustment changes a sum",
)
def an_adjustment_changes_something(row: RegisterRow) -> str | None:
    return "It changes nothing" if row["amount_gbp"] == 0 else None


_MADE = dict(
    adjustment="a1",
    financial_year="2024-25",
    line="1.2.3",
    amount_gbp="1.00",
    reason="x",
    owner_role="Finance",
    made_on="2025-01-31",
)


adjustments = Register(
    name="adjustments",
    title="Manual adjustments",
    unit="one adjustment",
    source="Finance partner's judgement, with its reason",
    key="adjustment",
    help="Sums added to a forecast by a person: dated, owned, with a reason; never mixed with computed figures.",
    columns=(
        Column("adjustment", "Short name", required=True),
        Column("financial_year", "Financial year", Kind.FINANCIAL_YEAR, required=True),
        Column("line", "s251 line", Kind.CODE, required=True, codes=_LINES),
        Column("amount_gbp", "Amount", Kind.POUNDS, required=True),
        Column("reason", "Reason", required=True),
        Column("owner_role", "Owner (role)", required=True),
        Column("made_on", "Made on", Kind.DAY, required=True),
        Column("review_on", "Review on", Kind.DAY),
        Column("source", "Source"),
    ),
    rules=(an_adjustment_is_reviewed_later, an_adjustment_changes_something),
    example=(
        {
            "adjustment": "backlog",
            "financial_year": "2024-25",
            "line": "1.2.3",
            "amount_gbp": "450000.00",
            "reason": "Invoices of two providers are three months late",
            "owner_role": "Finance Business Partner",
            "made_on": "2025-01-31",
            "review_on": "2025-04-30",
            "source": "worked example",
        },
    ),
    begins="made_on",
    systems="A11",
    kept_by="finance_partner",
    decides="section_151",
    used="Monthly, with the monitor",
    whole_rules=(
        query_all(
            "03",
            "Its review is overdue",
            lambda rows, at: [r for r in rows if r["review_on"] is not None and r["review_on"] < at.as_at],
            (_MADE | dict(review_on="2025-04-01"),),
            holds_for=dict(review_on="2025-04-02"),
            fix="Look at it again, then move the review or end it.",
        ),
    ),
    measures=(total("adjusted_gbp", "sums added by hand", "row; line", needs="amount_gbp"),),
    headline="{adjusted_gbp} of the forecast of {year} is added by hand.",
    feeds=(Feed("account", "three books", "shown apart"),),
    expects="""
        adjusted_gbp | | | 2024-25 | 450000.00
        adjusted_gbp | line | 1.2.3 | 2024-25 | 450000.00
    """,
)
