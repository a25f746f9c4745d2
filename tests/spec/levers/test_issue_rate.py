"""The lever `issue_rate`: a small council before and after it is pulled."""

import numpy as np

from forecast_by_hand import flow, quiet, run
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import AGES


def test_half_the_assessments_of_one_age_end_without_a_plan():
    council = quiet().with_rates(requests=np.full((4, AGES), 2.0))
    values = dict(low=-1.0, central=-1.0, high=-1.0, starts="2024-01", first_age=4, last_age=4)
    after = run(kind_named("issue_rate").make(values).apply(council))
    assert after.outcome.by_age[:, :, 5, 4].sum() == 0  # no plan is issued at 4
    assert flow(after, "issued").sum() > 0


def test_its_example_begins_with_a_school_year():
    assert kind_named("issue_rate").example["starts"] == "2025-09"
