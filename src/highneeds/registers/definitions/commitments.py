"""The register of commitments: one row per child, placement and price period; the true basis of a high needs budget.

A whole book is read at once by `highneeds.intake.ledger.commitments`; this definition gives its template and pages.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.intake.ledger.commitments import SHARES, STATUSES
from highneeds.registers.mechanism.column import Sensitivity, refers
from highneeds.registers.mechanism.measure import count, share, total
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.s251 import LINES

_SOURCE = "commitment accounting: what is promised to a provider, whether or not it is billed"


@rule(
    "COMMITMENTS-01",
    severity=Severity.MUST_FIX,
    fix="Correct the shares of place, top-up, health and care so that they add to the cost.",
    broken_by=dict(
        commitment="c1", annual_cost_gbp=4_000_001, place_gbp=1_000_000, top_up_gbp=3_000_000, health_gbp=0, care_gbp=0
    ),
    holds_for=(dict(annual_cost_gbp=4_000_000), dict(place_gbp=None, top_up_gbp=None)),
    also_broken_by=dict(annual_cost_gbp=3_999_999),
    source=_SOURCE,
)
def the_shares_add_to_the_cost(row: RegisterRow) -> str | None:
    given = [row[name] for name in SHARES if row[name]]
    return "The shares do not add to the annual cost" if given and sum(given) != row["annual_cost_gbp"] else None


@rule(
    "COMMITMENTS-02",
    severity=Severity.MUST_FIX,
    fix="Correct whichever day is wrong.",
    broken_by=dict(commitment="c1", from_day="2025-01-10", to_day="2025-01-09"),
    holds_for=(dict(to_day="2025-01-10"), dict(to_day=None)),
    source=_SOURCE,
)
def it_does_not_end_before_it_begins(row: RegisterRow) -> str | None:
    return "It ends before it begins" if row["to_day"] and row["to_day"] < row["from_day"] else None


def _active(row: RegisterRow, at: Situation) -> bool:
    return (
        row["status"] == "active" and row["from_day"] <= at.day and (row["to_day"] is None or row["to_day"] >= at.day)
    )


def _dearer(rows: Sequence[RegisterRow], at: Situation) -> Iterator[tuple[RegisterRow, str]]:
    """A price period that costs over 10% more than the one before, without an agreed uplift."""
    agreed = {one["uplift"] for one in at.others_of("fee_uplifts") if one["outcome"] == "agreed"}
    last: dict[str, RegisterRow] = {}
    for row in sorted(rows, key=lambda one: one["from_day"]):
        before = last.get(row["placement"])
        if before and row["fee_uplift"] not in agreed and 0 < _yearly(before) * 11 < _yearly(row) * 10:
            yield row, f"The price rises by {(_yearly(row) / _yearly(before) - 1) * 100:.0f}% and no uplift is agreed"
        last[row["placement"]] = row


def _yearly(row: RegisterRow) -> Any:
    return Decimal(row["annual_cost_gbp"]) / (row["fte"] or 1)


_HELD = dict(
    commitment="c1",
    child="1",
    placement="1-A",
    status="active",
    line="1.2.3",
    fte="1",
    from_day="2024-09-01",
    annual_cost_gbp="50000.00",
)


commitments = Register(
    name="commitments",
    folder="finance",
    title="Commitments",
    unit="one child, placement and price period",
    source="Placement contracts and top-up agreements",
    key="commitment",
    named_by="provider",
    help="What each placement costs, from when to when; local references only, never a name.",
    columns=(
        Column("commitment", "Reference", required=True),
        Column("child", "Child (local reference)", required=True, sensitivity=Sensitivity.PERSONAL),
        Column("placement", "Placement", required=True),
        Column("responsible_council", "Responsible council"),
        Column("provider", "Provider"),
        Column("band", "Band"),
        Column("status", "Status", Kind.CODE, required=True, codes=STATUSES),
        Column("line", "s251 line", Kind.CODE, required=True, codes={line.code: line.title for line in LINES}),
        Column("supplier", "Supplier"),
        Column("fte", "Full-time equivalent", Kind.NUMBER, required=True),
        Column("from_day", "From", Kind.DAY, required=True),
        Column("to_day", "To", Kind.DAY, help="Empty while it runs"),
        Column("invoiced_to", "Invoiced to", Kind.DAY),
        Column("paid_to", "Paid to", Kind.DAY),
        Column("annual_cost_gbp", "Cost a year", Kind.POUNDS, required=True, help="Net of recoverable VAT"),
        Column("place_gbp", "Of it place funding", Kind.POUNDS),
        Column("top_up_gbp", "Of it top-up", Kind.POUNDS),
        Column("health_gbp", "Of it health", Kind.POUNDS),
        Column("care_gbp", "Of it care", Kind.POUNDS),
        refers("fee_uplift", "fee_uplifts"),
        refers("exceptional_need", "exceptional_need"),
    ),
    rules=(the_shares_add_to_the_cost, it_does_not_end_before_it_begins),
    example=(
        {
            "commitment": "C-000412-1",
            "child": "000412",
            "placement": "000412-A",
            "responsible_council": "886",
            "provider": "Oak House School",
            "band": "4",
            "status": "active",
            "line": "1.2.3",
            "supplier": "S-1044",
            "fte": "1",
            "from_day": "2024-09-01",
            "invoiced_to": "2024-12-31",
            "paid_to": "2024-10-31",
            "annual_cost_gbp": "52000.00",
            "place_gbp": "0.00",
            "top_up_gbp": "52000.00",
        },
    ),
    systems="E9 A12 A11",
    kept_by="finance_partner",
    used="Weekly",
    klass="casework",
    whole_rules=(
        query_all(
            "03",
            "The price rises by more than 10% and no uplift is agreed",
            _dearer,
            (_HELD, _HELD | dict(commitment="c2", from_day="2025-04-01", annual_cost_gbp="55000.01")),
            holds_for=dict(annual_cost_gbp="55000.00"),
            others={"fee_uplifts": ()},
            fix="Name the fee uplift that was agreed, or correct the price.",
        ),
    ),
    measures=(
        total(
            "annual_gbp",
            "yearly cost of what is active on the day",
            "as_at; line",
            needs="annual_cost_gbp",
            where=_active,
        ),
        count(
            "fte",
            "full-time equivalents active on the day",
            "as_at; line",
            _active,
            of=lambda r, at: r["fte"],
            decimals=1,
        ),
        share(
            "average_gbp",
            "yearly cost of one full-time equivalent",
            "as_at; line",
            lambda r, at: r["annual_cost_gbp"],
            lambda r, at: r["fte"],
            where=_active,
            unit="gbp",
            decimals=0,
        ),
    ),
    headline="{annual_gbp} a year is committed for {fte:full-time placement|full-time placements}, {average_gbp} each.",
    feeds=(
        Feed("forecast", "lines of section 251", "the price of what is placed"),
        Feed("account", "three books", "the book"),
    ),
    expects="""
        annual_gbp | | | 2025-04-02 | 52000.00
        fte | | | 2025-04-02 | 1.0
        average_gbp | line | 1.2.3 | 2025-04-02 | 52000.00
    """,
)
