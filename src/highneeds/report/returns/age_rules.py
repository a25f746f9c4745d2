"""Two rules of age. The DSG management plan takes the age on the 31 August before; the reform plan the age reached
in the
school year, which for every child is one more. The published statistics and the forecast count by the first."""

from datetime import date

from highneeds.forecast.state import AGE_BANDS, OLDEST

AUGUST, LAST_OF_AUGUST = 8, 31


def age_on_31_august_before(born: date, census: date) -> int:
    """The age on the last 31 August before a census day."""
    year = census.year if (census.month, census.day) > (AUGUST, LAST_OF_AUGUST) else census.year - 1
    return year - born.year - ((born.month, born.day) > (AUGUST, LAST_OF_AUGUST))


def age_reached_in_the_school_year(born: date, census: date) -> int:
    """The age that is reached between the 1 September before a census day and the next 31 August."""
    return age_on_31_august_before(born, census) + 1


def age_group(age: int) -> str:
    """'Age 5 to 10'; the oldest group takes whoever is older."""
    return next(name for name, low, high in AGE_BANDS if low <= min(age, OLDEST) <= high)


def groups_of_ages(further: int = 0) -> list[list[int]]:
    """For each age group the ages on 31 August that fall into it; `further` is added to each, 1 for the reform plan."""
    names = [name for name, _, _ in AGE_BANDS]
    found: list[list[int]] = [[] for _ in names]
    for age in range(OLDEST + 1):
        found[names.index(age_group(age + further))].append(age)
    return found
