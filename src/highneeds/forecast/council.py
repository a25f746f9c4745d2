"""One council's forecast from end to end: learn, apply each scenario, simulate, price."""

from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from highneeds.caseload import Caseload
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.assumptions import Assumption, Assumptions
from highneeds.forecast.backtest import SpendBackTest, scorecard, scorecard_table, spend_scorecard
from highneeds.forecast.backtest.of_returns import of_returns
from highneeds.forecast.backtest.run import backtest_from, check_backtest
from highneeds.forecast.backtest.spend import CUT as SPEND_CUT
from highneeds.forecast.backtest.spend import spend_backtest_from, spend_origins
from highneeds.forecast.columns import BASELINE, REGISTER
from highneeds.forecast.costs.learnt import LearntPrice, follows
from highneeds.forecast.costs.price import Costs
from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.costs.residual import with_residual
from highneeds.forecast.costs.section_251 import grant_notes, prices_from, prices_without_lines
from highneeds.forecast.learning.evidence import area_of
from highneeds.forecast.learning.projection import ProjectionMethod, published_projection, spend_path_beside
from highneeds.forecast.money import money_notes, priced, started
from highneeds.forecast.odds import break_even, chance_of_nil_deficit, chance_of_targets, delay_between, odds_table
from highneeds.forecast.own_prices import with_own_blocks, with_own_prices
from highneeds.forecast.published.lookback import look_back
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.published.panel import Break, PublishedPanel
from highneeds.forecast.rates import estimate, from_published
from highneeds.forecast.real_terms import real_terms
from highneeds.forecast.register import money_rows
from highneeds.forecast.scenarios import Scenario, cautions, comparison, run_scenario
from highneeds.forecast.simulate import RunOptions, SimulationRun, simulate
from highneeds.forecast.spend import look_back_at_spend
from highneeds.forecast.spend.outturn import OutturnBreak
from highneeds.forecast.spend.path import SpendPath
from highneeds.forecast.state import FLOWS_BY_PROVISION, Floats
from highneeds.forecast.summary import ForecastInputs
from highneeds.forecast.tables import forecast_table
from highneeds.forecast.transport import NOT_GIVEN, with_transport
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

SummaryValue = float | str | None
TESTED_HORIZONS = (1, 2, 3)


@dataclass(frozen=True)
class Forecast:
    """The baseline and every scenario of one council, on the same random numbers.

    notes   what is absent and why, and what to know of each scenario
    inputs  what a workspace brings of its own; None without one
    """

    council: str
    runs: Mapping[str, tuple[SimulationRun, Costs | None]]
    notes: tuple[Note, ...]
    inputs: ForecastInputs | None = None

    @property
    def baseline(self) -> Assumptions:
        return self.runs[BASELINE][0].assumptions

    def table(self) -> Table:
        """The columns of the contract."""
        return forecast_table(dict(self.runs))

    def register(self) -> Table:
        """Every assumption, in the columns of the contract."""
        rows = [[getattr(row, name) for name in REGISTER] for row in self.assumptions()]
        return Table.of(REGISTER, rows, "What the forecast assumes")

    def assumptions(self) -> tuple[Assumption, ...]:
        """Every assumption of the baseline and those that levers of the scenarios added, then those of its money."""
        rows = {row: None for run, _ in self.runs.values() for row in run.assumptions.rows}
        return tuple(rows | dict.fromkeys(money_rows(self.baseline, self.inputs)))

    @property
    def _costs(self) -> dict[str, Costs]:
        """Of the scenarios that have prices."""
        return {name: costs for name, (_, costs) in self.runs.items() if costs is not None}

    def real_terms(self) -> Table:
        """The money of each scenario in prices of the first year."""
        return real_terms(self._costs)

    def odds(self, targets_gbp: Mapping[str, float], day: date | None = None) -> Table:
        """By scenario and year the chances of target and balance. Without a workspace a year has ended by `day`;
        where nobody says the day, every year of the forecast is still to come."""

        def ended(year: str) -> bool:
            if self.inputs:
                return self.inputs.ended(year)
            return day is not None and FinancialYear.parse(year).last_day < day

        tables = {name: odds_table(costs, targets_gbp, ended) for name, costs in self._costs.items()}
        rows = [[name, *row] for name, table in tables.items() for row in table.rows]
        columns = next(iter(tables.values())).columns if tables else ("financial_year",)
        return Table.of(("scenario", *columns), rows, "Odds")

    def _ended(self, year: str) -> bool:
        return self.inputs is not None and self.inputs.ended(year)

    def delay(self) -> Table:
        """The first scenario has schools open as planned, the second as they did: what the difference costs."""
        scenarios = [name for name in self.runs if name != BASELINE]
        must_be_two(scenarios)
        planned, actual = (self.runs[name] for name in scenarios)
        schools = tuple(one.school for one in planned[0].assumptions.provisions if one.school)
        return delay_between(planned, actual, schools).table()

    def compared(self, targets_gbp: Mapping[str, float]) -> Table:
        """Scenarios side by side; what each saves is beside the baseline, draw by draw."""
        base = self.runs[BASELINE][1]
        rows = {name: summary(run, costs, targets_gbp, self._ended) for name, (run, costs) in self.runs.items()}
        for name, (_, costs) in self.runs.items():
            if costs is not None and base is not None:
                less = (base.total_gbp - costs.total_gbp).sum(axis=1)
                rows[name] |= _band("saved_gbp_all_years", less)
        return comparison(rows)


