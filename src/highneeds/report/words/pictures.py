"""The titles of the charts that show how many children take which way, how old they are, and where the money stands."""

from collections.abc import Sequence

from highneeds.vocabulary.period import FinancialYear

WAY_COUNT = "Number"
WAY_SOURCE = "Our dashboard, the twelve months to {month}. Those at one step are not always the children at the next"
WAY_PUBLISHED = (
    "Statistics of the Department for Education, calendar year {year}. Those at one step are not always the "
    "children at the next"
)
STAGES_OWN = ("Requests decided", "Agreed to assess", "Plans agreed")
STAGES_PUBLISHED = ("Requests received", "Agreed to assess", "Plans issued")
MAINSTREAM, SPECIAL = "Mainstream", "Special or independent"
MOVES_COUNT = "Children and young people"
MOVES_SOURCE = "Our dashboard, the twelve months to {month}, every kind of move"
AGES_SOURCE = "Statistics of the Department for Education, census of each January"
AGE = "Age"
POSITION_SOURCE = "Our published figures. A year without a point has no published figure"
BALANCE_SOURCE = f"{POSITION_SOURCE}. Above £0 a surplus, below it a deficit"
PLACEMENTS_SOURCE = "The table above. Grey: projected"


BALANCE, SUM = "Balance", "Sum"
TARGETS_SOURCE = "Our published figures. Grey: agreed"


def balance_of(year: FinancialYear, at_its_end: bool, surplus: bool) -> str:
    """'In-year overspend 2024-25', 'Deficit at 31 March 2028'."""
    if at_its_end:
        return f"{'Surplus' if surplus else 'Deficit'} at 31 March {year.last_day.year}"
    return f"In-year {'surplus' if surplus else 'overspend'} {year}"


def as_it_stands(name: str, achieved: bool) -> str:
    return f"{name}, {'achieved' if achieved else 'forecast'}"


def as_agreed(name: str) -> str:
    return f"{name}, agreed"


def against_agreed(name: str, now: str, agreed: str) -> str:
    """'in-year overspend 2024-25 about £53m, £29.9m agreed'."""
    return f"{name[:1].lower()}{name[1:]} {now}, {agreed or 'none'} agreed"


def targets_title(findings: Sequence[str]) -> str:
    """'In-year overspend 2024-25 about £53m, £29.9m agreed; deficit at 31 March 2028 ...'."""
    text = "; ".join(findings)
    return f"{text[:1].upper()}{text[1:]}"


def of_requests(percent: object) -> str:
    """'65% of requests'."""
    return f"{percent}% of requests"


def way_title(first: str, first_name: str, last: str, last_name: str, when: str) -> str:
    """'Requests received: 3,988; plans issued: 1,978 (2023)'."""
    return f"{first_name}: {first}; {last_name[:1].lower()}{last_name[1:]}: {last} ({when})"


def moves_title(out: str, back: str, months: str) -> str:
    """'963 moved from mainstream to special or independent, 200 moved back (Feb 2024 to Jan 2025)'."""
    return f"{out} moved from mainstream to special or independent, {back} moved back ({months})"


def ages_title(at_age: str, before: str, after: str, first: int, last: int) -> str:
    """'Plans grew most at ages 11 to 15: from 4,127 in January 2019 to 7,445 in January 2024'."""
    return f"Plans grew most {at_age}: from {before} in January {first} to {after} in January {last}"


def ages_steady_title(first: int, last: int) -> str:
    return f"Plans by age in January {first} and January {last}"


def ages_broken_title(first: int, last: int, broken: int) -> str:
    """'Plans by age in January 2020 and January 2025, which cannot be compared: the return changed in January 2023'."""
    both = ages_steady_title(first, last)
    return f"{both}, which cannot be compared: the return changed in January {broken}"


def at_age(youngest: int, oldest: int) -> str:
    """'at ages 11 to 15'; from birth on 'under 5'."""
    return f"at ages {youngest} to {oldest}" if youngest else f"under {oldest + 1}"


def position_title(measure: str, day: str, latest: str, agreed: str, achieved: str = "") -> str:
    """'Accumulated deficit at 31 March 2028: at least £30m expected, no deficit agreed'."""
    named = ((latest, "expected"), (agreed, "agreed"), (achieved, "achieved"))
    parts = [f"{figure} {word}" if figure else "" for figure, word in named]
    return f"{measure} {day}: {', '.join(part for part in parts if part)}"


def placements_title(table: str, measure: str, latest: str, when: str, projected: str, then: str) -> str:
    """'Out of county post-16, total placements: 136 in Feb 2025, 85 projected for Sep 2026'."""
    small = f"{measure[:1].lower()}{measure[1:]}"
    return f"{table}, {small}: {latest} in {when}, {projected} projected for {then}"
