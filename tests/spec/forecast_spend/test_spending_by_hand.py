"""The forecast of spending, with a pencil: what is known when, whose outturn it is, England's price of a plan."""

from itertools import pairwise

import numpy as np
import pytest

from highneeds.forecast.published.panel import PublishedPanel, panel_at
from highneeds.forecast.spend import OutturnPanel, outturn_at
from highneeds.forecast.spend.method import (
    DAMPING,
    GENERAL_PRICES,
    PastGrowth,
    england_spend,
    learn_beside_england,
    plan_path,
    price_of_plan,
    spend_points,
)
from highneeds.forecast.spend.outturn import BorrowedFrom, middle_of_year
from highneeds.forecast.spend.rules import spend_rule_points
from highneeds.intake.published import Published
from highneeds.intake.published.earnings import earnings_growth_at
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from published_by_hand import published

PLANS = """
council | 2017 | 2018 | 2019 | 2020 | 2021
101     | 1000 | 1100 | 1210 | 1331 | 1464
102     | 1000 | 1100 | 1210 | 1331 | 1464
103     | 1000 | 1100 | 1210 | 1331 | 1464
"""
OUTTURN = """
council | 2017-18 | 2018-19 | 2019-20
101     |   10000 |   11000 |   13200
102     |   10000 |   11000 |   13200
103     |   10000 |   11000 |   13200
"""


def known_at(january: int, outturn: str = OUTTURN, plans: str = PLANS, **words) -> OutturnPanel:
    found: Published = published(plans, outturn=outturn, **words)
    return outturn_at(found, panel_at(found, january))


@pytest.mark.parametrize(("january", "newest"), [(2019, 2017), (2020, 2018), (2021, 2019)])
def test_the_outturn_of_a_year_is_known_in_the_january_after_it_ended_and_no_earlier(january, newest):
    assert known_at(january).newest == FinancialYear(newest)


def test_before_the_first_outturn_there_is_nothing_to_forecast_from():
    with pytest.raises(InputError, match=r"No outturn of lines 1\.2 was known in January 2018"):
        known_at(2018)


def test_where_the_newest_year_was_not_published_horizons_count_from_the_one_before():
    short = OUTTURN.replace("| 2019-20", "").replace("|   13200", "")
    assert known_at(2021, short).newest == FinancialYear(2018)


def test_a_financial_years_plans_are_those_of_its_middle():
    assert np.exp(known_at(2020).plans[0]) == pytest.approx([0.3 * 1000 + 0.7 * 1100, 0.3 * 1100 + 0.7 * 1210])


def test_a_year_needs_the_census_before_its_middle_and_the_one_after():
    found = np.exp(middle_of_year(np.log([1000.0, 1100.0, 1300.0]), 2018, 2017, 4))
    assert found == pytest.approx([np.nan, 1070, 1240, np.nan], nan_ok=True)


def test_the_price_of_a_plan_is_what_spending_grew_by_beyond_plans():
    found = price_of_plan(known_at(2021))
    assert found.known == pytest.approx([np.log(1.1 / 1.1), np.log(1.2 / 1.1)])
    last, earnings = np.log(1.2 / 1.1), 0.036  # of September to November 2020, as published in January 2021
    assert found.level == pytest.approx(np.mean([(2 * last + years * earnings) / (2 + years) for years in (1, 2, 4)]))
    assert found.trend == pytest.approx(np.mean([last / (1 + years) for years in (1, 2, 4)]))
    assert [found.rise(year) for year in (1, 2, 3)] == pytest.approx([found.level + found.trend * y for y in (1, 2, 3)])


def test_earnings_are_the_newest_that_were_published_by_the_january():
    assert [earnings_growth_at(january) for january in (2019, 2022, 2025)] == pytest.approx([0.034, 0.042, 0.056])
    assert earnings_growth_at(2030) == earnings_growth_at(2025), "until somebody adds the next one"
    assert earnings_growth_at(2018) is None


def test_with_one_outturn_the_price_of_a_plan_rises_as_earnings_do():
    found = price_of_plan(known_at(2019))
    assert (found.level, found.trend) == (earnings_growth_at(2019), 0.0)


def test_england_spends_its_plans_times_its_price():
    then = known_at(2021)
    points = np.log(then.panel.opening)[:, None] + np.log([1.1, 1.1**2])[None, :]
    ahead = plan_path(then, points)
    rises = [price_of_plan(then).rise(year) for year in (1, 2)]
    plans = [0.3 * 1331 + 0.7 * 1464, 0.3 * 1464 + 0.7 * 1464 * 1.1]
    start = 0.3 * 1210 + 0.7 * 1331
    expected = [np.log(plans[0] / start) + rises[0], np.log(plans[1] / start) + sum(rises)]
    assert england_spend(then, ahead, (1, 2)) == pytest.approx(expected)


def test_councils_grow_together_as_england_does_whatever_each_does():
    then = known_at(
        2021, OUTTURN.replace("103     |   10000 |   11000 |   13200", "103     |   10000 |   11000 |   15000")
    )
    ahead = plan_path(then, np.log(then.panel.opening)[:, None] + np.array([[0.1], [0.0], [0.2]]))
    points = spend_points(then, ahead, np.array([0.5, -0.1]), (1,))
    grown = np.exp(points[:, 0]).sum() / np.exp(then.base).sum()
    assert np.log(grown) == pytest.approx(england_spend(then, ahead, (1,))[0])
    assert points[2, 0] - then.base[2] < points[0, 0] - then.base[0], "a dear plan draws nearer to the others"


