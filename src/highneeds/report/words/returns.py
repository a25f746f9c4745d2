"""The returns of the Department for Education."""

from highneeds.vocabulary.words import within

LSRP_TITLE = "Local SEND reform plan: data tables"
SECTION_251_TITLE = "Section 251 budget and outturn"
QUARTERLY_TITLE = "Local SEND reform plan: quarterly return"
NO_ACTION, WITH_ACTIONS = "No action", "With all actions"
EFFECTS = "What each action changes"
EFFECTS_LEAD = (
    "Each action comes on top of those above it, so that the effects add up to the difference between the two layers "
    "exactly. Effects are of plans in table 6."
)
NO_EFFECTS = "No action is on record as a scenario, so both layers are the same."
HOW_COUNTED = "How these tables are counted"
AGE_RULE = (
    "Ages are those reached in the school year, as the reform plan asks. The DSG management plan counts by the "
    "age on the "
    "31 August before, which is one year less for every child; the same children therefore stand in other age "
    "groups there."
)
AGE_GROUP, AGE_REACHED, AGE_BEFORE = (
    "Age group",
    "Age reached in the school year: table 5.1",
    "Age on the 31 August before: published statistics, DSG management plan",
)
BOTH_RULES_NOTE = (
    "Nearly every child under 5 by the published count turns 5 in the school year. Here such a child stands in the "
    "next group."
)
CALENDAR_RULE = (
    "Calendar year {year} is the census of January {january}. Requests, assessments and plans are of the year itself."
)
ROUNDING_RULE = (
    "Figures are means of the forecast in whole numbers. They were rounded together, so that every table adds up "
    "to the "
    "same total and no cell is 1 or more away from its mean."
)
ACTUAL = "{year} was counted; later years are forecast."
FORECAST_ONLY = "All years are forecast: none of them has been counted yet."
OWN_RETURNS = "The forecast is learnt from our {number} accepted SEN2 returns and starts from January {january}."
PUBLISHED_STATISTICS = "The forecast is learnt from published statistics and starts from January {january}."
COMPLETE = "Completeness check"
COMPLETE_YES = "All {number} tables that the plan asks for are here, for each year from {first} to {last}."
COMPLETE_OPEN = "Not filled: {tables} have their totals, and their rows by primary need are open."
COMPLETE_NO = "Missing: {tables}."
YEARS_MISSING = "These years are missing: {years}."
TABLE_TITLES = {
    "5.1": "Plans by age group",
    "6": "Plans by provision",
    "7": "Plans by primary need",
    "10": "Requests for assessment by age group",
    "11": "Assessments by age group",
    "12": "Assessments that end in a plan, by age group",
}
TOTAL = "Total"
NO_FORECAST = (
    "These tables cannot be filled. {why}. They can be filled once published statistics have this council, or once two "
    "SEN2 returns are accepted."
)
NEEDS_UNKNOWN = (
    "The statistics known on the day of this report do not divide plans by need. The rows by need are left open; their "
    "totals stand."
)
NEEDS_LEFT_OUT = (
    "The statistics known on the day of this report do not divide plans by need. Each sheet has its totals; the "
    "rows by need are left out."
)
NEED_UNKNOWN = "Not divided by need"
NOT_TOLD_APART = "The published statistics do not tell this row from the one beside it; it is counted there."
NEED_NOTES = (
    "Down syndrome is a code of the SEN2 return since 2025; table 7 has no row for it, so it is counted in “Other "
    "Difficulty/Disability” and in no other row.",
    "Plans without a recorded need are counted in the last row, whose name fits no plan holder.",
)
BESIDE = "Beside our last submission and what was counted"
BESIDE_LAST = "What differs from our last submission, with all actions"
BESIDE_LEAD = "Cells that stayed the same as in our last submission are left out."
NO_LAST = "No last submission is on record, so there is nothing to compare with."
NOTHING_MOVED = "No cell differs from our last submission."
BESIDE_ACTUAL = "The plan beside what was counted"
NO_ACTUAL = "No calendar year of the plan has been counted and published yet."
ACTUALS = {
    "6": "Plans",
    "10": "Requests for assessment",
    "11": "Assessments",
    "12": "Assessments that end in a plan",
}
TABLE, ROW, YEAR, LAST, NOW, DIFFERENCE, COUNTED = (
    "Table",
    "Row",
    "Year",
    "Last submission",
    "Now",
    "Difference",
    "Counted",
)
NOT_MAPPED = "no measure is mapped to this row"
NO_FIGURE = "the measure has no figure"
ALREADY_FILLED = "the cell holds something already"
PLANS_IN_FORCE, PLANS = "Education, health and care plans in force", "Plans"
NEVER_REPORTED = "no figure was ever reported"
SAME_PLACE = "counted in the row above"
DSG_TITLE = "DSG management plan: placements and finance"
UNMITIGATED, MITIGATED = "Unmitigated", "Mitigated"
DSG_AGE = "Age on the 31 August before the census."
DSG_FINANCE = "Financial summary, block by block"
DSG_POSITIONS = "End-of-year positions"
DSG_NO_FINANCE = "No allocation by block is on record."
AFTER = "after deductions"
SCAP_TITLE = "School capacity return: specialist forecasts"
SCAP_LEAD = (
    "Pupils with a plan in each kind of provision, by year group, each January of the academic year. Pupils "
    "without a plan "
    "and children of other councils are not in the forecast; add them before the return is sent."
)
SCAP_PLACES = "Planned places"
SCAP_NO_PLACES = "The register of places holds no place of the next three academic years."
RECONCILIATION_TITLE = "The DSG deficit across our returns"
RECONCILIATION_LEAD = (
    "The deficit of high needs as each return states it. Where two differ and nobody has explained why, the "
    "lowest counts "
    "for the high needs stability grant. All that is known today is used, also what became known after the day of the "
    "report."
)
NO_RECONCILIATION = "No return states the deficit yet, so there is nothing to reconcile."
EXPLAINED, NOT_EXPLAINED, NOT_STATED = "Explained", "Not explained", "Not stated"
HOW_KNOWN = "How it is known"
GRANT = "High needs stability grant"
COUNTS = "Deficit that counts"
INELIGIBLE = "Overspends outside high needs, taken off"
ELIGIBLE = "Eligible deficit"
PAYS = "Grant at {percent}%"
LEFT = "What is left with us"
EXPECTED = "What may be counted on today (our plan is {approval})"

