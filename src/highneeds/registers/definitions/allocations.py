"""The register of grant allocations: every block at every DfE update, from the formula to what is paid."""

from collections.abc import Sequence

from highneeds.checks.finding import Severity
from highneeds.checks.rule import rule
from highneeds.registers.mechanism.measure import MeasureValue, gap, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.register import Column, Kind
from highneeds.vocabulary.dsg_block import DsgBlock

BLOCKS: dict[str, str] = {
    DsgBlock.SCHOOLS: "Schools",
    DsgBlock.CENTRAL: "Central school services",
    DsgBlock.HIGH_NEEDS: "High needs",
    DsgBlock.EARLY_YEARS: "Early years",
}


@rule(
    "ALLOCATIONS-01",
    severity=Severity.MUST_FIX,
    fix="Correct the figure that is wrong: before + import/export + earlier years - deductions = after.",
    broken_by=dict(
        allocation="x", before_gbp=100, import_export_gbp=-5, prior_year_gbp=2, deductions_gbp=10, after_gbp=88
    ),
    holds_for=(dict(after_gbp=87), dict(after_gbp=97, deductions_gbp=None), dict(after_gbp=85, prior_year_gbp=None)),
    also_broken_by=dict(after_gbp=86),
    source="DfE, dedicated schools grant allocations: high needs block before and after deductions",
)
def before_less_deductions_is_after(row: RegisterRow) -> str | None:
    moved = sum(row[name] or 0 for name in ("import_export_gbp", "prior_year_gbp"))
    if row["before_gbp"] + moved - (row["deductions_gbp"] or 0) != row["after_gbp"]:
        return "The parts do not add to the allocation after deductions"
    return None


def _latest(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    """The latest update by the day of each block."""
    last: dict[str, RegisterRow] = {}
    for row in sorted(rows, key=lambda one: one["updated_on"]):
        if row["updated_on"] <= at.day:
            last[row["block"]] = row
    return MeasureValue(sum(row["after_gbp"] for row in last.values())) if last else gap("no update by the day")


allocations = Register(
    name="allocations",
    title="Grant allocations",
    unit="one block at one DfE update",
    source="DfE, dedicated schools grant allocations",
    key="allocation",
    help="The whole grant by block; the latest update counts, the earlier ones stay.",
    columns=(
        Column("allocation", "Short name", required=True),
        Column("financial_year", "Financial year", Kind.FINANCIAL_YEAR, required=True),
        Column("updated_on", "DfE update", Kind.DAY, required=True),
        Column("block", "Block", Kind.CODE, required=True, codes=BLOCKS),
        Column("before_gbp", "Before deductions", Kind.POUNDS, required=True),
        Column("import_export_gbp", "Import and export adjustment", Kind.POUNDS),
        Column("prior_year_gbp", "Earlier years' adjustment", Kind.POUNDS),
        Column("deductions_gbp", "Deductions", Kind.POUNDS, help="Places that DfE pays to providers directly"),
        Column("after_gbp", "After deductions", Kind.POUNDS, required=True),
        Column("source", "Source"),
    ),
    rules=(before_less_deductions_is_after,),
    example=(
        {
            "allocation": "2024-25-hn-july",
            "financial_year": "2024-25",
            "updated_on": "2024-07-18",
            "block": "high_needs",
            "before_gbp": "320000000.00",
            "import_export_gbp": "-1200000.00",
            "prior_year_gbp": "0.00",
            "deductions_gbp": "18000000.00",
            "after_gbp": "300800000.00",
            "source": "worked example",
        },
    ),
    systems="A4 A5",
    kept_by="finance_partner",
    used="At each update of DfE",
    measures=(worked("after_gbp", "the latest update after deductions", "row; block", _latest, unit="gbp"),),
    headline="The allocation of {year} is {after_gbp} after deductions, by the latest update.",
    feeds=(Feed("account", "grant", "what each year was allotted"),),
    expects="""
        after_gbp | | | 2024-25 | 300800000.00
        after_gbp | block | high_needs | 2024-25 | 300800000.00
    """,
)
