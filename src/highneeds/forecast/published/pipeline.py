"""What the requests of the last calendar year say of England's plans: the newest signal that is published.

A request becomes a plan, if it does, mostly in the next calendar year, and England's new plans have been 0.70 to 0.82
of the requests of the year before in every year known. So the next January is forecast by what is in the pipe: plans
that do not end, and new plans of the usual share of requests. Later years' requests are taken to go on as England's
plans have grown.
"""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.published.panel import Array, PublishedPanel

MEMORY = 0.7
"""Weight of a year's share beside that of the year after it."""

HALF_TRUST_YEARS = 8.0
"""Years of requests and the new plans after them at which the pipe is believed as much as the mean since the reform."""

FADE = 0.7
"""What is left of that trust in each later year, whose requests nobody has seen. With a trust of 4 to 16 years and a
fade of 0.5 to 1 the errors hardly differ (docs/explanation/forecast-method.md)."""

FIRST_JANUARY = 2016
"""Endings are learnt from the first census a year after the reform: before it, few ended and many were transferred."""


@dataclass(frozen=True)
class Pipeline:
    """England's requests as known at a January, and what came of earlier ones.

    plans, requests   in force, and received in the last calendar year
    issued            new plans of a year per request of the year before
    ended             net endings of a year per plan at its beginning
    years             how many pairs of years the share rests on
    """

    plans: float
    requests: float
    issued: float
    ended: float
    years: int

    def growth(self, usual: float, years: int) -> Array:
        """(years,) log growth in each year ahead; requests grow by `usual` a year."""
        found, plans = np.zeros(years), self.plans
        for ahead in range(years):
            later = plans * (1 - self.ended) + self.issued * self.requests * np.exp(usual * ahead)
            found[ahead], plans = np.log(later / plans), later
        return found


def pipeline_of(panel: PublishedPanel) -> Pipeline | None:
    """None where the requests of the last year, or what came of earlier ones, are not published."""
    requests, new = panel.england_flows["requests"], panel.england_flows["new_plans"]
    plans = np.exp(panel.england)
    issued = new[1:] / requests[:-1]
    ended = (plans[:-1] + new[1:] - plans[1:]) / plans[:-1]
    ended = ended[max(0, FIRST_JANUARY - panel.first) :]
    pairs = int(np.isfinite(issued).sum())
    if not pairs or not np.isfinite(ended).any() or not requests[-1] > 0:
        return None
    return Pipeline(float(plans[-1]), float(requests[-1]), _recent(issued), _recent(ended), pairs)


def pipeline_growth(panel: PublishedPanel, usual: float, horizon: int) -> float:
    """By how much the pipe moves England's log growth over the horizon beside `usual` a year; nought where unknown."""
    pipe = pipeline_of(panel)
    if pipe is None:
        return 0.0
    trust = pipe.years / (pipe.years + HALF_TRUST_YEARS) * FADE ** np.arange(horizon)
    return float((trust * (pipe.growth(usual, horizon) - usual)).sum())


def _recent(values: Array) -> float:
    """The mean of the known values, newer ones weighing more."""
    known = np.isfinite(values)
    weight = np.where(known, MEMORY ** np.arange(len(values))[::-1], 0.0)
    return float((weight * np.where(known, values, 0.0)).sum() / weight.sum())
