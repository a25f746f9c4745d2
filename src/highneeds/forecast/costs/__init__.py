"""What it costs: section 251 lines over plans and places, by financial year and draw."""

from highneeds.forecast.costs.price import Costs, price
from highneeds.forecast.costs.prices import Grant, PriceLine, Prices

__all__ = ["Costs", "Grant", "PriceLine", "Prices", "price"]
