"""Many councils side by side."""

from highneeds.vocabulary.counted import counted

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
    "Accumulated deficits are those published for the current year. Forecasts are of the last year of the "
    "programmes, where that is the same of all. {how}"
)
DEFICITS = "Accumulated deficits"
FORECAST = {
    "plans": "Plans, January {when}",
    "cost": "Spending of lines 1.2, {when}",
    "owed": "Accumulated deficits at the end of {when}",
}
INDEPENDENT = "The band of the sum takes the councils as independent of one another."
TOGETHER = (
    "Forecasts of councils are wrong together when all of England turns out otherwise. So the band of the sum comes "
    "from how wrong forecasts of the same sum were from earlier Januaries."
)
NOT_GIVEN = "not given"
ANSWERS = "On track?"
NO_POSITION = "A target and a forecast for this year are not given."
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
    "plans_p10": "Plans, low",
    "plans_p90": "Plans, high",
    "findings": "Findings",
    "report": "Report",
    "spend_gbp": "Spending forecast",
    "spend_gbp_p10": "Spending, low",
    "spend_gbp_p90": "Spending, high",
    "forecast_deficit_gbp": "Deficit forecast",
    "forecast_deficit_gbp_p10": "Deficit, low",
    "forecast_deficit_gbp_p90": "Deficit, high",
}


def named(name: str, synthetic: bool) -> str:
    """'Harrowdale (invented)'."""
    return f"{name} (invented)" if synthetic else name


def report(slot: str) -> str:
    """'Report of April 2025': what the link to it says."""
    return f"Report of {slot}" if slot else "Report"


def answers(yes: int, no: int) -> str:
    """'3 no', '1 yes, 2 no': of the three questions."""
    said = [f"{number} {word}" for number, word in ((yes, "yes"), (no, "no")) if number]
    return ", ".join(said) or "no answer"


def failing(figures: int) -> str:
    return f"The data does not support {counted(figures, 'figure')} of the narrative."


def to_fix(findings: int) -> str:
    return f"{counted(findings, 'finding')} must be fixed before the report goes out."


def sum_note(together: bool) -> str:
    """What the sums are, and what their bands are made of."""
    return SUM_NOTE.format(how=TOGETHER if together else INDEPENDENT)


def forecast(name: str, when: str) -> str:
    return FORECAST[name].format(when=when)


def sum_of(councils: int) -> str:
    return f"Sum of {counted(councils, 'council')}"


def of_councils(some: int, all_: int) -> str:
    return f"{some} of {all_} councils"


def to(low: str, high: str) -> str:
    return f"{low} to {high}"
