"""The columns of a forecast, and the name of the scenario in which nothing is done."""

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
