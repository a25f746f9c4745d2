"""Caseload, commitments and ledger beside one another."""

from collections.abc import Iterable

TITLE = "Caseload, commitments and ledger"
LABEL = "Synthetic data"
INVENTED = f"{LABEL}: these three books are invented"
NO_BOOK = "The workspace keeps no commitment book, so caseload, commitments and ledger are not held together."
WHAT_FOR = (
    "No child, provider, price or payment in them is real, and a few slips are in them on purpose. They are here so "
    "that the matching can be tried and shown; no answer, claim or figure of the account rests on them."
)
MATCHING_HEADS = {
    "meaning": "What does not match",
    "count": "How many",
    "matched_gbp": "Pounds",
    "count_change": "More than a month before",
    "moved_gbp": "Pounds more than a month before",
}
LINE_HEADS = {
    "line": "Section 251 line",
    "budget_gbp": "Budget",
    "actual_gbp": "Actual",
    "accrual_gbp": "Accrued",
    "still_committed_gbp": "Still committed",
    "forecast_gbp": "Forecast",
}
NONE_OF_LINE = {"budget_gbp": "no budget given", "actual_gbp": "no postings", "forecast_gbp": "no forecast"}


def read(names: Iterable[str]) -> str:
    return f"Read: {', '.join(names)}."
