"""Two rules of age. The DSG management plan takes the age on the 31 August before; the reform plan the age reached in
the school year, which for every child is one more. The published statistics and the forecast count by the first."""

from highneeds.forecast.state import AGE_BANDS, OLDEST


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