def test_planted_coefficients_are_found():
    rng = np.random.default_rng(2)
    rows = rng.normal(scale=(0.05, 0.2), size=(600, 2))
    growth = rows @ np.array([0.6, -0.08]) + rng.normal(scale=0.01, size=600)
    assert learn_beside_england([PastGrowth(rows, growth, np.ones(600))]) == pytest.approx([0.6, -0.08], abs=0.04)


def test_nothing_is_learned_from_nothing():
    assert (learn_beside_england([]) == 0).all()


@pytest.mark.parametrize(("gbp", "broken"), [("14800", 0), ("14900", 1), ("8200", 0), ("8100", 1)])
def test_a_step_of_more_than_three_tenths_beside_the_typical_council_is_a_break(gbp, broken):
    """11,000 times e^0.3 is 14,849, and over it 8,149; the typical council's own step is within 0.002 of nought."""
    flat = "council | 2017-18 | 2018-19 | 2019-20\n" + "\n".join(
        f"{la} | 11000 | {11000 + 22 * sign} | 11000" for la, sign in (("101", 1), ("102", -1), ("103", 0))
    )
    then = known_at(2021, flat.replace("103 | 11000 | 11000 | 11000", f"103 | 11000 | 11000 | {gbp}"))
    assert len([one for one in then.breaks if one.la_number == "103"]) == broken
    assert then.crosses_break(1, 2)[2] == bool(broken)
    assert not then.crosses_break(0, 1)[2]


def test_no_growth_of_england_is_taken_across_a_break():
    halves = OUTTURN.replace("103     |   10000 |   11000 |   13200", "103     |   10000 |   11000 |    5000")
    assert known_at(2021, halves).step == pytest.approx([np.log(1.1), np.log(1.2)])


@pytest.mark.parametrize(
    ("gbp", "ahead"),
    [
        ("11000 |   13200", 1.32**0.5),
        ("11000 |    5000", 1.32**0.5),  # the break is the last step: England's growth over the same years
        ("5000 |    6000", 1.2),  # the break lies before the last step: the growth since
    ],
)
def test_the_rule_of_own_growth_takes_none_across_a_break(gbp, ahead):
    then = known_at(2021, OUTTURN.replace("103     |   10000 |   11000 |   13200", f"103     |   10000 |   {gbp}"))
    points = spend_rule_points(then, "own growth over 3 years", (1,))
    assert np.exp(points[2, 0] - then.base[2]) == pytest.approx(ahead)


YOUNG = """
council | 2018 | 2019 | 2020 | 2021
101     | 1000 | 1000 | 1000 | 1000
200     | 1000 | 1000 | 1000 |
301     |      |      |      |  600
302     |      |      |      |  400
"""
BEFORE = """
council | 2018-19 | 2019-20
101     |   10000 |   11000
200     |    8000 |    8800
"""


def test_a_young_council_takes_its_predecessors_outturn_by_its_share_of_the_plans():
    then = known_at(2021, BEFORE, YOUNG, successors={"200": "301|302"})
    shares = {council: float(np.exp(then.base[row])) for row, council in enumerate(then.councils)}
    assert shares["301"] == pytest.approx(0.6 * 8_800_000)
    assert shares["302"] == pytest.approx(0.4 * 8_800_000)
    assert then.borrowed["301"] is BorrowedFrom.PREDECESSOR


def test_without_a_predecessor_it_takes_englands_spending_per_plan():
    then = known_at(2021, BEFORE.replace("200     |    8000 |    8800\n", ""), YOUNG, successors={"200": "301|302"})
    row = then.councils.index("301")
    assert np.exp(then.base[row]) == pytest.approx(600 / 1000 * 11_000_000)
    assert then.borrowed["301"] is BorrowedFrom.ENGLAND


def test_a_council_without_the_newest_outturn_is_carried_on_from_its_own():
    then = known_at(2021, OUTTURN.replace("103     |   10000 |   11000 |   13200", "103     |   10000 |   11000 |"))
    assert np.exp(then.base[2]) == pytest.approx(11_000_000 * 1.2)
    assert then.borrowed["103"] is BorrowedFrom.OWN_OLDER


def test_nought_and_less_are_no_outturn():
    assert (
        "103"
        in known_at(
            2021,
            OUTTURN.replace("11000 |   13200\n103", "11000 |   13200\n103").replace(
                "103     |   10000 |   11000 |   13200", "103     |   10000 |   11000 |      -5"
            ),
        ).borrowed
    )


@pytest.mark.parametrize(
    ("rule", "growth"),
    [
        ("last value", 0.0),
        ("England's last growth", np.log(1.2)),
        ("England's growth over 3 years", np.log(1.32) / 2),
        ("own growth over 3 years", np.log(1.32) / 2),
        ("70/30", 0.7 * np.log(1.2) + 0.3 * np.log(1.32) / 2),
    ],
)
def test_every_plain_rule_by_hand(rule, growth):
    then = known_at(2021)
    assert spend_rule_points(then, rule, (1, 3))[0] - then.base[0] == pytest.approx([growth, 3 * growth])


def test_the_panel_of_plans_is_the_one_it_was_given():
    found = published(PLANS, outturn=OUTTURN)
    panel: PublishedPanel = panel_at(found, 2021)
    assert outturn_at(found, panel).panel is panel


def test_beyond_the_third_year_the_price_of_a_plan_falls_back_towards_general_prices():
    found = price_of_plan(known_at(2021))
    beyond = [found.rise(year) - GENERAL_PRICES for year in range(3, 8)]
    assert [later / one for one, later in pairwise(beyond)] == pytest.approx([DAMPING] * 4)
