"""What late schools cost, beside what documents print of it, with everything that had to be assumed."""

from collections.abc import Iterator, Sequence

import numpy as np

from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.council import Forecast
from highneeds.forecast.levers import Lever
from highneeds.forecast.levers.school_opening import SchoolOpening
from highneeds.forecast.odds import CostOfDelay, delay_between
from highneeds.forecast.scenarios import Scenario
from highneeds.forecast.state import Floats
from highneeds.forecast.summary import Delay, DelayYear, Printed
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.setting import setting_words
from highneeds.vocabulary.table import Table

ALL_YEARS = "all years"
EARLY = ("early years",)


def delays_of(found: Forecast, scenarios: Sequence[Scenario], printed: Sequence[Printed] = ()) -> tuple[Delay, ...]:
    """For every scenario that is a delay of another: the same draws with two opening dates."""
    return tuple(_delay(found, scenarios, late, printed) for late in scenarios if late.delay_of and _priced(found))


def _priced(found: Forecast) -> bool:
    return all(costs is not None for _, costs in found.runs.values())


def _delay(found: Forecast, scenarios: Sequence[Scenario], late: Scenario, printed: Sequence[Printed]) -> Delay:
    early = next((one for one in scenarios if one.name == late.delay_of), None)
    if early is None:
        raise InputError(
            f"Scenario '{late.name}' is a delay of '{late.delay_of}', which is not among the scenarios",
            remedy="Give that scenario too, or leave delay_of out",
        )
    schools = tuple(lever.school for lever in early.levers if isinstance(lever, SchoolOpening))
    cost = delay_between(found.runs[early.name], found.runs[late.name], schools)
    return Delay(
        early.title or early.name,
        late.title or late.name,
        tuple(_years(cost, printed)),
        (*_assumed(early.levers), *_prices(found.baseline.prices)),
    )


def _years(cost: CostOfDelay, printed: Sequence[Printed]) -> Iterator[DelayYear]:
    """Every year, then all together; what is printed stands beside the years it is of."""
    said = {one.years: one for one in printed}
    every = f"{cost.years[0]}..{cost.years[-1]}"
    for place, year in enumerate(cost.years):
        yield _year(cost, slice(place, place + 1), year, said.get(year))
    for one in printed:
        first, _, last = one.years.partition("..")
        if last and {first, last} <= set(cost.years) and one.years != every:
            yield _year(cost, slice(cost.years.index(first), cost.years.index(last) + 1), one.years, one)
    yield _year(cost, slice(None), every, said.get(every))
    if "" in said:
        yield _year(cost, slice(None), ALL_YEARS, said[""])


def _year(cost: CostOfDelay, years: slice, name: str, printed: Printed | None) -> DelayYear:
    lost: Floats = cost.extra_gbp[:, years].sum(axis=1)
    low, high = np.quantile(lost, (0.1, 0.9))
    missed = cost.places_missed[:, years].sum(axis=1)
    sums = (round(float(lost.mean()), 2), round(float(low), 2), round(float(high), 2))
    words, source = ("", "") if printed is None else (printed.words, printed.source)
    return DelayYear(name, sums, round(float(missed.mean()), 1), words, source)


def _assumed(levers: Sequence[Lever]) -> Iterator[Note]:
    """What of each opening is an assumption: places, how they fill, who comes, how many accept."""
    alike: dict[Note, list[str]] = {}
    for lever in levers:
        if isinstance(lever, SchoolOpening):
            alike.setdefault(_opening(lever), []).append(lever.school)
    for opening, schools in alike.items():
        yield Note(opening.code, (("schools", " and ".join(schools)), *opening.parameters))


def _opening(lever: SchoolOpening) -> Note:
    return Note.of(
        "delay.opening",
        places=", ".join(str(count) for count in lever.places),
        first_age=lever.first_age, last_age=lever.last_age, low=lever.low, high=lever.high, central=lever.central,
        bound=" or ".join(setting_words(name) for name in lever.instead_of),
    )  # fmt: skip


def _prices(prices: Prices | None) -> Iterator[Note]:
    """The prices on both sides, and whose they are."""
    for line in prices.lines if prices else ():
        if {"special_state", "special_independent"} & set(line.settings) and line.in_dsg and line.phases != EARLY:
            year = str(FinancialYear(line.base_year))
            own = "" if line.estimate else "own"
            yield Note.of("delay.price", line=line.title, gbp=line.gbp, basis=line.basis.value, year=year, whose=own)


def delay_table(delays: Sequence[Delay]) -> Table:
    """By pair and year: the mean and an 80% band of the money lost, the child-years, and what a document prints."""
    columns = ("planned", "actual", "years", "lost_gbp", "lost_gbp_p10", "lost_gbp_p90", "child_years_missed")
    rows = [
        (
            one.planned,
            one.actual,
            year.years,
            *year.lost_gbp,
            year.child_years,
            year.printed or None,
            year.source or None,
        )
        for one in delays
        for year in one.years
    ]
    return Table.of((*columns, "printed", "printed_where"), rows, "Cost of delay")
