"""What last year's requests say of England's plans, with a pencil."""

import numpy as np
import pytest

from highneeds.forecast.published.panel import PublishedPanel, panel_at
from highneeds.forecast.published.pipeline import Pipeline, pipeline_growth, pipeline_of
from highneeds.forecast.published.totals import england_growth
from published_by_hand import published

TOTALS = """
council | 2015 | 2016 | 2017 | 2018
101     |  800 | 1000 | 1100 | 1210
England |  800 | 1000 | 1100 | 1210
"""
FLOWS = """
council | year | requests | new plans
England | 2015 |          |
England | 2016 |      250 |       150
England | 2017 |      300 |       200
""".replace("England | 2015 |          |\n", "")


def known_at(january: int, flows: str = FLOWS) -> PublishedPanel:
    return panel_at(published(TOTALS, flows=flows), january)


def test_plans_that_do_not_end_and_the_usual_share_of_requests_make_the_next_january():
    pipe = Pipeline(plans=1000, requests=300, issued=0.5, ended=0.05, years=1)
    assert np.exp(pipe.growth(0.1, 2)) == pytest.approx([1100 / 1000, (1100 * 0.95 + 0.5 * 300 * np.exp(0.1)) / 1100])


def test_shares_are_learnt_from_the_years_known_newer_ones_weighing_more():
    pipe = pipeline_of(known_at(2018))
    assert (pipe.plans, pipe.requests, pipe.years) == (pytest.approx(1210), 300, 1)
    assert pipe.issued == pytest.approx(200 / 250)
    ended = [(1000 + 150 - 1100) / 1000, (1100 + 200 - 1210) / 1100]
    assert pipe.ended == pytest.approx((0.7 * ended[0] + ended[1]) / 1.7)


def test_the_pipe_moves_the_centre_as_far_as_it_is_trusted_and_less_each_year():
    panel = known_at(2018)
    usual = np.log(1210 / 800) / 3
    beside = pipeline_of(panel).growth(usual, 2) - usual
    assert pipeline_growth(panel, usual, 2) == pytest.approx((beside[0] + 0.7 * beside[1]) / 9)
    assert england_growth(panel, 1) == pytest.approx(usual + beside[0] / 9)


def test_without_requests_of_the_last_year_the_mean_since_the_reform_stands():
    assert pipeline_of(known_at(2018, FLOWS.replace("England | 2017 |      300 |       200\n", ""))) is None
    assert pipeline_of(known_at(2017)) is None, "nothing has come of any request yet"
    assert england_growth(known_at(2017), 1) == pytest.approx(np.log(1100 / 800) / 2)


def test_more_requests_than_usual_lift_the_centre():
    more = known_at(2018, FLOWS.replace("300", "400"))
    assert england_growth(more, 1) > england_growth(known_at(2018), 1)


def test_where_no_sum_is_published_the_councils_that_have_figures_are_raised_to_all_plans():
    totals = "council | 2015 | 2016 | 2017\n101 | 900 | 900 | 990\n102 | 100 | 100 | 110"
    panel = panel_at(published(totals, flows="council | year | requests | new\n101 | 2016 | 180 | 90"), 2017)
    assert panel.england_flows["requests"][-1] == pytest.approx(200), "nine tenths of the plans had 180"
    little = panel_at(published(totals, flows="council | year | requests | new\n102 | 2016 | 20 | 10"), 2017)
    assert np.isnan(little.england_flows["requests"][-1]), "a tenth does not speak for England"
