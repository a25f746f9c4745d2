"""Other councils, beside ours."""

from collections.abc import Sequence
from decimal import Decimal

from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.rounding import with_commas

TITLE = "Other councils"
OPENING = (
    "Our ten statistical neighbours are the councils that the Department for Education finds most like ours. Figures "
    "are published for all councils; they are the newest known on the day of this report."
)
NO_NEIGHBOURS = (
    "No statistical neighbours are published for us yet, so we stand beside England and our region alone. Figures are "
    "published for all councils; they are the newest known on the day of this report."
)
TABLE = "How we compare"
RANK = "Rank, 1 is highest"
NEIGHBOURS = "Middle of our neighbours"
SOURCE = "Published statistics of the Department for Education; our working"


def title(measure: str, own: str, england: str, period: str) -> str:
    """'Plans per 1,000 aged 0 to 25: 45.1 here, 39.2 in England (Jan 2024)'."""
    return f"{measure}: {own} here, {england} in England ({period})"


def not_given(subjects: str, reason: str) -> str:
    """'Not given per pupil on SEN support: ... That is so of requests for assessment and high needs spending.'"""
    return f"{reason}. That is so of {subjects}."


def rank(place: int, of: int) -> str:
    return f"{place} of {of}"


# the comparison that the council publishes itself

NO_COMPARISON = "No comparison is published."
SPEND = "Spending per head, £"
RATES = "Placed in special schools, per 1,000 aged 2 to 18"
MEASURE, SERVICE = "Measure", "Service"
LABELS = {"nationally": "England", "national": "England", "south east": "South East"}
NOTHING_TO_COMPARE = "No figure to compare with"
PUBLIC_PAGE = "Public page of the council"
NO_YEAR, NO_HEADS = "no year", "not whose heads it counts"


def beside_area(area: str, mine: Decimal | None, theirs: Decimal | None, more: int, services: int) -> str:
    """'England, more in all (£951 against £758) and more on 6 of 7 services'; no sums where one is not known."""
    if mine is None or theirs is None:
        return f"{area}, more on {more} of {counted(services, 'service')}"
    side = "more" if mine > theirs else "less" if mine < theirs else "the same"
    return (
        f"{area}, {side} in all (£{with_commas(mine)} against £{with_commas(theirs)}) "
        f"and more on {more} of {counted(services, 'service')}"
    )


def spending(council: str, compared: Sequence[str], total: Decimal | None, left_out: Sequence[str]) -> str:
    """left_out: what the table does not say of itself."""
    unnamed = f"The published table says {' and '.join(left_out)}." if left_out else ""
    if not compared:
        whole = "" if total is None else f", £{with_commas(total)} a head in all"
        return f"The table gives {council} alone{whole}. {unnamed}".strip()
    return f"{council} spends a head, against {'; against '.join(compared)}. {unnamed}".strip()


def difference(area: str) -> str:
    return f"Difference from {area}"


def all_measures(number: int) -> str:
    return f"All {number}"


def page_lines(lines: Sequence[int]) -> str:
    """'Public page, lines 4 to 9'."""
    if not lines:
        return "Public page"
    return f"Public page, line {lines[0]}" if len(lines) == 1 else f"Public page, lines {lines[0]} to {lines[-1]}"


def largest_gap(area: str, gap: str, service: str) -> str:
    return f"The largest gap to {area} is {gap} a head on {service[0].lower()}{service[1:]}"


def gap_head(area: str) -> str:
    return f"More or less than {area}, £ a head"


def rates(measure: str, mine: Decimal, theirs: Decimal) -> str:
    return f"{measure}: {mine} per 1,000 against {theirs}, {with_commas(mine / theirs, 2)} times the rate."
