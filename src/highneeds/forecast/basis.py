"""What a council's forecast is made from. Report, page and command ask here, so one council has one forecast.

It is learnt from the council's own accepted returns where there are two, else from published statistics, and starts
from what the council itself knows last of its plans and of its money.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from highneeds.caseload import Caseload
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.council import learn, learn_from_returns, with_own_figures
from highneeds.forecast.learning.evidence import area_of, last_january
from highneeds.forecast.learning.own_stock import through_own_stock
from highneeds.forecast.learning.projection import ProjectionMethod, published_projection
from highneeds.forecast.summary import ForecastInputs
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

ENOUGH_RETURNS = 2
"""One return cannot show how rates change."""

Adjusted = Callable[[ForecastInputs, Assumptions], ForecastInputs]


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


def starting_january(published: Published, la_number: str, returns: Sequence[Caseload] = ()) -> int:
    """The January that a forecast starts from: that of the last own return, else of the newest published total."""
    if len(returns) >= ENOUGH_RETURNS:
        return max(one.reference_date for one in returns).year
    return last_january(published, area_of(published, la_number))


def forecast_basis(
    published: Published,
    la_number: str,
    *,
    years: int,
    draws: int,
    seed: int,
    inputs: ForecastInputs | None = None,
    returns: Sequence[Caseload] = (),
    origin: int | None = None,
    opening_gbp: float | None = None,
    projection_method: ProjectionMethod = published_projection,
    adjusted: Adjusted = lambda inputs, assumptions: inputs,
) -> ForecastBasis:
    """Learn, and bring in what the council knows of its own.

    years        Januaries ahead of `starting_january`, or of `origin` where that is given
    inputs       what the council brings; with an `origin` or without a workspace there is nothing
    opening_gbp  an accumulated deficit from outside, where there are no inputs
    adjusted     what is typed goes before what the council's files say
    """
    used, said = 0, tuple[Note, ...]()
    if len(returns) >= ENOUGH_RETURNS:
        try:
            assumptions, notes = learn_from_returns(returns, published, years=years, opening_gbp=opening_gbp)
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
            draws=draws,
            seed=seed,
            origin=origin,
            opening_gbp=opening_gbp,
            projection_method=method,
        )
        said = (*said, *starts)
    if inputs is not None:
        inputs = adjusted(inputs, assumptions)
        assumptions, notes = with_own_figures(assumptions, notes, published, inputs)
    return ForecastBasis(la_number, published, assumptions, (*notes, *said), inputs, used, draws, seed)
