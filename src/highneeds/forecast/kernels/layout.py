"""What goes into a kernel and what comes out: plain arrays that say their shape."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from highneeds.forecast.assumptions import Assumptions, Opening, Rates
from highneeds.forecast.places import PlacesForKernel, for_kernel
from highneeds.forecast.state import (
    AGES,
    END_REASONS,
    FLOWS_BY_AGE,
    FLOWS_BY_NEED,
    FLOWS_BY_PROVISION,
    NEEDS,
    PHASES,
    CountArray,
    Floats,
    Ints,
    band_of_ages,
)

DAYS_IN_YEAR = 365.0


@dataclass(frozen=True)
class Inputs:
    """Everything that is the same for every draw.

    numbers      (terms)  term of the year: 0 to 31 March, 1 to 31 August, 2 to 31 December
    year         (terms)  forecast year, 0 first; the further term is of one year more
    money_year   (terms)  whole financial year, 0 first; -1 before the first
    days         (terms)  length of the term in years
    rollover     the term of the year that begins with everyone a year older
    band, phase  (ages)   age band and phase of every age
    weight       (ages, needs, provisions)  price of a plan there beside the ordinary price of its provision and phase
    """

    rates: Rates
    opening: Opening
    places: PlacesForKernel
    numbers: Ints
    year: Ints
    money_year: Ints
    days: Floats
    rollover: int
    band: Ints
    phase: Ints
    weight: Floats

    @property
    def terms(self) -> int:
        return len(self.numbers)

    @property
    def years(self) -> int:
        return int(self.year[-1])

    @property
    def provisions(self) -> int:
        return int(self.opening.plans.shape[2])


@dataclass(frozen=True)
class DrawnPaths:
    """What is drawn once for a whole path.

    Years are those of the forecast and that of the further term.

    demand   (draws, years)          multiplies requests
    band     (draws, bands)          multiplies requests of an age band
    agree, issue   (draws)           added to the logit of the chance
    end      (draws, years, bands)   multiplies the hazard of ending
    tilt     (draws, provisions)     multiplies the weight of a destination
    """

    demand: Floats
    band: Floats
    agree: Floats
    issue: Floats
    end: Floats
    tilt: Floats

    @property
    def draws(self) -> int:
        return len(self.demand)

    def part(self, which: Ints | slice) -> "DrawnPaths":
        """The same for some of the draws."""
        return DrawnPaths(*(getattr(self, one.name)[which] for one in fields(self)))


@dataclass(frozen=True)
class SimulatedFlows:
    """What happened in every draw. closing = opening - ended + started, in every draw, term and cell.

    by_age         (draws, terms, flows by age, ages)
    by_need        (draws, terms, flows by need, needs)
    by_provision   (draws, terms, flows by provision, provisions)
    reasons        (draws, terms, reasons)              why plans ended
    volume         (draws, financial years, provisions, phases)   plans times years, weighted by price
    census         (censuses, ages, needs, provisions)  plans each January after the opening, summed over the draws
    moves          (years + 1, provisions, provisions)  moves from and to, summed over the draws
    """

    by_age: CountArray
    by_need: CountArray
    by_provision: CountArray
    reasons: CountArray
    volume: Floats
    census: Ints
    moves: Ints

    @property
    def draws(self) -> int:
        return len(self.by_age)

    def without_people(self) -> "SimulatedFlows":
        """Without ages, needs and reasons, four fifths of it all: money, places and comparisons ask for none."""
        empty = {name: getattr(self, name)[:, :0].copy() for name in OF_PEOPLE}
        return replace(self, **empty)


OF_PEOPLE = ("by_age", "by_need", "reasons")
PER_DRAW = ("by_age", "by_need", "by_provision", "reasons", "volume")
SUMMED = ("census", "moves")


def empty_outcome(inputs: Inputs, draws: int) -> SimulatedFlows:
    """Nothing has happened yet."""
    terms, count, years = inputs.terms, inputs.provisions, inputs.years
    return SimulatedFlows(
        np.zeros((draws, terms, len(FLOWS_BY_AGE), AGES), dtype=np.int32),
        np.zeros((draws, terms, len(FLOWS_BY_NEED), len(NEEDS)), dtype=np.int32),
        np.zeros((draws, terms, len(FLOWS_BY_PROVISION), count), dtype=np.int32),
        np.zeros((draws, terms, len(END_REASONS)), dtype=np.int32),
        np.zeros((draws, years, count, len(PHASES))),
        np.zeros((years, AGES, len(NEEDS), count), dtype=np.int64),
        np.zeros((years + 1, count, count), dtype=np.int64),
    )


def inputs_of(assumptions: Assumptions, weight: Floats | None = None) -> Inputs:
    """Assumptions as a kernel wants them."""
    assumptions.rates.check()
    calendar = assumptions.calendar
    shape = assumptions.opening.plans.shape
    return Inputs(
        rates=_contiguous(assumptions.rates),
        opening=assumptions.opening,
        places=for_kernel(assumptions.places, assumptions.provisions, calendar),
        numbers=calendar.numbers,
        year=calendar.year_of_terms(),
        money_year=np.array([term.financial_year.start - calendar.origin for term in calendar.terms], dtype=np.int64),
        days=np.array([term.days / DAYS_IN_YEAR for term in calendar.terms]),
        rollover=calendar.rollover,
        band=band_of_ages(),
        phase=band_of_ages(PHASES),
        weight=np.ones(shape) if weight is None else weight,
    )


def _contiguous(rates: Rates) -> Rates:
    return replace(rates, **{one.name: np.ascontiguousarray(getattr(rates, one.name)) for one in fields(rates)})


def in_order(parts: Iterable[tuple[Ints, SimulatedFlows]], draws: int) -> SimulatedFlows:
    """Outcomes of some draws each, put in the order of the draws as they come; sums are of whole numbers, so exact."""
    whole: dict[str, Any] = {}
    for which, part in parts:
        for name in PER_DRAW:
            values = getattr(part, name)
            if name not in whole:
                whole[name] = np.empty((draws, *values.shape[1:]), values.dtype)
            whole[name][which] = values
        for name in SUMMED:
            whole[name] = whole.get(name, 0) + getattr(part, name)
    return SimulatedFlows(**whole)
