"""The account as a workbook that works itself out."""

TITLE = "The account, with live formulas"
FOLLOWS = "Change a white cell and every total follows."
KEPT = "Each total keeps its value of the day this file was made, so that every program shows it."
ONE_TABLE = "One table a sheet."
RUN = "Run {run}"
CONTACT = "Questions: the section 151 officer of {council}."
ACCOUNT, CHECKS, SPEND, DIFFERENCE, CONTRIBUTIONS, NOTES = (
    "Account",
    "Checks",
    "Spend by line",
    "Forecast less target",
    "Contributions",
    "Notes",
)
ROWS = {
    "opening": "Opening deficit",
    "spend": "Spend",
    "allocation": "High needs allocation after deductions",
    "transfer": "Transfers from other blocks",
    "before": "In-year position before contributions",
    "dfe": "Department for Education payments received",
    "council": "Council contribution",
    "after": "In-year position after contributions",
    "closing": "Closing deficit",
}
SIGN = "Deficits and overspends are positive. Pounds."
TARGET, FORECAST, DIFFERENCE_ROW, GAP, LEAD = (
    "Target, before contributions",
    "Forecast, before contributions",
    "Forecast less target",
    "Accumulated deficit worse than plan",
    "Ahead of plan when the year began",
)
DEPARTMENT, COUNCIL = "Department for Education", "The council"
AGREED, OVER_ALL = "Agreed in all", "Totals over the whole agreement. Pounds."
KNOWN, REST = "Causes with a figure", "Causes without a figure, together"
ROUGH = "Where a sum was given roughly, what is worked out from it is as rough: read it to the nearest million."
TOGETHER = "Together"
NO_ACCOUNT = "The council has entered no years and spending of its own; the sheets hold what is published."
