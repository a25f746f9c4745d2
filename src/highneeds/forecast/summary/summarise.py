"""Summarise a forecast: learn once, run baseline and scenarios on the same random numbers, score the method."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from highneeds.caseload import Caseload
from highneeds.forecast.backtest import BackTest, Score, SpendBackTest, scorecard, spend_scorecard
from highneeds.forecast.backtest.spend import spend_backtest_from, spend_origins
from highneeds.forecast.basis import ForecastExtent, forecast_basis, starting_january
from highneeds.forecast.columns import BASELINE, REGISTER
from highneeds.forecast.costs.price import Costs
from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.council import Forecast, breaks_of, forecast, spend_breaks_of
from highneeds.forecast.learning.evidence import area_of, last_january
from highneeds.forecast.learning.projection import Projection, projection_from, spend_of_all
from highneeds.forecast.levers import Lever
from highneeds.forecast.money import price_of_points
from highneeds.forecast.odds import break_even
from highneeds.forecast.published import outlook
from highneeds.forecast.published.outlook import Outlook, outlook_from
from highneeds.forecast.scenarios import Scenario, cautions, overlaps
from highneeds.forecast.simulate import RunOptions, SimulationRun
from highneeds.forecast.spend import look_back_at_spend
from highneeds.forecast.state import FLOWS_BY_PROVISION, Calendar, Floats, Ints
from highneeds.forecast.summary import (
    CHANCES,
    ComparedWithPublished,
    Counted,
    Fan,
    ForecastInputs,
    ForecastResult,
    ForecastSummary,
    LineCost,
    NoForecast,
    RegisteredAssumption,
    ScenarioLever,
    Scored,
    WhatIf,
    YearOdds,
)
from highneeds.forecast.summary.delay import delays_of
from highneeds.forecast.tables import CutSeries, plan_series
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.progress import StepProgress

HORIZONS = (1, 2, 3)
MOST_YEARS = 25
COUNTED_BEFORE = 6
ORIGINS = 7
SHOWN_FIRST = ("highneeds", "70/30", "half and half", "drift", "last value")
"""The order of methods at each horizon; others follow as they are scored."""
STOCK, DIVERTED = FLOWS_BY_PROVISION.index("stock"), FLOWS_BY_PROVISION.index("diverted")
INDEPENDENT = ("special_independent", "special_non_maintained")


def summarise(
    published: Published,
    inputs: ForecastInputs,
    scenarios: Sequence[Scenario],
    options: RunOptions,
    progress: StepProgress = lambda step: None,
    returns: Sequence[Caseload] = (),
) -> ForecastResult:
    """The forecast of one council; where the statistics do not carry one, the reason.

    returns   its own accepted returns: with two of them the forecast is learnt from these
    """
    try:
        number = inputs.la_number
        january = last_january(published, area_of(published, number))
        start = starting_january(published, number, returns)
        years = FinancialYear.parse(inputs.end).start - start + 1
        if not 1 <= years <= MOST_YEARS:
            return NoForecast(_agreement_ends(inputs.end, start, own=start != january))
        progress("Learning from the published statistics")
        ahead = Calendar(start, years).rate_years + start - january
        view = outlook(published, january, range(1, ahead + 1))
        spending = spend_of_all(published, view, ahead)
        basis = forecast_basis(
            published,
            number,
            ForecastExtent(years, inputs.draws, inputs.seed),
            inputs=inputs,
            returns=returns,
            projection_method=_known(projection_from(view, spending, number, inputs.draws, inputs.seed)),
        )
    except InputError as problem:
        return NoForecast(Note.of("no_forecast.refused", why=problem.what.rstrip(".")))
    progress("Simulating")
    asked = (inputs.draws, inputs.seed, options)
    found = forecast(basis.assumptions, scenarios, *asked, basis.notes, basis.inputs, people=False)
    progress("Testing the forecast on earlier years")
    made = _summary(inputs, found, scenarios, published, _scores(published, view))
    of_spend = _spend_backtest(published, view)
    kept = [one.january for one in of_spend.outlooks]
    return replace(
        made,
        breaks=(*breaks_of(view.panel, number), *spend_breaks_of(of_spend, number)),
        spend_scores=tuple(_scored(spend_scorecard(of_spend))),
        returns=basis.returns,
        spend_origins=(kept[0], kept[-1]) if kept else None,
    )


def _agreement_ends(end: str, january: int, *, own: bool) -> Note:
    """The agreement ends before the forecast starts, or too far ahead; own: it starts from an accepted return."""
    if own:
        return Note.of("no_forecast.ends_beside_return", end=end, january=january)
    return Note.of("no_forecast.ends_beside_published", end=end, january=january)


def _spend_backtest(published: Published, view: Outlook) -> SpendBackTest:
    """The same of spending."""
    spent = look_back_at_spend(published, view.looks)
    earlier = [one.panel.january for one in view.before][-ORIGINS:]
    return spend_backtest_from(spent, view.looks, spend_origins(spent, earlier), HORIZONS)


def _known(projection: Projection) -> Callable[[Published, str, int, int, int, int], Projection]:
    """The projection that is at hand already, since the back-test has need of the same look back."""
    return lambda published, la_number, origin, years, draws, seed: projection


@dataclass(frozen=True)
class _Tested:
    scores: tuple[Score, ...]
    first: int
    last: int


def _scores(published: Published, view: Outlook) -> _Tested:
    """The method at earlier Januaries, each with what was known then, from the look back that the forecast made."""
    last = max(1, len(view.before))
    kept = range(max(1, last - ORIGINS), last)
    outlooks = tuple(outlook_from(view.before[:place], view.before[place], HORIZONS) for place in kept)
    if not outlooks:
        return _Tested((), view.panel.january, view.panel.january)
    scores = scorecard(BackTest(outlooks, HORIZONS, view.panel), cuts=("total",))
    return _Tested(scores, outlooks[0].panel.january, outlooks[-1].panel.january)


def _summary(
    inputs: ForecastInputs, found: Forecast, scenarios: Sequence[Scenario], published: Published, tested: _Tested
) -> ForecastSummary:
    run, costs = found.runs[BASELINE]
    money, estimate = _Money.of(costs), _Money.of(_as_estimated(run))
    series = {one.cut: one for one in plan_series(run)}
    return ForecastSummary(
        council=found.council,
        origin=run.assumptions.calendar.origin,
        draws=inputs.draws,
        seed=inputs.seed,
        end=inputs.end,
        counted=_counted(published, inputs.la_number, run.assumptions.calendar.origin),
        plans=fan("Plans", series["total"].periods, series["total"].values[:, :, 0]),
        by_age=_parts(series["age_band"]),
        by_setting=_parts(series["setting"]),
        cost=None if costs is None else fan("Cost", _names(costs), costs.total_gbp),
        lines=() if costs is None else tuple(_lines(costs, run.assumptions.prices)),
        in_year=None if money is None else fan("In-year position", money.years, money.in_year),
        deficit=None if money is None or money.deficit is None else money.deficit_fan(inputs),
        opening=inputs.opening if money is not None and money.deficit is not None else None,
        contributions_gbp=(0.0, max(inputs.promised_gbp - inputs.paid_gbp, 0.0)),
        odds=() if money is None else tuple(money.odds(inputs)),
        held=() if estimate is None else tuple(_held(inputs, estimate)),
        assumptions=tuple(_register(found)),
        scenarios=tuple(_what_ifs(inputs, found, scenarios)),
        scores=tuple(_scored(tested.scores)),
        first_origin=tested.first,
        last_origin=tested.last,
        notes=_notes(found),
        delays=delays_of(found, scenarios, inputs.delays),
        break_even=_break_even(costs),
    )


def _break_even(costs: Costs | None) -> tuple[tuple[str, float], ...]:
    even = None if costs is None else break_even(costs)
    return () if even is None else tuple((year, round(share, 6)) for year, share in even.shares.items())


def _notes(found: Forecast) -> tuple[Note, ...]:
    """What is absent and why; cautions stand with their scenario, and the balance comes from the account."""
    return tuple(note for note in found.notes if note.code != "accumulated.no_opening" and note.topic != "lever")


def fan(name: str, periods: Sequence[str], values: Floats | Ints) -> Fan:
    """Mean and quantiles of values (draws, periods), to the hundredth."""
    bands = np.quantile(values, CHANCES, axis=0)
    return Fan(
        name,
        tuple(periods),
        tuple(np.round(values.mean(axis=0), 2).tolist()),
        tuple(tuple(row) for row in np.round(bands, 2).tolist()),
    )


def _parts(cut: CutSeries) -> tuple[Fan, ...]:
    """A fan for every part that ever has anyone in it."""
    return tuple(
        fan(part, cut.periods, cut.values[:, :, place])
        for place, part in enumerate(cut.categories)
        if cut.values[:, :, place].any()
    )


def _counted(published: Published, la_number: str, origin: int) -> tuple[Counted, ...]:
    rows = published.table("ehcp_caseload_total").filter(
        (pl.col("la_number") == la_number) & (pl.col("year") < origin) & (pl.col("plans") > 0)
    )
    pairs = sorted(zip(rows["year"].to_list(), rows["plans"].to_list(), strict=True))[-COUNTED_BEFORE:]
    return tuple(Counted(f"{year}-01", float(plans)) for year, plans in pairs)


def _names(costs: Costs) -> tuple[str, ...]:
    return tuple(str(year) for year in costs.years)


def _lines(costs: Costs, prices: Prices) -> Iterator[LineCost]:
    for line in (one for one in prices.lines if one.in_dsg):
        if not costs.by_line_gbp[line.name].any():
            continue
        cost = fan(line.title, _names(costs), costs.by_line_gbp[line.name])
        yield LineCost(line.name, line.title, line.source, cost, own=not line.estimate, sector=line.sector)


@dataclass(frozen=True)
class _Money:
    """in_year (draws, years); deficit (draws, years from the opening balance's on); None where it is unknown."""

    years: tuple[str, ...]
    in_year: Floats
    deficit_years: tuple[str, ...] = ()
    deficit: Floats | None = None

    @classmethod
    def of(cls, costs: Costs | None) -> "_Money | None":
        if costs is None or costs.in_year_gbp is None:
            return None
        years, balance = _names(costs), costs.accumulated_gbp
        if balance is None:
            return cls(years, costs.in_year_gbp)
        known = np.flatnonzero(~np.isnan(balance).any(axis=0))
        return cls(years, costs.in_year_gbp, tuple(years[at] for at in known), balance[:, known])

    def deficit_fan(self, inputs: ForecastInputs) -> Fan:
        assert self.deficit is not None
        return fan("Accumulated deficit", self.deficit_years, self.deficit)

    def closing(self, inputs: ForecastInputs, year: str) -> float | None:
        """The chance to meet the accumulated deficit agreed for a year."""
        agreed = dict(inputs.closing_targets).get(year)
        if agreed is None or self.deficit is None or year not in self.deficit_years:
            return None
        return _share(self.deficit[:, self.deficit_years.index(year)] <= agreed)

    def odds(self, inputs: ForecastInputs) -> Iterator[YearOdds]:
        targets, closings = dict(inputs.targets), dict(inputs.closing_targets)
        for place, year in enumerate(self.years):
            here, target = self.in_year[:, place], targets.get(year)
            if inputs.ended(year):
                yield YearOdds(year, target, None, None, closings.get(year), None, ended=True)
                continue
            met = None if target is None else _share(here <= target)
            yield YearOdds(year, target, met, _share(here <= 0.0), closings.get(year), self.closing(inputs, year))


def _share(holds: npt.NDArray[np.bool_]) -> float:
    return round(float(np.mean(holds)), 6)


def _as_estimated(run: SimulationRun) -> Costs | None:
    """The cost of a run before its years start from the council's own figures."""
    prices: Prices | None = run.assumptions.prices
    if prices is None or prices.started is None:
        return price_of_points(run)
    return price_of_points(replace(run, assumptions=replace(run.assumptions, prices=replace(prices, started=None))))


def _held(inputs: ForecastInputs, money: _Money) -> Iterator[ComparedWithPublished]:
    """The council's own figures beside the estimate as it was before it started from them."""
    for one in inputs.published:
        if one.year in money.years:
            low, high = np.quantile(money.in_year[:, money.years.index(one.year)], (0.1, 0.9))
            yield ComparedWithPublished(one.year, one.gbp, one.source, round(float(low), 2), round(float(high), 2))


def _register(found: Forecast) -> Iterator[RegisteredAssumption]:
    """The baseline's rows, those that levers added, then those of money."""
    for row in found.assumptions():
        given = {name: getattr(row, name) for name in REGISTER}
        bounds = {name: float(given[name]) for name in ("value", "low", "high")}
        yield RegisteredAssumption(**{**given, **bounds}, assumed=row.assumed)


def _what_ifs(inputs: ForecastInputs, found: Forecast, scenarios: Sequence[Scenario]) -> Iterator[WhatIf]:
    titles = {BASELINE: ""} | {one.name: one.title or one.name for one in scenarios}
    base = found.runs[BASELINE][1]
    by_name = {one.name: one for one in scenarios}
    for name, (run, costs) in found.runs.items():
        made, scenario = _what_if(inputs, name, titles[name], run, costs, base), by_name.get(name)
        yield made if scenario is None else _with_levers(made, scenario)


def _with_levers(made: WhatIf, scenario: Scenario) -> WhatIf:
    levers = tuple(scenario_lever(lever) for lever in scenario.levers)
    return replace(made, cautions=cautions(scenario), levers=levers, overlaps=overlaps(scenario))


def scenario_lever(lever: Lever) -> ScenarioLever:
    """A lever as a reader must see it: strength, duty, whom it affects, and what it rests on."""
    kind = lever.kind
    named = getattr(lever, "school", "")
    return ScenarioLever(
        f"{kind.title}: {named}" if named else kind.title,
        kind.unit,
        lever.low,
        lever.central,
        lever.high,
        lever.starts,
        kind.duty,
        kind.affects,
        lever.equality_assessment,
        lever.consultation,
        lever.decision,
        kind.caps_demand,
    )


def _what_if(
    inputs: ForecastInputs, name: str, title: str, run: SimulationRun, costs: Costs | None, base: Costs | None
) -> WhatIf:
    stock = run.outcome.by_provision[:, 3 * run.assumptions.calendar.years - 1, STOCK]
    state, independent = (run.assumptions.provisions_of(*kinds) for kinds in (("special_state",), INDEPENDENT))
    money = _Money.of(costs)
    last = None if money is None else money.in_year[:, -1]
    return WhatIf(
        name=name,
        title=title,
        plans=_mean(stock.sum(axis=1)),
        state_special=_mean(stock[:, state].sum(axis=1)),
        independent_special=_mean(stock[:, independent].sum(axis=1)),
        placed_elsewhere=_mean(run.outcome.by_provision[:, :, DIVERTED].sum(axis=(1, 2))),
        cost_gbp=None if costs is None else _mean(costs.total_gbp[:, -1]),
        in_year_gbp=None if last is None else _mean(last),
        saved_gbp=None if costs is None or base is None or costs is base else _saved(base, costs),
        balance=None if last is None else _share(last <= 0.0),
        closing=None if money is None else money.closing(inputs, inputs.end),
        cautions=(),
        transport_gbp=None if costs is None or not costs.outside_gbp.any() else _mean(costs.outside_gbp[:, -1]),
    )


def _mean(values: Floats | Ints) -> float:
    return round(float(values.mean()), 2)


def _saved(base: Costs, costs: Costs) -> tuple[float, float, float]:
    """Baseline less scenario over all years, draw by draw: mean and the ends of the 80% band."""
    less = (base.total_gbp - costs.total_gbp).sum(axis=1)
    low, high = np.quantile(less, (0.1, 0.9))
    return _mean(less), round(float(low), 2), round(float(high), 2)


def _scored(scores: Sequence[Score]) -> Iterator[Scored]:
    order = {name: place for place, name in enumerate(SHOWN_FIRST)}
    for one in sorted(scores, key=lambda one: (one.years_ahead, order.get(one.method, len(order)))):
        bands = (one.cover50, one.cover80, one.cover95, one.width50, one.width80, one.width95)
        if None not in bands:
            shown = [round(float(value or 0.0), 3) for value in (one.mape, one.bias, *bands)]
            yield Scored(one.method, one.years_ahead, one.rows, *shown)
