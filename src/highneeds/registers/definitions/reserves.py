"""The register of reserves: what the council could use if the deficit came onto its books, and what borrowing costs."""

from decimal import Decimal

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.measure import total
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.register import Column, Kind


@rule(
    "RESERVES-01",
    severity=Severity.QUERY,
    fix="Write the rate as a percentage, such as 4.5.",
    broken_by=dict(financial_year="2024-25", rate_percent=Decimal("15.1")),
    holds_for=(dict(rate_percent=Decimal(15)), dict(rate_percent=Decimal(0)), dict(rate_percent=None)),
    also_broken_by=dict(rate_percent=Decimal("-0.1")),
    source="borrowing costs a council between 0 and 15 percent",
)
def a_rate_is_a_rate(row: RegisterRow) -> str | None:
    rate = row["rate_percent"]
    return f"The rate is {rate}%" if rate is not None and not 0 <= rate <= 15 else None


reserves = Register(
    name="reserves",
    title="Reserves and borrowing",
    unit="one financial year",
    source="The council's statement of accounts and medium-term financial plan",
    key="financial_year",
    help="Usable reserves at 31 March and the rate at which the deficit is financed until it is paid off.",
    columns=(
        Column("financial_year", "Financial year", Kind.FINANCIAL_YEAR, required=True),
        Column("usable_gbp", "Usable reserves at 31 March", Kind.POUNDS, required=True),
        Column("rate_percent", "Rate of borrowing", Kind.NUMBER),
        Column("source", "Source", required=True),
    ),
    rules=(a_rate_is_a_rate,),
    example=(
        {
            "financial_year": "2025-26",
            "usable_gbp": "180000000.00",
            "rate_percent": "4.5",
            "source": "worked example",
        },
    ),
    systems="A7",
    kept_by="finance_partner",
    decides="section_151",
    used="Yearly, with the statement of accounts",
    measures=(total("usable_gbp", "usable reserves at 31 March", "row", needs="usable_gbp"),),
    headline="{usable_gbp} of reserves could be used at the end of {year}.",
    feeds=(Feed("account", "exposure", "what would fall on the books"),),
    expects="""
        usable_gbp | | | 2025-26 | 180000000.00
    """,
)
