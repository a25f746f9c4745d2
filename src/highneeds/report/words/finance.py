"""The financial annex: what was promised, is expected and was achieved, and what lies between."""

TITLE = "Financial annex"
ACCOUNT = "Promised, latest and achieved"
ACCOUNT_NOTE = "Deficit and overspend are positive. Nothing is filled in."
POSITION, MEASURE = "Position", "Measure"
OPENING = "How the account opened"
CONTRIBUTIONS, PROMISED_TABLE = "Contributions over the agreement", "Contributions promised"
FROM, PROMISED, SOURCE, BOTH, WORKED_OUT = "From", "Promised", "Source", "Both", "worked out here"
DEPARTMENT, COUNCIL = "Department for Education", "The council"
PAYMENTS = "Instalments and totals"
PAYMENT_HEADS = {
    "payment": "Instalment",
    "payer": "From",
    "financial_year": "Year",
    "state": "State",
    "due_gbp": "Due",
    "received_gbp": "Received",
    "outstanding_gbp": "Outstanding",
    "source": "How it is known",
}
NO_PAYMENT = {"received_gbp": "not stated", "outstanding_gbp": "not known", "due_gbp": "not stated"}
DRIVERS, DRIVERS_TABLE = "What lies between target and forecast", "Drivers of the difference"
DRIVER_HEADS = {"driver": "Driver", "kind": "Kind", "effect_gbp": "Effect", "basis": "How it is known"}
OVERRIDE = "When the statutory override ends"
GRANT_HEADS = {"item": "High needs stability grant", "value_gbp": "Sum", "source": "How it is known"}
BOOKS = "Caseload, commitments and ledger"
SAVINGS, SAVINGS_TABLE = "Savings", "Savings and cost avoided"
SAVING_HEADS = {
    "saving": "Action",
    "owner_role": "Owner",
    "kind": "Kind",
    "starts": "Starts",
    "full_year_gbp": "Full year",
    "this_year_gbp": "This year",
    "confidence": "Confidence",
    "realised_gbp": "Realised",
    "not_yet_there": "Not yet there",
}
NO_SAVING = {"realised_gbp": "not recorded", "full_year_gbp": "see the actions", "this_year_gbp": "no odds given"}
UNIT_COSTS, UNIT_COSTS_TABLE = "Average costs", "Average cost of a place"
UNIT_COST_HEADS = {
    "sector": "Sector",
    "phase": "Phase",
    "first_month": "From",
    "first_gbp": "Then",
    "last_month": "To",
    "last_gbp": "Now",
    "change_percent": "Change",
    "note": "Note",
}
OPENINGS, OPENINGS_TABLE = "The capital project", "Schools the plan assumed"
SCHOOL, PLANNED, NOW, STATUS, MONTHS_LATE = "School", "Planned", "Now", "Status", "Months late"
NO_DATE, NO_DATE_TO_COUNT = "no date", "No date to count from"
TWO_FIGURES = "Two published figures for one thing"


def instalment(year: object) -> str:
    return f"Instalment of {year}"