def must_be_two(scenarios: Sized) -> None:
    """Of what a delay is worked out: the planned one and the actual one."""
    if len(scenarios) != 2:
        raise InputError(
            "The cost of a delay takes two scenarios", remedy="Give the planned one and then the actual one"
        )


def summary(
    run: SimulationRun, costs: Costs | None, targets_gbp: Mapping[str, float], ended: Callable[[str], bool]
) -> dict[str, SummaryValue]:
    """One scenario in a row: plans, places, money and odds in the last year, and the chance to meet each target.

    A target of a year that has ended has no chance: it was met, or it was not.
    """
    stock = run.outcome.by_provision[:, 3 * run.assumptions.calendar.years - 1, FLOWS_BY_PROVISION.index("stock")]
    state = run.assumptions.provisions_of("special_state")
    other = run.assumptions.provisions_of("special_independent", "special_non_maintained")
    schools = [at for at, one in enumerate(run.assumptions.provisions) if one.school]
    diverted = run.outcome.by_provision[:, :, FLOWS_BY_PROVISION.index("diverted")].sum(axis=(1, 2))
    found: dict[str, SummaryValue] = {
        "plans_at_end": float(stock.sum(axis=1).mean()),
        "in_state_special_at_end": float(stock[:, state].sum(axis=1).mean()),
        "in_other_special_at_end": float(stock[:, other].sum(axis=1).mean()),
        "in_named_schools_at_end": float(stock[:, schools].sum(axis=1).mean()),
        "placed_elsewhere_than_bound": float(diverted.mean()),
    }
    return found if costs is None else {**found, **_money(costs, targets_gbp, ended)}


def _band(name: str, values: Floats) -> dict[str, float | None]:
    """The mean and the ends of the 80% band."""
    low, high = np.quantile(values, (0.1, 0.9))
    return {name: float(values.mean()), f"{name}_p10": float(low), f"{name}_p90": float(high)}


def _money(costs: Costs, targets_gbp: Mapping[str, float], ended: Callable[[str], bool]) -> dict[str, SummaryValue]:
    last = str(costs.years[-1])
    found: dict[str, SummaryValue] = {"cost_gbp_last_year": float(costs.total_gbp[:, -1].mean())}
    found["sen_transport_gbp_last_year"] = float(costs.outside_gbp[:, -1].mean()) or None
    if costs.in_year_gbp is not None:
        found["in_year_gbp_last_year"] = float(costs.in_year_gbp[:, -1].mean())
        found["chance_of_balance_last_year"] = float((costs.in_year_gbp[:, -1] <= 0).mean())
        even = break_even(costs)
        if even is not None:
            found["chance_of_break_even"] = 1.0 - even.never
            found |= {f"break_even_p{chance}": even.quantile(chance / 100) for chance in (10, 50, 90)}
    if costs.accumulated_gbp is not None and not np.isnan(costs.accumulated_gbp[:, -1]).any():
        found["accumulated_gbp_at_end"] = float(costs.accumulated_gbp[:, -1].mean())
        found["chance_of_nil_deficit"] = chance_of_nil_deficit(costs, last)
    for year, chance in chance_of_targets(costs, targets_gbp, ended).items():
        found[f"chance_of_target_{year}"] = chance
    return found


