"""What the bands of regions and England are made from, learnt once from the published statistics."""

from collections.abc import Collection, Sequence

from highneeds.forecast.aggregates.areas import SummedArea, areas_of
from highneeds.forecast.aggregates.backtest import area_scorecard
from highneeds.forecast.aggregates.errors import part_errors, plan_errors, spend_errors
from highneeds.forecast.aggregates.rows import AreaSpreads
from highneeds.forecast.aggregates.spread import PLANS, SPEND, AreaSpread, area_spread, part_spread
from highneeds.forecast.backtest.score import Score
from highneeds.forecast.backtest.scorecard import AGES_CUT, SETTINGS_CUT
from highneeds.forecast.published.lookback import look_back
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.spend import look_back_at_spend
from highneeds.intake.published import Published
from highneeds.vocabulary.period import FinancialYear


def area_spreads(published: Published, january: int) -> AreaSpreads:
    """How sure the sums are at a January, from what was known then."""
    known = published.known_at(january)
    looks, areas = look_back(known, january), areas_of(published)
    spent = look_back_at_spend(known, looks)
    parts = {
        "age_band": part_spread(part_errors(looks, areas, AGES_CUT), january),
        "setting": part_spread(part_errors(looks, areas, SETTINGS_CUT), january),
    }
    newest = spent[-1].outturn.newest if spent else FinancialYear(january - 1)
    spend = area_spread(spend_errors(spent, areas) if spent else (), january, SPEND)
    return AreaSpreads(january, newest, area_spread(plan_errors(looks, areas), january, PLANS, parts), spend)


def spread_of_sum(published: Published, january: int, councils: Collection[str]) -> AreaSpread | None:
    """How sure the sum of plans of any councils is at a January: what all of England share, and their own beside it.

    None where none of them has been forecast before, so that nothing says how wrong their sum was.
    """
    known = published.known_at(january)
    looks, england = look_back(known, january), areas_of(known)[0]
    together = SummedArea("sum", "", frozenset(councils))
    errors = plan_errors(looks, (england, together))
    if not any(one.area is together for one in errors):
        return None
    return area_spread(errors, january, PLANS)


def area_scores(published: Published, origins: Sequence[int], of_spend: bool) -> tuple[Score, ...]:
    """The back-test of England and the regions, of plans or of spending."""
    looks, areas = look_back(published, latest_january(published)), areas_of(published)
    if not of_spend:
        return area_scorecard(plan_errors(looks, areas), origins, PLANS)
    spent = look_back_at_spend(published, looks)
    return area_scorecard(spend_errors(spent, areas), [one.january for one in spent if one.january in origins], SPEND)
