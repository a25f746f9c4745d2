"""The register of investments: what the council spends outside the grant so that the grant spends less."""

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.register import Column, Kind, Register, RegisterRow


@rule(
    "INVESTMENTS-01",
    severity=Severity.MUST_FIX,
    fix="Give the amount, or name the fact that states it.",
    broken_by=dict(investment="casework", amount_gbp=None, figures=None),
    source="an investment without a sum cannot be weighed",
)
def an_investment_has_a_sum(row: RegisterRow) -> str | None:
    return "It has neither an amount nor a figure" if row["amount_gbp"] is None and not row["figures"] else None


investments = Register(
    name="investments",
    title="Investments outside the grant",
    unit="one investment",
    source="The council's revenue budget",
    key="investment",
    help="Council money beside the grant, and the savings it makes possible.",
    columns=(
        Column("investment", "Short name", required=True),
        Column("title", "Investment", required=True),
        Column("first_year", "First year", Kind.FINANCIAL_YEAR),
        Column("last_year", "Last year", Kind.FINANCIAL_YEAR),
        Column("amount_gbp", "Amount a year", Kind.POUNDS, help="Empty where a published figure states it"),
        Column("part_of", "Part of", help="Short name of the investment that includes it"),
        Column("enables", "Savings it enables", help="Short names of savings, separated by spaces"),
        Column("figures", "Figure it rests on", help="Id of the fact that states the amount"),
        Column("source", "Source"),
    ),
    rules=(an_investment_has_a_sum,),
    example=(
        {
            "investment": "casework",
            "title": "Permanent casework officers",
            "first_year": "2024-25",
            "amount_gbp": "900000.00",
            "enables": "fees",
            "source": "worked example",
        },
    ),
)
