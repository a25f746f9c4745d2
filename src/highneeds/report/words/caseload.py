"""What the caseload says: figures as reported beside figures as computed, its restatements, pipeline and rules."""

from calendar import month_name
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from highneeds.caseload.series import Caseloads
from highneeds.caseload.settings import CaseloadSettings, OverdueBasis
from highneeds.report.words.plainly import plainly
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.words import listed

EVERY_MONTH = "Every month, reported against computed"
FILE = "Reported against computed, every month"
NONE = "None"
INDICATOR, BOTH, SAME = "Indicator", "Months with both", "The same"
LARGEST, WHEN, SHOWN = "Largest difference", "In", "The report shows the"
COMPUTED_LESS_REPORTED = (
    "The difference is the computed figure less the reported one. The council sets which of the two its reports show; "
    "both are kept."
)

BESIDE_TITLE = "Figures as reported and as computed"
TITLE = "Computed from the caseload"
LABEL = "Synthetic data"
INVENTED = f"{LABEL}: this caseload is invented"
HOW_INVENTED = "How it was invented"
NO_CASELOAD = "No caseload is on record, so nothing is computed beside the reported figures."
BESIDE_ONLY = (
    "No answer, claim, assurance level or reported figure of this report rests on it: the reported figures stand."
)
WHAT_FOR = (
    "Nobody in it exists. It is here so that reading, checking and measuring can be tried and shown on a caseload of "
    "true size; it says nothing of the council's children."
)
FITTED = (
    "It was fitted to the published statistics and to the council's own monthly dashboard, so that the two columns "
    "agree by construction. An agreement here is no confirmation of a reported figure."
)
SMALL_SHOWN = "Small counts are shown, because nobody exists behind them."
NO_ESTABLISHMENTS = "Without a list of establishments no setting is known."
STAND, WHY, NOTHING_TO_ADD = "The two are", "Why, or what to know", "Nothing to add"
CONDITION = "Agreement condition"
FURTHER, COUNTED, OF_ALL, A_COUNT = "Computed, and not on the dashboard", "Counted", "Of all", "a count"
ONE_RETURN = "Restated months: there is only one return, so no month has two figures."
NONE_RESTATED = "Restated months: the returns agree on every month that two of them cover."
RESTATED = "Months that a later return gives differently"
RESTATED_HEADS = (
    "Indicator",
    "Month",
    "Earlier return",
    "Given then",
    "Later return",
    "Given now",
    "Definition changed",
)
PIPELINE = "Requests and assessments underway: does the pipeline add up?"
PIPELINE_NOTE = "Expected: open at the start and requests, less refusals, plans issued and withdrawals."
PIPELINE_HEADS = {
    "month": "Month",
    "open_at_start": "Open at the start",
    "requests": "Requests",
    "refusals": "Refusals to assess",
    "issues": "Plans issued",
    "refusals_to_issue": "Refusals to issue",
    "withdrawals": "Withdrawn",
    "expected_at_end": "Expected at the end",
    "open_at_end": "Open at the end",
    "residual": "Not explained",
}
COUNTS_INSIDE = "The counts stand on the pages inside the council."
RULE, ASKS, SEVERITY, FINDINGS, LOOKED_AT, WHY_NOT = (
    "Rule",
    "What it asks",
    "Severity",
    "Findings",
    "Looked at",
    "Why not",
)
RULES = "Findings in the caseload, by rule"
UNCHECKED = "What could not be checked in the caseload"


def agreement_with_dashboard(invented: bool, same: int, both: int, indicators: int, apart: int) -> tuple[str, ...]:
    """How many monthly figures stand both reported and computed, how many are the same, how many indicators differ."""
    kind = "an invented caseload" if invented else "the council's caseload"
    words = (
        f"Computed from {kind}, {with_commas(same)} of {with_commas(both)} monthly figures are those of the "
        f"dashboard, over {counted(indicators, 'indicator')} with both."
    )
    differ = counted(apart, "indicator differs", "indicators differ")
    return (words, f"{differ} in some month.") if apart else (words,)