def learn_from_returns(
    caseloads: Sequence[Caseload],
    published: Published,
    *,
    years: int = 10,
    opening_gbp: float | None = None,
) -> tuple[Assumptions, tuple[Note, ...]]:
    """The same from two or more of its own SEN2 returns; prices are those of published lines, brought to outturn."""
    found = estimate(caseloads, published, years=years)
    known = published.known_at(found.calendar.origin)
    la_number = max(caseloads, key=lambda one: one.reference_date).council
    prices, notes = prices_from(known, area_of(known, la_number), opening_gbp)
    path = spend_path_beside(known, la_number, found.calendar.origin, years)
    learnt = replace(found, prices=with_learnt(prices, path), spend=path)
    broken = grant_notes(prices, found.calendar.financial_years)
    return learnt, (*found.notes, *notes, *broken, of_returns(caseloads, published))


def learn(
    published: Published,
    la_number: str,
    *,
    years: int = 10,
    draws: int = DRAWS,
    seed: int = SEED,
    origin: int | None = None,
    opening_gbp: float | None = None,
    projection_method: ProjectionMethod = published_projection,
) -> tuple[Assumptions, tuple[Note, ...]]:
    """Assumptions with prices, from published statistics, and what is absent."""
    if not 1 <= years <= 25 or not 1 <= draws <= 1_000_000 or seed < 0:
        raise InputError(
            f"A forecast of {years} years with {draws} draws and seed {seed} cannot be made",
            remedy="Give 1 to 25 years, 1 to 1,000,000 draws, and a seed of 0 or more",
        )
    found = from_published(published, la_number, projection_method, years=years, draws=draws, seed=seed, origin=origin)
    known = published if origin is None else published.known_at(origin)
    prices, notes = prices_from(known, area_of(known, la_number), opening_gbp)
    if prices is None and found.spend is not None:
        prices, notes = prices_without_lines(known, area_of(known, la_number), found.spend, opening_gbp)
    broken = grant_notes(prices, found.calendar.financial_years)
    return replace(found, prices=with_learnt(prices, found.spend)), (*found.notes, *notes, *broken)


def with_learnt(prices: Prices | None, path: SpendPath | None) -> Prices | None:
    """The prices brought to what published outturn forecasts, where there are both."""
    if prices is None or path is None or not any(follows(line) for line in prices.lines):
        return prices
    return replace(prices, learnt=LearntPrice(path, prices.lines))


def breaks_of(panel: PublishedPanel, la_number: str) -> tuple[Note, ...]:
    """Steps in the council's published totals that are changes of the return."""
    return tuple(break_note(one) for one in panel.breaks if one.la_number == la_number)


def break_note(one: Break) -> Note:
    return Note.of("published.break", year=one.year, before=float(one.before), after=float(one.after))


def spend_break_note(one: OutturnBreak) -> Note:
    """A step in the published outturn that is a change of the return."""
    return Note.of("published.break_in_outturn", year=str(one.year), before=one.before_gbp, after=one.after_gbp)


def tested(
    published: Published, la_number: str, january: int, origins: int = 5
) -> tuple[tuple[Note, ...], Table | None]:
    """How good the path that the forecast follows was for this council, and the scorecard.

    The last `origins` Januaries before `january` are forecast again, each with what was known then. Where there is too
    little before them to learn from, the sentence says so and there is no table.
    """
    before, known = range(january - origins, january), published.known_at(january)
    try:
        check_backtest(known, before, TESTED_HORIZONS, la_number)
        looks = look_back(known, latest_january(known))
        found = backtest_from(looks, looks[-1].panel, before, TESTED_HORIZONS, la_number)
        scores = scorecard(found)
    except InputError as problem:
        return (Note.of("back_test.none", why=problem.sentence),), None
    spent = look_back_at_spend(known, looks)
    of_spend = spend_backtest_from(spent, looks, spend_origins(spent, before), TESTED_HORIZONS, la_number)
    table = scorecard_table((*scores, *spend_scorecard(of_spend)))
    rows = {cut: [row for row in table.records() if row["cut"] == cut] for cut in ("total", SPEND_CUT)}
    found_notes = [_score_note(rows["total"], ahead) for ahead in TESTED_HORIZONS]
    found_notes += [_spend_note(rows[SPEND_CUT], ahead) for ahead in TESTED_HORIZONS]
    notes = tuple(note for note in found_notes if note is not None)
    return (*notes, *breaks_of(found.truth, la_number), *spend_breaks_of(of_spend, la_number)), table


def spend_breaks_of(tested: SpendBackTest, la_number: str) -> tuple[Note, ...]:
    """Steps in the council's published outturn that are changes of the return, as notes."""
    return tuple(spend_break_note(one) for one in tested.breaks if one.la_number == la_number)


