"""What drives each risk, factor by factor."""

from highneeds.registers.mechanism.column import code, refers
from highneeds.registers.mechanism.measure import count
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.rules import must_all
from highneeds.registers.register import Column

risk_items = Register(
    name="risk_items",
    title="Factors behind the risks",
    unit="one factor of one risk",
    source="DfE Safety Valve monitoring template, section 7",
    key="item",
    help="The causes named under each risk, and what has happened to each since the last report.",
    columns=(
        Column("item", "Number", required=True, help="Risk and factor, such as 1.2"),
        Column("risk", "Risk", required=True),
        Column("factor", "Factor", required=True),
        Column("progress", "Progress"),
        Column("source", "Source", help="Document and line"),
        code("kind", "cause|dependency|event"),
        refers("dependency", "dependencies"),
        code("state", "open|better|worse|closed"),
    ),
    example=(
        {
            "item": "1.1",
            "risk": "1",
            "factor": "Builder withdrew",
            "progress": "New tender in May 2025",
            "source": "worked example",
        },
    ),
    systems="G5 G6",
    kept_by="programme_manager condition_owner",
    used="Each report",
    whole_rules=(
        must_all(
            "10",
            "Its risk does not stand in the list of risks",
            lambda rows, at: [r for r in rows if r["risk"] not in {one["risk"] for one in at.others_of("risks")}],
            (dict(item="1.1", risk="9", factor="x"),),
            others={"risks": ()},
            fix="Correct the number of the risk.",
        ),
    ),
    measures=(count("items", "factors behind the risks", "all; risk, state"),),
    headline="{items:factor stands|factors stand} behind the risks.",
    feeds=(Feed("report", "section 7", "beside the risks"),),
    expects="""
        items | | | | 1
        items | risk | 1 | | 1
    """,
)