def inside_only(threshold: int) -> str:
    return f"For those inside the council alone: counts under {threshold} are shown here, and hidden in the report."


def may_go_out(threshold: int) -> str:
    return f"As it may go out: counts under {threshold} are hidden, and what would give them away."


def return_read(day: str, layout: str, plans: int | None, accepted_by: str) -> str:
    """'The return of 15 January 2026 in SEN2 2026, 20,000 plans in force on that day, accepted by A. Person.'"""
    accepted = f"accepted by {accepted_by}" if accepted_by else "not accepted by anybody yet"
    in_force = "" if plans is None else f" {with_commas(plans)} plans in force on that day,"
    return f"The return of {plainly(day)} in {layout},{in_force} {accepted}."


def definitions(chosen: Mapping[str, str]) -> str:
    """rollover_month chosen as 8: 'Definitions: children move up a school year in August.'"""
    defined = (_definition(choice, value) for choice, value in chosen.items())
    return f"Definitions: {'; '.join(defined)}."


CHOICES = {
    "rollover_month": "children move up a school year in {value}",
    "overdue_basis": "a review is held on the day of its {value}",
    "review_months": "a review is due every {value} months",
}
BASES: dict[str, str] = {
    OverdueBasis.DECISION: "decision",
    OverdueBasis.MEETING: "meeting",
    OverdueBasis.FINALISED: "decision, an amended plan once it is in force",
}


def _definition(choice: str, value: str) -> str:
    said = month_name[int(value)] if choice == "rollover_month" else BASES.get(value, value)
    return CHOICES[choice].format(value=said) if choice in CHOICES else f"{choice.replace('_', ' ')}: {said}"


def beside_title(months: Iterable[str]) -> str:
    return f"Reported and computed, {' and '.join(months)}"


def beside_source(computed: str) -> str:
    return f"Reported: the council's dashboard. Computed: {computed}"


def source(invented: bool, days: Iterable[str]) -> str:
    read = [plainly(day) for day in days]
    what = "return" if len(read) == 1 else "returns"
    return f"SEN2, {'invented ' if invented else ''}{what} of {listed(read)}"


def restated_elsewhere(figures: int) -> str:
    """For what goes out, where the difference itself is not shown."""
    return (
        f"Restated months: a later return gives {counted(figures, 'figure')} other than an earlier one. "
        "The difference can give single children away, so it stands only on the pages inside the council."
    )


def pipeline(off: Sequence[str]) -> str:
    """Whether requests and assessments underway add up, or in which months they do not."""
    if not off:
        return "Requests and assessments underway add up in every month."
    return f"Requests and assessments underway do not add up in {', '.join(off)}."


def rules_at_acceptance(rules: int) -> str:
    return f"{counted(rules, 'rule')} found something when the latest return was accepted."


def rules_ended(rules: int, found: int, times: int | None, clear: int, unchecked: int) -> str:
    """How the rules ended. times: of findings in all; None where the total is not said."""
    total = "" if times is None else f", {with_commas(times)} times in all"
    return (
        f"Of {rules} rules of SEN2, {found} found something{total}; "
        f"{clear} are clear; {unchecked} could not be checked."
    )


def settings_words(settings: CaseloadSettings) -> str:
    """The choices behind computed figures, in one line."""
    names = [field.name for field in fields(settings) if not field.name.endswith("outcomes")]
    return "Settings: " + ", ".join(settings.words_for(name) for name in names) + "\n"


def invented_words(caseloads: Caseloads | None) -> str:
    """Which of the returns are invented, in one line; nothing where none is."""
    invented = [str(one.reference_date) for one in caseloads.members if one.synthetic] if caseloads else []
    return f"Synthetic: the return of {', '.join(invented)} is invented.\n" if invented else ""
