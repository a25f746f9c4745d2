"""Many councils side by side."""

TITLE = "Portfolio of councils"
READERS = "whoever follows several councils: a regional team, a combined authority, a society of treasurers"
RANKED = "Councils by distance from plan"
RANKED_NOTE = (
    "Distance from plan is the forecast in-year overspend less the agreed one, before contributions; the "
    "furthest first. "
    "Councils without both figures stand at the end. A sum that derives from a rounded one is as rough as it."
)
CHANGED = "What changed"
NOTHING = "No measure moved clearly."
UNANSWERED = "Asked and not answered"
ALL_ANSWERED = "Nothing is open."
SUM = "All of them together"
SUM_NOTE = (
    "Deficits are those published for the current year; the plans of January {january} are a forecast with its "
    "80% band. "
    "{how}"
)
INDEPENDENT = "The band of the sum takes the councils as independent of one another."
TOGETHER = (
    "Councils err together by what nobody foresaw of England: the band of the sum is made of what forecasts of the "
    "same sum were wrong by from earlier Januaries."
)
NOT_GIVEN = "not given"
COLUMNS = {
    "council": "Council",
    "la_number": "LA number",
    "financial_year": "Year",
    "agreed_in_year_gbp": "Agreed in-year",
    "forecast_in_year_gbp": "Forecast in-year",
    "distance_from_plan_gbp": "Distance from plan",
    "deficit_gbp": "Accumulated deficit",
    "deficit_at_end_gbp": "Expected at the end",
    "on_track_yes": "Answers Yes",
    "on_track_no": "Answers No",
    "plans": "Plans",
    "findings": "Findings",
    "report": "Report",
}


def sum_note(january: str, together: bool) -> str:
    """What the sums are, and what the band of plans is made of."""
    return SUM_NOTE.format(january=january, how=TOGETHER if together else INDEPENDENT)
