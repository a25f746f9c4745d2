"""What the levers on money share."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.prices import Grant, PriceLine, Prices
from highneeds.vocabulary.errors import InputError


def prices_of(assumptions: Assumptions, lever: str) -> Prices:
    """The prices; a lever on money is refused where nothing is known of money."""
    prices: Prices | None = assumptions.prices
    if prices is None:
        raise InputError(
            f"Lever {lever} changes prices, and no price is known for {assumptions.council}",
            remedy="Leave the lever out, or give unit costs",
        )
    return prices


def grant_of(assumptions: Assumptions, lever: str) -> Grant:
    """The grant; refused where no allocation is known."""
    grant = prices_of(assumptions, lever).grant
    if grant is None:
        raise InputError(
            f"Lever {lever} changes what the council receives, and no allocation is known for {assumptions.council}",
            remedy="Leave the lever out, or give the high needs allocation",
        )
    return grant


def with_lines(
    assumptions: Assumptions, lever: str, names: tuple[str, ...], change: Callable[[PriceLine], PriceLine]
) -> Assumptions:
    """The assumptions with some budget lines changed."""
    return replace(assumptions, prices=prices_of(assumptions, lever).changed(names, change))


def added(known: Mapping[int, float], years: range, amount: float) -> dict[int, float]:
    """`amount` more in each of `years`."""
    return {year: known.get(year, 0.0) + (amount if year in years else 0.0) for year in {*known, *years}}
