"""Backlogs are stocks: working one off is an event with an end, and never trains a lasting rate.

Assessments over 20 weeks are a stock of the opening: they are finished at a pace of their own, and when they are gone
they are gone. The pace of the rest is learnt from requests that were in time.

Reviews not done in time hide plans that a review would have ended. When more of them are done in a year than fall
due anew, the plans that end because of it are an event. They are told from the lasting rate by the plans whose review
was not overdue: what ended beyond their rate, as far as the stock fell, is taken out of what rates are learnt from.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from highneeds.forecast.defaults import default
from highneeds.forecast.learning.observed import Observed
from highneeds.forecast.state import Calendar, Floats

LEAN = 50.0
"""Reviews without an end beyond the usual that the chance of one leans on."""


@dataclass(frozen=True)
class Reviews:
    """What clearing overdue reviews did.

    one_off    (terms, ages, settings) plans that ended because the stock fell: never part of a lasting rate
    cleared    reviews by which the stock fell, all years together
    chance     plans that end, beyond the lasting rate, for each review cleared
    """

    one_off: Floats
    cleared: float
    chance: float


def reviews_cleared(seen: Observed) -> Reviews:
    """The ends that came of clearing overdue reviews, year by year."""
    one_off, cleared = np.zeros_like(seen.overdue_ended), 0.0
    known = list(zip(seen.overdue_years, seen.overdue_stock, seen.overdue_done, strict=True))
    for (year, start, _), (_, end, done) in pairwise(known):
        terms = [t for t, term in enumerate(seen.terms) if term.year == year]
        fell = max(float(start - end), 0.0)
        if terms and fell and done:
            cleared += fell
            one_off[terms] = beyond_the_rest(seen, terms) * min(fell / float(done), 1.0)
    return Reviews(one_off, cleared, float(one_off.sum()) / (cleared + LEAN))


def beyond_the_rest(seen: Observed, terms: list[int]) -> Floats:
    """(terms, ages, settings) ends of plans with an overdue review beyond the rate of those without one."""
    late, ended = seen.overdue[terms], seen.overdue_ended[terms]
    rest = seen.at_risk[terms].sum(axis=2) - late
    others = seen.ended[terms].sum(axis=2) - ended
    by_age = (others.sum(axis=2) + 1e-9) / (rest.sum(axis=2) + 1e-6)
    expected = float((late.sum(axis=2) * by_age).sum())
    beyond = max(float(ended.sum()) - expected, 0.0)
    found: Floats = ended * (beyond / max(float(ended.sum()), 1e-9))
    return found


def still_to_come(seen: Observed, chance: float, calendar: Calendar) -> Floats:
    """(terms, ages, settings) chance of an end beside the lasting rate: today's overdue reviews, worked off once."""
    pace = default("reviews_worked_off_per_term").value
    stock, plans = seen.overdue_plans.copy(), seen.plans.sum(axis=1).astype(float)
    found = np.zeros((len(calendar.terms), *stock.shape))
    for step, number in enumerate(calendar.numbers):
        if number == calendar.rollover and step:
            stock, plans = _older(stock), _older(plans)
        found[step] = np.minimum(chance * pace * stock / np.maximum(plans, 1.0), 0.5)
        stock = stock * (1.0 - pace)
    return found


def _older(stock: Floats) -> Floats:
    found = np.zeros_like(stock)
    found[1:] = stock[:-1]
    return found
