"""The columns of a forecast and of its assumptions, and the name of the scenario in which nothing is done."""

COLUMNS = (
    "scenario",
    "measure",
    "cut",
    "category",
    "period",
    "period_kind",
    "mean",
    "p2_5",
    "p10",
    "p50",
    "p90",
    "p97_5",
)
BASELINE = "baseline"
REGISTER = ("name", "title", "value", "low", "high", "unit", "source", "date", "effect")
"""The columns of the register of assumptions."""
