"""What drives each risk, factor by factor."""

from highneeds.registers.register import Column, Register

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
)
