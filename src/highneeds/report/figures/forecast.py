"""The fans of the forecast: plans each January, the in-year position and the accumulated deficit by financial year."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from highneeds.forecast.summary import Fan, ForecastSummary
from highneeds.report.cells import Cell
from highneeds.report.charts import Band, ChartWords, Series, fan_chart
from highneeds.report.document import ChartBlock
from highneeds.vocabulary.odds import in_odds
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

BANDS = (95, 80, 50)
BASIS = "Estimate from published statistics, never the council's own figure"
BEFORE = "The forecast begins later"
ESTIMATE = "Estimate"
"""The mean of the draws, as in every table: a middle would be a second figure of the same thing."""
Show = Callable[[float], Cell]


def plans_cell(value: float) -> Cell:
    return Cell.figure(round_half_away(value), Unit.PLANS, state=State.COMPUTED)


def money_cell(value: float) -> Cell:
    """Pounds to the nearest hundred thousand in words, exact to the pound in files."""
    return Cell.millions(round_half_away(value), state=State.COMPUTED)


def range_words(fan: Fan, place: int, show: Show, percent: int = 80) -> str:
    """'£152.4m to £433.1m'."""
    low, high = ends_in_words(fan, place, show, percent)
    return f"{low} to {high}"


def ends_in_words(fan: Fan, place: int, show: Show, percent: int = 80) -> tuple[str, str]:
    """('£152.4m', '£433.1m')."""
    low, high = fan.band(percent)
    return show(low[place]).text, show(high[place]).text


def bands_of(fan: Fan, periods: Sequence[str], show: Show) -> tuple[Band, ...]:
    """The 95, 80 and 50% bands over `periods`; a gap where the forecast has not begun."""
    ends = {percent: fan.band(percent) for percent in BANDS}
    return tuple(
        Band(percent, *(line(fan.periods, values, periods, show) for values in ends[percent])) for percent in BANDS
    )


def line(known: Sequence[str], values: Sequence[float], periods: Sequence[str], show: Show) -> tuple[Cell, ...]:
    """One cell per period: the figure where there is one."""
    at = dict(zip(known, values, strict=True))
    return tuple(show(at[period]) if period in at else Cell.not_applicable(BEFORE) for period in periods)


def estimate(fan: Fan, periods: Sequence[str], show: Show) -> Series:
    return Series(ESTIMATE, line(fan.periods, fan.mean, periods, show))


def with_its_band(sums: tuple[float, float, float]) -> list[str]:
    """A mean and the ends of its band as they are told after 'saves' or 'costs': the mean without its sign, and an end
    on the other side of nought with one."""
    mean, low, high = sums if sums[0] >= 0 else (-sums[0], -sums[2], -sums[1])
    return [money_cell(value).text for value in (mean, low, high)]


def source_of(brief: ForecastSummary) -> str:
    return (
        f"{BASIS}: statistics of the Department for Education to January {brief.origin}; "
        f"{brief.draws} draws, seed {brief.seed}"
    )


def plans_chart(brief: ForecastSummary, title: str) -> ChartBlock:
    """Plans counted, then the fan."""
    fan = brief.plans
    periods = [*(one.period for one in brief.counted), *fan.periods]
    counted = {one.period: one.value for one in brief.counted} | {fan.periods[0]: fan.mean[0]}
    known = tuple(
        plans_cell(counted[period]) if period in counted else Cell.not_applicable("Not counted yet")
        for period in periods
    )
    return fan_chart(
        ChartWords("forecast-plans", title, source_of(brief), period_name="January"),
        periods=[Month.parse(period) for period in periods],
        lines=(Series("Counted", known), estimate(fan, periods, plans_cell)),
        bands=bands_of(fan, periods, plans_cell),
        unit=Unit.PLANS,
        zero=False,
    )


def in_year_chart(brief: ForecastSummary, title: str) -> ChartBlock:
    """The estimated in-year position, with what was agreed and what the council has published of the same years."""
    fan = brief.in_year
    assert fan is not None
    agreed = [(one.year, one.target_gbp) for one in brief.odds if one.target_gbp is not None]
    own = [(one.year, one.published_gbp) for one in brief.held]
    lines = [_given("Agreed", agreed, fan.periods, dashed=True)] if agreed else []
    lines += [_given("Council's figure", own, fan.periods)] if own else []
    at_end = brief.at_end
    return fan_chart(
        ChartWords("forecast-in-year", title, source_of(brief)),
        periods=fan.periods,
        lines=(*lines, estimate(fan, fan.periods, money_cell)),
        bands=bands_of(fan, fan.periods, money_cell),
        unit=Unit.GBP,
        chance="" if at_end is None or at_end.balance is None else in_odds(at_end.balance, brief.draws),
    )


def deficit_chart(brief: ForecastSummary, title: str) -> ChartBlock:
    """The accumulated deficit from the published balance on, with what was agreed for 31 March."""
    fan = brief.deficit
    assert fan is not None
    agreed = [(one.year, one.closing_gbp) for one in brief.odds if one.closing_gbp is not None]
    lines = [_given("Agreed", agreed, fan.periods, dashed=True)] if agreed else []
    at_end = brief.at_end
    return fan_chart(
        ChartWords("forecast-deficit", title, source_of(brief)),
        periods=fan.periods,
        lines=(*lines, estimate(fan, fan.periods, money_cell)),
        bands=bands_of(fan, fan.periods, money_cell),
        unit=Unit.GBP,
        chance="" if at_end is None or at_end.closing is None else in_odds(at_end.closing, brief.draws),
    )


def _given(name: str, known: Sequence[tuple[str, float]], periods: Sequence[str], dashed: bool = False) -> Series:
    at = dict(known)
    cells = tuple(
        Cell.millions(Decimal(str(at[period]))) if period in at else Cell.gap(State.NOT_PUBLISHED) for period in periods
    )
    return Series(name, cells, dashed=dashed)
