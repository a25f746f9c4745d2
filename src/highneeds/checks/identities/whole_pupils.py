"""A fill rate is a whole number of pupils over the commissioned places.

Kent's fill rates from September 2024 carry no whole number of pupils on the places printed beside them.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from highneeds.checks.identities._kind import IdentityKind, IdentityPromise, PeriodSeries
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import with_commas


def places_in(places: PeriodSeries, month: Month) -> Decimal | None:
    """The places of the school year a month lies in. A label 2023-24 holds from September 2023 to August 2024."""
    return places.get(FinancialYear(month.year if month.number >= 9 else month.year - 1))


def broken_months(promise: IdentityPromise) -> Iterator[tuple[Month, str]]:
    """Months in which no whole number of pupils gives the printed rate on the printed places."""
    half_unit = promise.half_units[0]
    for month in sorted(period for period in promise.result if isinstance(period, Month)):
        rate, places = promise.result[month], places_in(promise.terms[0], month)
        if not places:
            continue
        least = ((rate - half_unit) * places / 100).to_integral_value(ROUND_CEILING)
        most = ((rate + half_unit) * places / 100).to_integral_value(ROUND_FLOOR)
        if least > most:
            pupils = rate * places / 100
            yield month, f"{rate}% of {with_commas(places)} places is {pupils:.2f} pupils, not a whole number"


def _filled(rate: str, month: Month, places: int) -> IdentityPromise:
    """A fill rate of a month beside the 1,430 places of one school year."""
    held: PeriodSeries = {FinancialYear(places): Decimal(1430)}
    return IdentityPromise({month: Decimal(rate)}, (held,), (Decimal("0.005"), Decimal(0)))


_SEPTEMBER, _AUGUST = Month(2024, 9), Month(2024, 8)

whole_pupils = IdentityKind(
    name="whole_pupils",
    title="A fill rate is a whole number of pupils over the commissioned places",
    fix="Give the number of places that held on that day; the printed one does not carry this rate.",
    source="Arithmetic: pupils are whole, and a printed rate is rounded by at most half its last digit",
    ask=broken_months,
    terms=1,
    example=(
        _filled("98.75", _SEPTEMBER, 2024),
        ("98.75% of 1,430 places is 1412.12 pupils, not a whole number",),
    ),
    holds_for=(
        _filled("98.74", _SEPTEMBER, 2024),
        _filled("98.81", _SEPTEMBER, 2024),
        _filled("98.75", _SEPTEMBER, 2023),
        _filled("98.75", _AUGUST, 2024),
    ),
    also_broken_by=(_filled("98.80", _SEPTEMBER, 2024), _filled("98.75", _AUGUST, 2023)),
)
