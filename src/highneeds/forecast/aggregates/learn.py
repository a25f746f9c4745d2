"""What the bands of regions and England are made from, learnt once from the published statistics."""

from collections.abc import Collection, Mapping, Sequence

from highneeds.forecast.aggregates.areas import SummedArea, areas_of
from highneeds.forecast.aggregates.backtest import area_scorecard
from highneeds.forecast.aggregates.errors import part_errors, plan_errors, spend_errors
from highneeds.forecast.aggregates.rows import AreaSpreads
from highneeds.forecast.aggregates.spread import PLANS, SPEND, area_spread, part_spread
from highneeds.forecast.backtest.score import Score
from highneeds.forecast.backtest.scorecard import AGES_CUT, SETTINGS_CUT
from highneeds.forecast.costs.block_growth import block_growth
from highneeds.forecast.costs.section_251 import blocks_before_deductions
from highneeds.forecast.published.lookback import PastForecast, look_back
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.spend import SpendLook, look_back_at_spend
from highneeds.intake.published import Published
from highneeds.vocabulary.period import FinancialYear


def area_spreads(published: Published, january: int) -> AreaSpreads:
    """How sure the sums are at a January, from what was known then."""
    known = published.known_at(january)
    areas = areas_of(published)
    looks = look_back(known, january)
    spent = look_back_at_spend(known, looks)
    parts = {
        "age_band": part_spread(part_errors(looks, areas, AGES_CUT), january),
        "setting": part_spread(part_errors(looks, areas, SETTINGS_CUT), january),
    }
    return _spreads(known, looks, spent, areas, january, parts)


def spreads_of_sum(published: Published, january: int, councils: Collection[str]) -> AreaSpreads | None:
    """How sure the sums of any councils are at a January: what all of England share, and their own beside it.

    None where none of them has been forecast before, so that nothing says how wrong their sum was.
    """
    known = published.known_at(january)
    looks, england = look_back(known, january), areas_of(known)[0]
    together = SummedArea("sum", "", frozenset(councils))
    if not any(one.area is together for one in plan_errors(looks, (together,))):
        return None
    return _spreads(known, looks, look_back_at_spend(known, looks), (england, together), january, {})


def _spreads(
    known: Published,
    looks: Sequence[PastForecast],
    spent: Sequence[SpendLook],
    areas: Sequence[SummedArea],
    january: int,
    parts: Mapping[str, float],
) -> AreaSpreads:
    blocks = blocks_before_deductions(known) if known.has("dsg_allocations") else {}
    return AreaSpreads(
        january,
        spent[-1].outturn.newest if spent else FinancialYear(january - 1),
        area_spread(plan_errors(looks, areas), january, PLANS, parts),
        area_spread(spend_errors(spent, areas) if spent else (), january, SPEND),
        block_growth(blocks) if blocks else None,
        max((year for one in blocks.values() for year in one), default=0),
    )


def area_scores(published: Published, origins: Sequence[int], of_spend: bool) -> tuple[Score, ...]:
    """The back-test of England and the regions, of plans or of spending."""
    looks, areas = look_back(published, latest_january(published)), areas_of(published)
    if not of_spend:
        return area_scorecard(plan_errors(looks, areas), origins, PLANS)
    spent = look_back_at_spend(published, looks)
    return area_scorecard(spend_errors(spent, areas), [one.january for one in spent if one.january in origins], SPEND)
