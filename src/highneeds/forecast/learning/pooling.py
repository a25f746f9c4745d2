"""Partial pooling: a cell leans on its margin by how much evidence each has, and the margin on a wider prior.

Counts are binomial; cells of one margin are spread around it like a beta distribution whose concentration (how many
cases the margin is worth) is the one that makes the counts likeliest. What is left of doubt is the beta posterior.
The library of its curves takes a third of a second to load, so it is loaded where one is asked for.
"""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.state import Floats

CONCENTRATIONS = np.geomspace(3.0, 5000.0, 23)
LEAST = 1e-5


@dataclass(frozen=True)
class Pooled:
    """Chances with their doubt: beta(a, b) in every cell.

    mean, a, b   of one shape; concentration: how many cases the prior was worth
    """

    mean: Floats
    a: Floats
    b: Floats
    concentration: float

    def quantile(self, chance: float) -> Floats:
        from scipy.special import betaincinv

        found: Floats = betaincinv(self.a, self.b, chance)
        return found

    def rank_of(self, truth: Floats) -> Floats:
        """The posterior chance of a value below the truth: even over 0 to 1 when the doubt is honest."""
        from scipy.special import betainc

        found: Floats = betainc(self.a, self.b, truth)
        return found

    @property
    def sd(self) -> Floats:
        whole = self.a + self.b
        found: Floats = np.sqrt(self.a * self.b / (whole**2 * (whole + 1.0)))
        return found


def pooled(events: Floats, at_risk: Floats, prior: Floats) -> Pooled:
    """Chances of cells that lean on `prior` (broadcast to their shape), by the evidence of all cells together.

    How many cases the prior is worth is itself in doubt: every concentration counts by its likelihood, and a prior
    worth twice as many cases is held half as likely beforehand, so that little evidence does not pass for none needed.
    """
    wanted = np.clip(np.broadcast_to(prior, events.shape), LEAST, 1.0 - LEAST)
    scores = np.array([_likelihood(events, at_risk, wanted, weight) for weight in CONCENTRATIONS])
    scores = scores - np.log(CONCENTRATIONS)
    belief = np.exp(scores - scores.max())
    belief = belief / belief.sum()
    mean, square = np.zeros(events.shape), np.zeros(events.shape)
    for share, weight in zip(belief, CONCENTRATIONS, strict=True):
        a, whole = events + weight * wanted, at_risk + weight
        one = a / whole
        mean += share * one
        square += share * (one * (1.0 - one) / (whole + 1.0) + one**2)
    worth = float(np.exp((belief * np.log(CONCENTRATIONS)).sum()))
    return _beta(mean, square - mean**2, worth)


def _beta(mean: Floats, variance: Floats, worth: float) -> Pooled:
    """The beta distribution of that mean and variance."""
    whole = np.maximum(mean * (1.0 - mean) / np.maximum(variance, 1e-15) - 1.0, 0.05)
    return Pooled(mean, mean * whole, (1.0 - mean) * whole, worth)


def _likelihood(events: Floats, at_risk: Floats, prior: Floats, weight: float) -> float:
    """Log of the beta-binomial likelihood of all cells, but for what does not depend on the weight."""
    from scipy.special import betaln

    a, b = weight * prior, weight * (1.0 - prior)
    return float((betaln(events + a, at_risk - events + b) - betaln(a, b))[at_risk > 0].sum())


def pooled_by_margin(events: Floats, at_risk: Floats, wider: Floats) -> Pooled:
    """(ages, settings) cells that lean on their age, whose chance leans on a wider prior at the council's own level.

    wider   (ages, settings) chances of a wider area, such as England
    """
    level = (events.sum() + 1.0) / ((at_risk * wider).sum() + 1.0)
    expected = np.clip(wider * level, LEAST, 0.98)
    age_prior = (at_risk * expected).sum(axis=1) / np.maximum(at_risk.sum(axis=1), LEAST)
    age_prior = np.where(at_risk.sum(axis=1) > 0, age_prior, expected.mean(axis=1))
    shape = expected / np.maximum(age_prior, LEAST)[:, None]
    alike = _design(events, at_risk, np.clip(shape * _crude(events, at_risk, age_prior)[:, None], LEAST, 0.98))
    by_age = pooled(events.sum(axis=1) / alike, at_risk.sum(axis=1) / alike, age_prior)
    by_age = with_doubt(by_age, at_risk.sum(axis=1) / alike, age_prior * _doubt_of_level(events, by_age, age_prior))
    others = _of_the_others(by_age, events / alike[:, None], at_risk / alike[:, None])
    cells = pooled(events, at_risk, np.clip(others * shape, LEAST, 0.98))
    return with_doubt(cells, at_risk, by_age.sd[:, None] * shape)


def _of_the_others(by_age: Pooled, events: Floats, at_risk: Floats) -> Floats:
    """(ages, settings) the chance of the age by all its other settings: no cell leans on its own cases twice."""
    whole = (by_age.a + by_age.b)[:, None]
    left = np.maximum(whole - at_risk, 1e-3)
    found: Floats = np.clip((by_age.a[:, None] - events) / left, 0.2 * by_age.mean[:, None], None)
    return found


def with_doubt(cells: Pooled, at_risk: Floats, prior_sd: Floats) -> Pooled:
    """The same means, with the doubt of the margin they lean on added to their own."""
    leans = cells.concentration / (at_risk + cells.concentration)
    return _beta(cells.mean, cells.sd**2 + (leans * prior_sd) ** 2, cells.concentration)


def _doubt_of_level(events: Floats, by_age: Pooled, age_prior: Floats) -> float:
    """Standard deviation of the log of the council's level: few events, and ages that differ from the wider area."""
    differing = float(((1.0 - age_prior) / np.maximum(age_prior, 1e-3)).mean()) / (by_age.concentration + 1.0)
    return float(np.sqrt(1.0 / (events.sum() + 1.0) + differing / len(age_prior)))


def _crude(events: Floats, at_risk: Floats, prior: Floats) -> Floats:
    """Chances by age that lean on the prior as if it were 50 cases."""
    found: Floats = (events.sum(axis=1) + 50.0 * prior) / (at_risk.sum(axis=1) + 50.0)
    return found


def _design(events: Floats, at_risk: Floats, prior: Floats) -> Floats:
    """(ages) by how much the cases of an age count less, because those of one cell are alike (the design effect)."""
    likeness = 1.0 / (pooled(events, at_risk, prior).concentration + 1.0)
    usual = (at_risk**2).sum(axis=1) / np.maximum(at_risk.sum(axis=1), 1.0)
    found: Floats = 1.0 + np.maximum(usual - 1.0, 0.0) * likeness
    return found


def recent(by_year: Floats, half_life: float) -> Floats:
    """Years along the first axis, oldest first, summed with weights that halve every `half_life` years."""
    age = np.arange(len(by_year))[::-1]
    found: Floats = np.tensordot(0.5 ** (age / half_life), by_year, axes=1)
    return found
