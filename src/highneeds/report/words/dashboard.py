"""The dashboard on paper."""

from collections.abc import Iterable

from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.words import listed

TITLE = "Our dashboard"
MEASURES = "Every measure, month by month"
TREND, CHANGE, DIRECTION = "Trend", "Change on the year", "Direction"
YEARLY = "Figures by year"
NO_YEAR_BEFORE = "no figure a year before"
SMALL = "Not shown, since every figure is a small number: {titles}."
NOT_REPORTED = "We do not report: {titles}."
NOT_YET = "We have no figures yet for: {titles}."


def finding(better: int, worse: int, unchanged: int, volumes: int) -> str:
    """How the dashboard stands against the same month a year before."""
    if not better + worse + unchanged:
        return f"How our {volumes} measures moved. We set no direction for them, so none is called better or worse."
    counts = ((better, "better"), (worse, "worse"))
    parts = [f"{number or 'none'} {'is' if number == 1 else 'are'} {way}" for number, way in counts]
    parts.append(f"{unchanged or 'none'} {'shows' if unchanged == 1 else 'show'} no clear change")
    numbers = "is a number" if volumes == 1 else "are numbers"
    others = f" Another {volumes} {numbers} to plan for, such as requests and plans." if volumes else ""
    return f"Of our measures, against the same month a year before, {listed(parts)}.{others}"


def without_level(condition: str) -> str:
    return f"{condition} (no level given)"


WORDING = "Under a short title stands the wording of our dashboard."


def rollover(words: str) -> str:
    return f"Children move up a school year and change places in {words}; the trend marks it with a thin line."


def standing(of: int, judged: int, better: int, worse: int, never: int) -> tuple[str, ...]:
    """'Of 44 indicators, 14 can be judged: 6 are better and 5 worse than a year before. 11 have never had a figure.'"""
    if not judged:
        return (
            f"None of {of} indicators can be judged better or worse.",
            "That takes a stated better direction and figures a year apart.",
        )
    opening = f"Of {counted(of, 'indicator')}, {judged} can be judged: "
    opening += f"{better or 'none'} {'is' if better == 1 else 'are'} better and "
    opening += f"{worse or 'none'} worse than a year before."
    gaps = [f"{never} {'has' if never == 1 else 'have'} never had a figure."] if never else []
    return opening, *gaps, "Numbers of plans, requests and assessments are not judged."


# the council's own report, and the annex

STRATEGIC = "Strategic data dashboard"
KEY = "- not reported. n/a not available. blank left empty. A gap is never zero."
NO_DASHBOARD = ("No dashboard is on record yet.", "It is read from the council's own spreadsheet.")
INDICATOR, UNIT, SOURCE, CONDITION = "Indicator", "Unit", "Source", "Agreement condition"
OF_NO_CONDITION = "Under no condition"
NOT_NAMED, NO_SUCH_MONTH = "not named", "No such month"
YEARS = "Indicators by financial year"
YEARS_NOTE = "Printed under the label of a financial year; the fill rates imply that the places change in September."
MOVEMENT = "How every indicator moved"
PERIOD, LATEST, NEVER, GAPS = "Period", "Latest", "never", "Gaps"
CHANGE_ON_MONTH, ON_YEAR = "Change on the month", "On the year"
NO_CLEAR_CHANGE_NOTE = (
    "No clear change: no more than the usual movement from one month to the next. For a count, no more than chance "
    "alone can do: the root of the sum of both counts. On the year, also where the month before had moved the other "
    "way from the figure a year ago. A change of more than 3.27 times the usual movement is always clear."
)
NEVER_REPORTED = "No figure was ever reported"
NO_LINE = "no line: too few figures"
SIGNALS, LIMITS_SAY = "Signals of process control", "What the process limits say"


def months_title(first: str, last: str) -> str:
    return f"Dashboard, {first} to {last}"


def rollover_note(words: str) -> str:
    return f"Roll-over of school years, when children move up and change places: {words}."


def not_judged_across(rollover: str) -> str:
    return f"A change on the month is not judged across the roll-over of school years ({rollover})."


def as_reported(documents: Iterable[str]) -> str:
    return f"The council's dashboard as reported: {', '.join(documents)}"


def limits_note(rollover: str) -> str:
    return (
        "Limits: mean plus and minus 2.66 times the mean moving range, for twelve figures or more. The "
        f"months of the roll-over ({rollover}) are left out; a larger step over it begins anew."
    )


def from_to(first: str, last: str) -> str:
    return f"{first} to {last}"
