"""Rates from a council's own SEN2: every cell leans on its margin, recent years weigh more, trends are damped."""

from collections.abc import Sequence

import numpy as np

from highneeds.forecast.assumptions import Assumption, Opening, Rates, Spread
from highneeds.forecast.defaults import default
from highneeds.forecast.learning.borrowed import Year
from highneeds.forecast.learning.observed import Observed
from highneeds.forecast.learning.pooling import Pooled, damped_trend, pooled, pooled_by_margin, recent
from highneeds.forecast.learning.shares import rows_of_shares
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Calendar, Floats

SOURCE = "the council's own SEN2"


class Learnt:
    """What one set of returns teaches about each term of the year; `wider` is the borrowed year it leans on."""

    def __init__(self, seen: Observed, wider: Year) -> None:
        self.seen, self.wider = seen, wider
        self.half_life = default("half_life").value
        self.end = [pooled_by_margin(*self.pair("ended", number), self.term_end(number)) for number in range(3)]
        self.leave = [self.leaving(number) for number in range(3)]
        self.agree = self.chance("agreed", ("agreed", "refused"), wider.agree)
        self.issue = self.chance("issued", ("assessed",), wider.issue)

    def by_year(self, name: str, number: int) -> Floats:
        """(years, ...) one term of every year."""
        picked = [index for index, term in enumerate(self.seen.terms) if term.number == number]
        found: Floats = getattr(self.seen, name)[picked]
        return found

    def pair(self, name: str, number: int) -> tuple[Floats, Floats]:
        """Events and those at risk, recent years weighing more."""
        events, at_risk = self.by_year(name, number), self.by_year("at_risk", number)
        return recent(events, self.half_life), recent(at_risk, self.half_life)

    def term_end(self, number: int) -> Floats:
        shares = (default("ends_in_spring").value, default("ends_in_summer").value)
        share = (*shares, 1.0 - sum(shares))[number]
        found: Floats = 1.0 - (1.0 - self.wider.end) ** share
        return found

    def leaving(self, number: int) -> Pooled:
        moved = recent(self.by_year("moved", number).sum(axis=3), self.half_life)
        at_risk = recent(self.by_year("at_risk", number), self.half_life)
        wider = self.wider.september if number == 2 else self.wider.in_year
        return pooled_by_margin(np.minimum(moved, at_risk), at_risk, np.maximum(wider, 1e-4))

    def chance(self, name: str, whole: Sequence[str], prior: float) -> Pooled:
        """A chance by age of a decision."""
        events = recent(getattr(self.seen, name), 3 * self.half_life)
        asked = recent(sum(getattr(self.seen, one) for one in whole), 3 * self.half_life)
        level = (events.sum() + 20.0 * prior) / (asked.sum() + 20.0)
        return pooled(events, np.maximum(asked, events), np.full(AGES, level))

    def go_to(self, number: int) -> Floats:
        """(ages, settings, settings) where leavers go: own moves, leaning on the borrowed shares of the age."""
        moved = recent(self.by_year("moved", number), self.half_life)
        everyone = recent(self.seen.moved, 3 * self.half_life).sum(axis=0)
        flat = np.ones(len(SETTINGS))
        prior = rows_of_shares(0.5 * self.wider.go_to + 0.5 * rows_of_shares(everyone + 1e-9, flat), flat)
        rows = moved + 8.0 * prior
        rows[:, np.arange(len(SETTINGS)), np.arange(len(SETTINGS))] = 0.0
        return rows_of_shares(rows, np.ones(len(SETTINGS)))

    def requests(self, calendar: Calendar) -> Floats:
        """(terms, ages) requests: recent level by term and age, with a damped trend and the population's growth."""
        growth = self.wider.people / np.maximum(self.wider.people[0], 1e-9)
        ages = recent(self.seen.requests, 3 * self.half_life)
        ages = ages + 5.0 * self.wider.new / max(self.wider.new.sum(), 1e-9)
        yearly = self.yearly("requests")
        trend, damping = damped_trend(yearly, 1.0), default("trend_damping").value
        terms, years = calendar.numbers, calendar.year_of_terms()
        found = np.zeros((len(terms), AGES))
        for step, (number, year) in enumerate(zip(terms, years, strict=True)):
            level = recent(self.by_year("requests", int(number)).sum(axis=1), 1.0) / recent(np.ones(len(yearly)), 1.0)
            ahead = sum(damping**k for k in range(1, int(year) + 2))
            found[step] = level * ages / ages.sum() * np.exp(trend * ahead) * growth[year]
        return found

    def yearly(self, name: str) -> Floats:
        """(years) all of a flow."""
        values = getattr(self.seen, name)
        found: Floats = values.reshape(len(values) // 3, 3, -1).sum(axis=(1, 2))
        return found

    def spread(self) -> Spread:
        """How unsure: from the counts themselves, from how years differ, and no smaller than half the default."""
        yearly = self.yearly("requests")
        jumps = np.diff(np.log(np.maximum(yearly, 1.0)))
        own = float(np.std(jumps, ddof=1)) if len(jumps) > 1 else default("demand_spread").value
        counted = 1.0 / np.sqrt(max(float(yearly[-1]), 1.0))
        ends = 1.0 / np.sqrt(max(float(self.seen.ended.sum()), 1.0))
        return Spread(
            demand=max(float(np.hypot(own, counted)), default("demand_spread").value / 2),
            demand_trend=default("demand_trend_spread").value,
            band=default("band_spread").value,
            agree=max(_logit_sd(self.agree), default("agree_spread").value / 2),
            issue=max(_logit_sd(self.issue), default("issue_spread").value / 2),
            end=float(np.hypot(ends, 0.05)),
            end_band=default("end_spread").value,
            tilt=np.full(len(SETTINGS), default("tilt_spread").value),
        )

    def rates(self, calendar: Calendar) -> Rates:
        """Arrays for the kernels."""
        numbers = calendar.numbers
        by_term = {
            "log_end": [np.log1p(-np.minimum(one.mean, 0.99)) for one in self.end],
            "log_leave": [np.log1p(-np.minimum(one.mean, 0.999)) for one in self.leave],
            "go_to": [self.go_to(number) for number in range(3)],
        }
        stacked = {name: np.stack([values[number] for number in numbers]) for name, values in by_term.items()}
        terms = len(numbers)
        needs = self.need_mix()
        place = self.place_mix()
        return Rates(
            requests=self.requests(calendar),
            moved_in=np.zeros((terms, AGES)) + self.moved_in()[None, :],
            agree=np.tile(self.agree.mean, (terms, 1)),
            come_back=np.full(terms, default("refusals_that_come_back").value),
            log_wait=np.full(terms, np.log1p(-self.finish())),
            log_over=np.full(terms, np.log1p(-default("backlog_worked_off_per_term").value)),
            issue=np.tile(self.issue.mean, (terms, 1)),
            appeal=np.full(terms, default("not_issued_that_come_back").value),
            need_mix=needs,
            place_mix=np.broadcast_to(place[None, :, None, :], (terms, AGES, len(NEEDS), len(SETTINGS))),
            end_need=np.ones(len(NEEDS)),
            leave_need=np.ones(len(NEEDS)),
            reasons=self.wider.reasons,
            **stacked,
        )

    def need_mix(self) -> Floats:
        """(ages, needs) needs of new plans: those of the caseload at that age, leaning on the borrowed ones."""
        return rows_of_shares(self.seen.plans.sum(axis=2) + 10.0 * self.wider.need_mix, np.ones(len(NEEDS)))

    def place_mix(self) -> Floats:
        """(ages, settings) where new plans are placed."""
        return rows_of_shares(
            recent(self.seen.started, 3 * self.half_life) + 5.0 * self.wider.place, np.ones(len(SETTINGS))
        )

    def moved_in(self) -> Floats:
        """(ages) plans of a term that start without an assessment behind them: the rest of those that start."""
        terms = len(self.seen.terms)
        started, issued = self.seen.started.sum(axis=2).sum(axis=0), self.seen.issued.sum(axis=0)
        rest = max(float(started.sum() - issued.sum()), 0.0) / terms
        shares = self.seen.at_risk.sum(axis=(0, 2))
        found: Floats = rest * shares / max(shares.sum(), 1e-9)
        return found

    def finish(self) -> float:
        """Share of the assessments in hand that are finished in a term, so that the work in hand stays as it is."""
        done, waiting = float(self.seen.assessed[-3:].sum()) / 3.0, float(self.seen.under_way.sum())
        return float(np.clip((done + 1.0) / (done + waiting + 2.0), 0.2, 0.95))

    def opening(self) -> Opening:
        nobody = np.zeros(AGES, dtype=np.int64)
        seen = self.seen
        return Opening(seen.plans, seen.under_way, nobody, seen.last_refused, np.maximum(seen.last_not_issued, 0))

    def rows(self) -> tuple[Assumption, ...]:
        """What was learnt, for the register."""
        years = f"{SOURCE}, {self.seen.years()[0]} to {self.seen.years()[-1]}, leaning on England"
        ends = sum(float((one.mean * self.by_year("at_risk", n)[-1]).sum()) for n, one in enumerate(self.end))
        leavers = sum(float((one.mean * self.by_year("at_risk", n)[-1]).sum()) for n, one in enumerate(self.leave))
        return (
            _row("agree", "Requests agreed to assess", _level(self.agree), "share", years, "more plans"),
            _row("issue", "Assessments that end in a plan", _level(self.issue), "share", years, "more plans"),
            _row("ends", "Plans that end in a year", (ends, np.sqrt(ends)), "plans", years, "fewer plans"),
            _row("moves", "Moves between settings in a year", (leavers, np.sqrt(leavers)), "moves", years, "cost"),
            _row(
                "requests",
                "Requests in the newest year",
                _poisson(self.yearly("requests")[-1]),
                "requests",
                years,
                "plans",
            ),
        )


def _poisson(count: float) -> tuple[float, float]:
    return float(count), float(np.sqrt(count))


def _level(found: Pooled) -> tuple[float, float]:
    """Mean chance over the evidence, and its standard deviation."""
    weight = found.a + found.b
    mean = float((found.mean * weight).sum() / weight.sum())
    return mean, float(np.sqrt(mean * (1.0 - mean) / weight.sum()))


def _logit_sd(found: Pooled) -> float:
    mean, sd = _level(found)
    return sd / max(mean * (1.0 - mean), 1e-3)


def _row(name: str, title: str, found: tuple[float, float], unit: str, source: str, effect: str) -> Assumption:
    mean, sd = found
    low, high = max(mean - 1.645 * sd, 0.0), mean + 1.645 * sd
    return Assumption(
        name, title, round(mean, 4), round(min(low, mean), 4), round(high, 4), unit, source, "newest", effect
    )
