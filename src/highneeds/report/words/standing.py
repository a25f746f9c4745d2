"""The first page: where we stand, and the three answers of the template."""

from datetime import date

from highneeds.account.stated import Stated
from highneeds.report.words.money import BEFORE_CONTRIBUTIONS, above_target, capital
from highneeds.report.words.sums import balance

TITLE = "Where we stand"
FIGURES = "Our position in figures"
ANSWERS = "Is our plan on track?"
ASKS = "What we ask of the Department for Education"
SIGNED_BY = "Signed off by"
SIGNATURE_NOTE = "A signature stands for these words and these figures. If either changes, we sign again."
IN_YEAR = "To achieve the agreed in-year position in {year}?"
IN_YEAR_PLANNED = "To reach the planned in-year position in {year}?"
BY_END = "To have no deficit by the end of {end}?"
NO_END = "We have not forecast the balance at the end of {end}."
NO_CAPITAL = "We have no capital project on record."
ALL_ON_TIME = "Every school opened, or is expected, by its planned month."
VOLUME = "A number to plan for, not a target"
ROLES = {"section_151": "Section 151 officer", "director": "Director of Children's Services"}
ACHIEVED = "Achieved"
PLANS = "Education, health and care plans"


def capital_question(projects: int) -> str:
    """The template asks of one project; a council that has several is asked of them all."""
    return "Are our capital projects on track?" if projects > 1 else "Is our capital project on track?"


def in_year_label(year: object, surplus: bool = False) -> str:
    return f"In-year {'surplus' if surplus else 'overspend'} {year}, {BEFORE_CONTRIBUTIONS}"


def accumulated_label(day: str, surplus: bool = False) -> str:
    return f"Accumulated {'surplus' if surplus else 'deficit'}, {day}"


def against_plan_label(day: str) -> str:
    return f"Accumulated deficit against plan, {day}"


def expected_label(day: str, surplus: bool = False) -> str:
    return f"{'Surplus' if surplus else 'Deficit'} expected at {day}"


def agreed(balance: str) -> str:
    return f"Agreed: {balance}"


def agreed_at_end(target: Stated) -> str:
    return agreed(balance(target) if target.pence else "no deficit")


def beside_target(rough: str, above: bool) -> str:
    """'About £23m above target.'"""
    return f"{capital(rough)} {'above' if above else 'below'} target."


def than_planned(worse: bool) -> str:
    return f"{'Worse' if worse else 'Better'} than planned"


def plans_label(when: str) -> str:
    return f"{PLANS}, {when}"


def had_plans(plans: str, when: str) -> str:
    """'In May 2025 we had 2,221 plans.'"""
    return f"In {when} we had {plans} plans."


def ended_with(achieved: Stated, year: str) -> str:
    """'We ended 2024-25 with an in-year surplus of £855,000, before contributions.'"""
    return f"We ended {year} with {in_year(achieved)}, before contributions."


def measure_label(title: str, when: str) -> str:
    return f"{title}, {when}"


def on_year(change: str, when: str) -> str:
    """'−3.3 points on May 2024.'"""
    return f"{change} on {when}."


def in_england(figure: str) -> str:
    return f"England: {figure}"


def no_position(target: Stated | None, forecast: Stated | None, year: str) -> str:
    """What there is of the two, and what there is not."""
    if forecast is not None:
        return f"We forecast {in_year(forecast)} in {year}, before contributions; no target is set for it."
    if target is not None:
        return f"We have no forecast of our own for {year} yet; {balance(target)} is agreed, before contributions."
    return f"We have not yet set a target or made a forecast of our own for {year}."


def no_answer(target: Stated | None, forecast: Stated | None) -> str:
    pair = (("no target", target), ("no forecast of our own", forecast))
    absent = " and ".join(name for name, one in pair if one is None)
    return f"We have {absent} for the year."


def lead_sentence(forecast: Stated, target: Stated, year: str) -> str:
    """'We forecast an in-year overspend of about £53m in 2024-25, about £23m more than the £29.9m agreed ...'"""
    return f"We forecast {in_year(forecast)} in {year}, {above_target(forecast, target)}, both before contributions."


def in_year(one: Stated) -> str:
    """'an in-year overspend of about £53m', 'an in-year surplus of £2m'."""
    if one.is_surplus:
        return f"an in-year surplus of {one.upright.words}"
    return f"an in-year overspend of {one.words}"


def remains(left: Stated, end: date) -> str:
    """'We expect a deficit of at least £30m to remain at 31 March 2028.'"""
    if left.high is not None and left.high <= 0:
        surplus = f", and a surplus of {left.upright.words}" if left.is_surplus else ""
        return f"We expect no deficit at {end.day} {end:%B %Y}{surplus}."
    return f"We expect a deficit of {left.words} to remain at {end.day} {end:%B %Y}."


def in_year_reason(forecast: Stated, target: Stated) -> str:
    return f"{capital(balance(forecast))} is forecast, {above_target(forecast, target)}, both before contributions."


def capital_reason(parts: list[str], late: int, whole: int) -> str:
    """'None of four schools opened on time: Swanley 36 months late at the earliest; ...'"""
    numbers = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    on_time, of = (numbers[one] if one < len(numbers) else str(one) for one in (whole - late, whole))
    return f"{on_time.capitalize()} of {of} on time: {'; '.join(parts)}."


def school_words(name: str, months_late: int | None, status: str, at_earliest: bool) -> str:
    """'Swanley 36 months late at the earliest', 'Isle of Sheppey rejected', 'Nore Academy 4 months late, now open'."""
    if months_late is None:
        return f"{name} {status or 'has no date'}"
    late = f"{months_late} month{'s' if months_late != 1 else ''} late" if months_late > 0 else "on time"
    if status == "open":
        return f"{name} opened {late}"
    return f"{name} {late}{' at the earliest' if at_earliest else ''}"


def ask_for_dates(schools: str) -> str:
    return f"Dates for the schools that are late: {schools}."
