"""Rates from a council's own SEN2: every cell leans on its margin, recent years weigh more, trends are damped."""

from collections.abc import Sequence

import numpy as np

from highneeds.forecast.assumptions import Assumption, Opening, Rates, Spread
from highneeds.forecast.defaults import default
from highneeds.forecast.learning.backlogs import LEAN, reviews_cleared, still_to_come
from highneeds.forecast.learning.borrowed import Year
from highneeds.forecast.learning.fit import shares_of_terms
from highneeds.forecast.learning.observed import UNKNOWN, Observed
from highneeds.forecast.learning.pooling import Pooled, pooled, pooled_by_margin, recent, with_doubt
from highneeds.forecast.learning.shares import leaning, rows_of_shares
from highneeds.forecast.published.totals import DAMPING_ENGLAND, damped_years
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Calendar, Floats

SOURCE = "the council's own SEN2"
DECIDED, FINISHED = ("agreed", "refused"), ("assessed",)


class Learnt:
    """What one set of returns teaches about each term of the year.

    wider      the borrowed year it leans on
    outlook    log growth a year of requests in England and the region, as far as published
    """

    def __init__(self, seen: Observed, wider: Year, outlook: float = 0.0) -> None:
        self.seen, self.wider, self.outlook = seen, wider, outlook
        self.half_life = default("half_life").value
        self.reviews = reviews_cleared(seen)
        self.at_risk = seen.at_risk.sum(axis=2)
        self.lasting = np.maximum(seen.ended.sum(axis=2) - self.reviews.one_off, 0.0)
        self.level, self.level_sd = self.ends_level()
        self.end = [self.ending(number) for number in range(3)]
        self.leave = [self.leaving(number) for number in range(3)]
        self.agree = self.chance("agreed", DECIDED, wider.agree)
        self.issue = self.chance("issued", FINISHED, wider.issue)
        self.agree_level = self.level_of("agreed", DECIDED, wider.agree)
        self.issue_level = self.level_of("issued", FINISHED, wider.issue)
        self.finish = self.pace("finished", "in_hand", "finished_within_a_term")
        self.finish_late = self.pace("late_finished", "late", "backlog_worked_off_per_term")
        self.trend, self.trend_sd = self.trend_of_requests()

    def of_term(self, values: Floats, number: int) -> Floats:
        """(years, ...) one term of every year."""
        picked = [index for index, term in enumerate(self.seen.terms) if term.number == number]
        found: Floats = values[picked]
        return found

    def term_end(self, number: int) -> Floats:
        shares = (default("ends_in_spring").value, default("ends_in_summer").value)
        share = (*shares, 1.0 - sum(shares))[number]
        found: Floats = 1.0 - (1.0 - self.wider.end) ** share
        return found

    def ends_level(self) -> tuple[float, float]:
        """Log of the council's ends beside the wider area's rates, and its doubt.

        Years differ by more than chance, so a year counts as one sight of the level, and the level leans on the area's.
        """
        expected = self.at_risk * np.stack([self.term_end(term.number) for term in self.seen.terms])
        ended, usual = (values.reshape(-1, 3, values[0].size).sum(axis=(1, 2)) for values in (self.lasting, expected))
        seen = np.log((ended + 1.0) / (usual + 1.0))
        noise = default("ends_year_spread").value ** 2 + 1.0 / (ended + 1.0)
        weight = 0.5 ** (np.arange(len(seen))[::-1] / self.half_life) / noise
        whole = weight.sum() + 1.0 / default("ends_council_spread").value ** 2
        return float((weight * seen).sum() / whole), float(np.sqrt(1.0 / whole))

    def ending(self, number: int) -> Pooled:
        """Chances of ending in a term by age and setting, at the level that is believed to last."""
        wider = np.clip(self.term_end(number) * np.exp(self.level), 0.0, 0.95)
        ended, at_risk = (
            recent(self.of_term(values, number), self.half_life) for values in (self.lasting, self.at_risk)
        )
        lasting = float((at_risk * wider).sum()) / max(float(ended.sum()), 1e-9)
        return pooled_by_margin(np.minimum(ended * min(lasting, 10.0), at_risk), at_risk, wider)

    def leaving(self, number: int) -> Pooled:
        moved = recent(self.of_term(self.seen.left.sum(axis=2), number), self.half_life)
        at_risk = recent(self.of_term(self.at_risk, number), self.half_life)
        wider = self.wider.september if number == 2 else self.wider.in_year
        return pooled_by_margin(np.minimum(moved, at_risk), at_risk, np.maximum(wider, 1e-4))

    def asked(self, name: str, whole: Sequence[str]) -> tuple[Floats, Floats]:
        """(ages) decisions of one kind, and all of them."""
        events = recent(getattr(self.seen, name), 3 * self.half_life)
        return events, np.maximum(recent(sum(getattr(self.seen, one) for one in whole), 3 * self.half_life), events)

    def level_of(self, name: str, whole: Sequence[str], prior: float) -> tuple[float, float]:
        """The chance of a decision at all ages together, leaning on the wider area; and its standard deviation."""
        events, asked = (float(values.sum()) for values in self.asked(name, whole))
        mean = leaning(events, asked, prior, 20.0)
        return mean, float(np.sqrt(mean * (1.0 - mean) / (asked + 20.0)))

    def chance(self, name: str, whole: Sequence[str], prior: float) -> Pooled:
        """A chance by age of a decision: ages lean on the level of them all, and share its doubt."""
        events, asked = self.asked(name, whole)
        level, sd = self.level_of(name, whole, prior)
        return with_doubt(pooled(events, asked, np.full(AGES, level)), asked, np.full(AGES, sd))

    def pace(self, done: str, of: str, usual: str) -> tuple[float, float]:
        """The share of a stock that a term finishes, leaning on the usual one; and its spread."""
        events, whole = (float(recent(getattr(self.seen, one), 3 * self.half_life)) for one in (done, of))
        share = float(np.clip(leaning(events, whole, default(usual).value, 20.0), 0.05, 0.97))
        return share, float(np.sqrt(share * (1.0 - share) / (whole + 20.0)))

    def by_need(self, name: str, chances: list[Pooled]) -> Floats:
        """(needs) how much likelier a need makes an event than age and setting alone; 1 where nothing is known."""
        logs = np.stack([np.log1p(-np.minimum(chances[term.number].mean, 0.99)) for term in self.seen.terms])
        usual = -(self.seen.at_risk * logs[:, :, None, :]).sum(axis=(0, 1, 3))
        came = getattr(self.seen, name).sum(axis=(0, 1, 3))
        came[UNKNOWN] = usual[UNKNOWN] = 0.0
        level = came.sum() / usual.sum() if usual.sum() > 0 and came.sum() > 0 else 1.0
        lean = 1.0 / default("need_rate_spread").value ** 2
        found: Floats = (came + lean) / (usual * level + lean)
        return found

    def go_to(self, number: int) -> Floats:
        """(ages, settings, settings) where leavers go: own moves, leaning on the borrowed shares of the age."""
        moved = recent(self.of_term(self.seen.moved, number), self.half_life)
        everyone = recent(self.seen.moved, 3 * self.half_life).sum(axis=0)
        flat = np.ones(len(SETTINGS))
        prior = rows_of_shares(0.5 * self.wider.go_to + 0.5 * rows_of_shares(everyone + 1e-9, flat), flat)
        rows = moved + 8.0 * prior
        rows[:, np.arange(len(SETTINGS)), np.arange(len(SETTINGS))] = 0.0
        return rows_of_shares(rows, np.ones(len(SETTINGS)))

    def trend_of_requests(self) -> tuple[float, float]:
        """The council's own log growth a year beside the wider area's, leaning on it; and its spread."""
        yearly = np.log(self.yearly("requests") + 1.0)
        steps = len(yearly) - 1
        noise = default("demand_spread").value ** 2 / max(steps, 1) + 1.0 / np.exp(yearly[-1])
        between = default("trend_between_councils").value ** 2
        own = (yearly[-1] - yearly[0]) / steps - self.outlook if steps else 0.0
        lean = between / (between + noise)
        return float(lean * own), float(np.sqrt(between * (1.0 - lean)))

    def growth(self, years: int) -> Floats:
        """(years) log growth of requests since the newest year: the area's as it goes on, and the own one damped."""
        damping = default("trend_damping").value
        own = np.cumsum(damping ** np.arange(1, years + 1))
        area = np.array([damped_years(year, DAMPING_ENGLAND) for year in range(1, years + 1)])
        found: Floats = self.outlook * area + self.trend * own
        return found

    def requests(self, calendar: Calendar) -> Floats:
        """(terms, ages) requests: the newest level by term and age, with the trend."""
        ages = recent(self.seen.requests, 3 * self.half_life)
        ages = ages + 5.0 * self.wider.new / max(self.wider.new.sum(), 1e-9)
        growth = self.growth(calendar.rate_years)
        terms, years = calendar.numbers, calendar.year_of_terms()
        shares = self.shares_of_terms()
        level = self.level_of_requests()
        found = np.zeros((len(terms), AGES))
        for step, (number, year) in enumerate(zip(terms, years, strict=True)):
            found[step] = level * shares[number] * ages / ages.sum() * np.exp(growth[year])
        return found

    def shares_of_terms(self) -> Floats:
        """(3) how a year's requests fall over its terms, leaning on the usual shares as on 100 requests."""
        usual = shares_of_terms("request_share_of_spring", "request_share_of_summer")
        counts = self.seen.requests.reshape(-1, 3, AGES).sum(axis=(0, 2)) + 100.0 * np.array(usual)
        found: Floats = counts / counts.sum()
        return found

    def level_of_requests(self) -> float:
        """Requests of the newest year: every year carried forward by the trend, the newest weighing most."""
        yearly = self.yearly("requests")
        ahead = np.arange(len(yearly))[::-1]
        weights = 0.5 ** (ahead / default("requests_half_life").value)
        carried = np.log(yearly + 0.5) + ahead * (self.outlook + self.trend)
        return float(np.exp((weights * carried).sum() / weights.sum()))

    def yearly(self, name: str) -> Floats:
        """(years) all of a flow."""
        values = getattr(self.seen, name)
        found: Floats = values.reshape(len(values) // 3, 3, -1).sum(axis=(1, 2))
        return found

    def spread(self) -> Spread:
        """How unsure: what the counts leave open, and how much years differ from one another in published councils."""
        newest = max(float(self.yearly("requests")[-1]), 1.0)
        year = default("ends_year_spread").value
        return Spread(
            demand=float(np.hypot(default("demand_spread").value, 1.0 / np.sqrt(newest))),
            demand_trend=float(np.hypot(default("demand_trend_spread").value, self.trend_sd)),
            band=default("band_spread").value,
            agree=float(np.hypot(_logit_sd(*self.agree_level), default("agree_spread").value / 2)),
            issue=float(np.hypot(_logit_sd(*self.issue_level), default("issue_spread").value / 2)),
            end=float(np.hypot(self.level_sd, year * np.sqrt(default("ends_year_kept").value))),
            end_band=default("end_spread").value,
            tilt=np.full(len(SETTINGS), default("tilt_spread").value),
        )

    def rates(self, calendar: Calendar) -> Rates:
        """Arrays for the kernels."""
        numbers, terms = calendar.numbers, len(calendar.numbers)
        more = still_to_come(self.seen, self.reviews.chance, calendar)
        log_end = np.stack([np.log1p(-np.minimum(self.end[number].mean, 0.99)) for number in numbers])
        return Rates(
            requests=self.requests(calendar),
            moved_in=np.zeros((terms, AGES)) + self.moved_in()[None, :],
            agree=np.tile(self.agree.mean, (terms, 1)),
            come_back=np.full(terms, default("refusals_that_come_back").value),
            log_wait=np.full(terms, np.log1p(-self.finish[0])),
            log_over=np.full(terms, np.log1p(-self.finish_late[0])),
            issue=np.tile(self.issue.mean, (terms, 1)),
            appeal=np.full(terms, default("not_issued_that_come_back").value),
            need_mix=self.need_mix(),
            place_mix=np.broadcast_to(self.place_mix()[None], (terms, AGES, len(NEEDS), len(SETTINGS))),
            log_end=log_end + np.log1p(-more),
            end_need=self.by_need("ended", self.end),
            log_leave=np.stack([np.log1p(-np.minimum(self.leave[number].mean, 0.999)) for number in numbers]),
            leave_need=self.by_need("left", self.leave),
            go_to=np.stack([self.go_to(number) for number in numbers]),
            reasons=self.wider.reasons,
        )

    def need_mix(self) -> Floats:
        """(ages, needs) needs of new plans: those seen, leaning on the caseload's at that age and the borrowed ones."""
        held = rows_of_shares(self.seen.plans.sum(axis=2) + 10.0 * self.wider.need_mix, np.ones(len(NEEDS)))
        begun = recent(self.seen.started.sum(axis=3), 3 * self.half_life)
        return rows_of_shares(begun + 10.0 * held, np.ones(len(NEEDS)))

    def place_mix(self) -> Floats:
        """(ages, needs, settings) where new plans are placed: by age, and by how much a need pulls to a setting."""
        begun = recent(self.seen.started, 3 * self.half_life)
        by_age = rows_of_shares(begun.sum(axis=1) + 5.0 * self.wider.place, np.ones(len(SETTINGS)))
        own = begun.sum(axis=0)
        alone = own.sum(axis=1, keepdims=True) * own.sum(axis=0, keepdims=True) / max(own.sum(), 1e-9)
        pull = (own + 5.0) / (alone + 5.0)
        prior = by_age[:, None, :] * self.wider.need_pull**0.5 * pull[None]
        prior = rows_of_shares(prior, np.ones(len(SETTINGS)))
        return rows_of_shares(begun + 10.0 * prior, np.ones(len(SETTINGS)))

    def moved_in(self) -> Floats:
        """(ages) plans of a term that start without an assessment behind them: the rest of those that start."""
        terms = len(self.seen.terms)
        started, issued = self.seen.started.sum(), self.seen.issued.sum()
        rest = max(float(started - issued), 0.0) / terms
        shares = self.at_risk.sum(axis=(0, 2)) * (np.arange(AGES) < 19)
        found: Floats = rest * shares / max(shares.sum(), 1e-9)
        return found

    def opening(self) -> Opening:
        """The caseload and the work in hand; of the requests without a decision those that are likely to be agreed."""
        seen = self.seen
        agreed = np.rint(seen.undecided * self.agree.mean).astype(np.int64)
        return Opening(seen.plans, seen.under_way + agreed, seen.over_time, seen.last_refused, seen.last_not_issued)

    def rows(self) -> tuple[Assumption, ...]:
        """What was learnt, for the register."""
        years = f"{SOURCE}, {self.seen.years()[0]} to {self.seen.years()[-1]}, leaning on region and England"
        ends = sum(float((one.mean * self.of_term(self.at_risk, n)[-1]).sum()) for n, one in enumerate(self.end))
        leavers = sum(float((one.mean * self.of_term(self.at_risk, n)[-1]).sum()) for n, one in enumerate(self.leave))
        newest, grown = self.level_of_requests(), self.outlook + self.trend
        unsure, moved = self.spread(), float(self.moved_in().sum() * 3.0)
        needs = self.rates(Calendar(self.seen.terms[-1].year + 1, 1)).end_need
        doubt = default("need_rate_spread").value
        said = (
            ("requests", "Requests in the newest year", (newest, newest * unsure.demand), "requests", "plans"),
            ("requests_growth", "Growth of requests a year", (grown, unsure.demand_trend), "log a year", "plans"),
            ("agree", "Requests agreed to assess", self.agree_level, "share", "more plans"),
            ("issue", "Assessments that end in a plan", self.issue_level, "share", "more plans"),
            ("finish", "Assessments in time that a term finishes", self.finish, "share", "plans sooner"),
            ("finish_late", "Assessments over 20 weeks that a term finishes", self.finish_late, "share", BACKLOG),
            ("backlog", "Assessments over 20 weeks", _poisson(self.seen.over_time.sum()), "requests", BACKLOG),
            ("reviews_backlog", "Overdue reviews", _poisson(self.seen.overdue_plans.sum()), "plans", BACKLOG),
            ("reviews_ends", "Plans that end for each overdue review cleared", self.of_reviews(), "share", BACKLOG),
            ("moved_in_own", "Plans that start without an assessment, a year", _poisson(moved), "plans", "more plans"),
            ("ends", "Plans that end in a year", (ends, ends * unsure.end), "plans", "fewer plans"),
            ("ends_by_need", "Ends of the need that ends most, beside the rest", (needs.max(), doubt), "ratio", NEED),
            ("moves", "Moves between settings in a year", _poisson(leavers), "moves", "cost"),
            ("new_needs", "Most common need's share of new plans", self.of_needs(), "share", NEED),
            ("new_places", "State special schools' share of new plans", self.of_places(), "share", "cost"),
        )
        return tuple(_row(name, title, found, unit, years, effect) for name, title, found, unit, effect in said)

    def of_reviews(self) -> tuple[float, float]:
        return self.reviews.chance, float(np.sqrt(max(self.reviews.chance, 1e-4) / (self.reviews.cleared + LEAN)))

    def of_needs(self) -> tuple[float, float]:
        """The greatest share of new plans that one need has."""
        begun = self.seen.started.sum(axis=(0, 1, 3))
        share = float(begun.max() / max(begun.sum(), 1.0))
        return share, float(np.sqrt(share * (1.0 - share) / max(begun.sum(), 1.0)))

    def of_places(self) -> tuple[float, float]:
        begun = self.seen.started.sum(axis=(0, 1, 2))
        share = float(begun[SETTINGS.index("special_state")] / max(begun.sum(), 1.0))
        return share, float(np.hypot(share * default("tilt_spread").value, np.sqrt(share / max(begun.sum(), 1.0))))


BACKLOG = "an event with an end; never a lasting rate"
NEED = "needs of the caseload, and so settings and cost"


def _poisson(count: float) -> tuple[float, float]:
    return float(count), float(np.sqrt(count))


def _logit_sd(mean: float, sd: float) -> float:
    return sd / max(mean * (1.0 - mean), 1e-3)


def _row(name: str, title: str, found: tuple[float, float], unit: str, source: str, effect: str) -> Assumption:
    mean, sd = found
    low, high = max(mean - 1.645 * sd, 0.0), mean + 1.645 * sd
    return Assumption(
        name, title, round(mean, 4), round(min(low, mean), 4), round(high, 4), unit, source, "newest", effect
    )