def _of(rows: Sequence[Mapping[str, Any]], method: str, ahead: int) -> Mapping[str, Any] | None:
    return next((row for row in rows if row["method"] == method and row["years_ahead"] == ahead), None)


def _score_note(rows: Sequence[Mapping[str, Any]], ahead: int) -> Note | None:
    ours, rule = _of(rows, "highneeds", ahead), _of(rows, "70/30", ahead)
    if ours is None or rule is None:
        return None
    return Note.of(
        "back_test.of_path",
        years_ahead=ahead,
        mape=ours["mape"],
        rule_mape=rule["mape"],
        forecasts=ours["rows"],
        inside80=round(ours["cover80"] * ours["rows"] / 100),
    )


def _spend_note(rows: Sequence[Mapping[str, Any]], ahead: int) -> Note | None:
    ours = _of(rows, "highneeds", ahead)
    if ours is None:
        return None
    return Note.of(
        "back_test.of_spend",
        years_ahead=ahead,
        mape=ours["mape"],
        rule_mape=min(row["mape"] for row in rows if row["years_ahead"] == ahead and row["method"] != "highneeds"),
        forecasts=ours["rows"],
        inside80=round(ours["cover80"] * ours["rows"] / 100),
    )


def forecast(
    assumptions: Assumptions,
    scenarios: Sequence[Scenario],
    draws: int,
    seed: int,
    options: RunOptions | None = None,
    notes: Sequence[Note] = (),
    inputs: ForecastInputs | None = None,
    people: bool = True,
) -> Forecast:
    """The baseline and each scenario by itself; with what a workspace asks, from its own ledger and balance.

    people   False where scenarios are only compared: once priced, they let go of ages, needs, reasons and points
    """
    names = [scenario.name for scenario in scenarios]
    double = [name for name in {*names, BASELINE} if [*names, BASELINE].count(name) > 1]
    if double:
        raise InputError(f"Two scenarios are called '{double[0]}'", remedy="Rename one of the files")
    runs: dict[str, tuple[SimulationRun, Costs | None]] = {}
    baseline = simulate(assumptions, draws, seed, options)
    assumptions = started(baseline, inputs)
    baseline = replace(baseline, assumptions=assumptions)
    runs[BASELINE] = (baseline, priced(baseline, inputs))
    said = [*notes, *(money_notes(inputs, runs[BASELINE][1]) if inputs else ())]
    for scenario in scenarios:
        run = run_scenario(assumptions, scenario, draws, seed, options, baseline)
        costs = priced(run, inputs)
        if not people:
            run = replace(run, outcome=run.outcome.without_people(), points=())
        runs[scenario.name] = (run, costs)
        said += cautions(scenario)
    return Forecast(assumptions.council, runs, tuple(said), inputs)


OF_PUBLISHED_BLOCK = ("in_year.no_grant", "in_year.grant_carried_on", "in_year.grant_across_break")


def with_own_figures(
    assumptions: Assumptions, notes: Sequence[Note], published: Published, inputs: ForecastInputs
) -> tuple[Assumptions, tuple[Note, ...]]:
    """The assumptions with what the workspace knows of its own prices and of SEN transport; what is missing is said."""
    kept = [note for note in notes if note.topic not in ("accumulated", "transport")]
    if inputs.transport:
        assumptions = with_transport(assumptions, published, inputs.la_number, inputs.transport[-1])
    else:
        kept.append(NOT_GIVEN)
    if assumptions.prices is None:
        return assumptions, tuple(kept)
    prices, said = with_own_prices(assumptions.prices, inputs.own_prices)
    prices, residual = with_residual(assumptions.prices, prices, assumptions)
    said = (*said, *residual)
    if said:
        kept = [Note.of("cost.estimate_save_own") if note.code == "cost.estimate" else note for note in kept]
    mended = [note for setting, note in assumptions.prices.absent.items() if setting not in prices.absent]
    kept = [note for note in kept if note not in mended]
    missing = [Note.of("unit_cost.not_given", named=one) for one in inputs.no_price]
    prices, granted = with_own_blocks(prices, inputs.blocks)
    if granted:
        kept = [note for note in kept if note.code not in OF_PUBLISHED_BLOCK]
        granted = (*granted, *grant_notes(prices, assumptions.calendar.financial_years))
    return replace(assumptions, prices=prices), (*kept, *said, *granted, *missing)