# what the department's check would say of a quarterly return

AS_ASKED = "as DfE asks"
NO_WORKBOOK = "the file is not an .xlsx workbook"
NO_COUNCIL_NAME = "no council name follows the code"
ENDS_TWICE = "the name ends twice in .xlsx"
COLUMN_NOT_EMPTY = "column A must be empty"
NO_RULE = "DfE has no rule for this cell"
NOT_FOLLOWING = "the two years do not follow one another"


def figure_of(what: str, source: str) -> str:
    """'2024-25, latest, about £53m (REPORT line 11)': of when a figure is, or how it is printed, and where."""
    return f"{what}, {source}"


def no_column_of(year: str) -> str:
    return f"the sheet has columns of other years and none of {year}"


def must_begin(prefix: str) -> str:
    return f"the name does not begin with {prefix}"


def not_of_version(version: str) -> str:
    return f"the name is not of the version {version}"


def not_code(council_code: str) -> str:
    return f"the code after the version is not {council_code}"


def neither_sheet(first: str, second: str) -> str:
    return f"the sheet is called neither '{first}' nor '{second}'"


def council_cell(cell: str, council_code: str) -> str:
    return f"{cell} must begin with {council_code} and a space"


def year_cell(cell: str) -> str:
    return f"{cell} must read like '2026-27 Quarterly Data'"


def both_rules_title(year: int) -> str:
    return f"The same plans of {year} by both rules of age, no action"


def all_needs(sheet: str) -> str:
    """'All needs, resourced provision or SEN units'."""
    return f"All needs, {within(sheet)}"


def layer_table(number: str, title: str, layer: str) -> str:
    """'Table 6. Plans by provision: no action'."""
    return f"Table {number}. {title}: {layer.lower()}"


def rows_filled(kind: str, written: int, rows: int) -> str:
    return f"{written} of {rows} rows are filled; {kind}-rows.csv says why the others are not"


def would_refuse(problem: str) -> str:
    return f"DfE's check would refuse this: {problem}"
