"""What a council's forecast is made from. Report, page and command ask here, so one council has one forecast.

It is learnt from the council's own accepted returns where there are two, else from published statistics, and starts
from what the council itself knows last of its plans and of its money.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from highneeds.caseload import Caseload
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.council import learn, learn_from_returns, with_own_figures
from highneeds.forecast.learning.evidence import area_of, last_january
from highneeds.forecast.learning.own_stock import through_own_stock
from highneeds.forecast.learning.projection import ProjectionMethod, published_projection
from highneeds.forecast.money import started
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.summary import Balance, ForecastInputs
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

ENOUGH_RETURNS = 2
"""One return cannot show how rates change."""

MOST_YEARS = 25
"""The furthest that a forecast looks, in Januaries."""
OWN_LEFT_OUT = Note.of("origin.own_figures_left_out")

Adjusted = Callable[[ForecastInputs, Assumptions], ForecastInputs]


@dataclass(frozen=True)
class ForecastExtent:
    """How much is forecast.

    years        Januaries ahead of `starting_january`, or of `origin` where that is given
    draws, seed  how many futures, and of which random numbers
    origin       the January after which everything is forgotten; None for all that is known
    opening_gbp  an accumulated deficit from outside, where there are no inputs
    """

    years: int
    draws: int
    seed: int
    origin: int | None = None
    opening_gbp: float | None = None


@dataclass(frozen=True)
class ForecastBasis:
    """assumptions   with prices, and with the council's own figures where `inputs` has them
    inputs        what the council brings of its own; None where nothing of its own is asked for
    returns       how many of its own SEN2 returns it was learnt from; 0 for published statistics
    """

    la_number: str
    published: Published
    assumptions: Assumptions
    notes: tuple[Note, ...]
    inputs: ForecastInputs | None
    returns: int
    draws: int
    seed: int

    @property
    def own(self) -> bool:
        return self.returns > 0

    @property
    def targets(self) -> dict[str, float]:
        """In-year deficits that were agreed, in pounds by financial year."""
        return dict(self.inputs.targets) if self.inputs else {}

    def started(self, options: RunOptions) -> "ForecastBasis":
        """The same with its years starting from what the council itself knows of them, for many runs of one basis."""
        if self.inputs is None:
            return self
        baseline = simulate(self.assumptions, self.draws, self.seed, options)
        return replace(self, assumptions=started(baseline, self.inputs))


def starting_january(published: Published, la_number: str, returns: Sequence[Caseload] = ()) -> int:
    """The January that a forecast starts from: that of the last own return, else of the newest published total."""
    if len(returns) >= ENOUGH_RETURNS:
        return max(one.reference_date for one in returns).year
    return last_january(published, area_of(published, la_number))


def januaries_until(year: FinancialYear, start: int, where: str) -> int:
    """How many Januaries ahead of that of `start` a forecast must run so that it holds the financial year whole."""
    years = year.start - start + 1
    if not 1 <= years <= MOST_YEARS:
        raise InputError(
            f"{year} is not in a forecast that starts from January {start}",
            where=where,
            remedy="Choose a later year" if years < 1 else f"Choose one of the next {MOST_YEARS}",
        )
    return years


def from_opening(inputs: ForecastInputs, opening_gbp: float | None, assumptions: Assumptions) -> ForecastInputs:
    """A balance that is typed goes before the workspace's; nothing is then known of contributions."""
    if opening_gbp is None:
        return inputs
    before = str(assumptions.calendar.financial_years[0].plus(-1))
    return replace(inputs, opening=Balance(before, opening_gbp, "--opening"), promised_gbp=0.0, paid_gbp=0.0)


def forecast_basis(
    published: Published,
    la_number: str,
    extent: ForecastExtent,
    *,
    inputs: ForecastInputs | None = None,
    returns: Sequence[Caseload] = (),
    projection_method: ProjectionMethod = published_projection,
    adjusted: Adjusted = lambda inputs, assumptions: inputs,
) -> ForecastBasis:
    """Learn, and bring in what the council knows of its own.

    inputs       what the council brings; with an `origin` or without a workspace there is nothing
    adjusted     what is typed goes before what the council's files say
    """
    used, said, years = 0, tuple[Note, ...](), extent.years
    if len(returns) >= ENOUGH_RETURNS:
        try:
            assumptions, notes = learn_from_returns(returns, published, years=years, opening_gbp=extent.opening_gbp)
            used = len(returns)
            said = (Note.of("returns.synthetic"),) if any(one.synthetic for one in returns) else ()
        except InputError as problem:
            said = (Note.of("returns.not_used", why=problem.what, remedy=problem.remedy),)
            years += starting_january(published, la_number, returns) - starting_january(published, la_number)
    if not used:
        method, starts = through_own_stock(projection_method, inputs.stock if inputs else None)
        assumptions, notes = learn(
            published,
            la_number,
            years=years,
            draws=extent.draws,
            seed=extent.seed,
            origin=extent.origin,
            opening_gbp=extent.opening_gbp,
            projection_method=method,
        )
        said = (*said, *starts)
    if inputs is not None:
        inputs = adjusted(inputs, assumptions)
        assumptions, notes = with_own_figures(assumptions, notes, published, inputs)
    return ForecastBasis(la_number, published, assumptions, (*notes, *said), inputs, used, extent.draws, extent.seed)
