"""The lever `request_rate`: a small council before and after it is pulled."""

import numpy as np

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import AGES


def test_ten_per_cent_fewer_requests_under_five_from_september():
    council = quiet().with_rates(requests=np.full((4, AGES), 10.0))
    values = dict(low=-0.1, central=-0.1, high=-0.1, starts="2024-09", first_age=0, last_age=4)
    after = kind_named("request_rate").make(values).apply(council).rates.requests
    assert after[:, 3].tolist() == [10.0, 10.0, 9.0, 9.0]  # spring, summer, autumn, spring
    assert after[:, 5].tolist() == [10.0] * 4


def test_it_phases_in_over_the_terms_given():
    council = quiet().with_rates(requests=np.full((4, AGES), 10.0))
    values = dict(low=-0.2, central=-0.2, high=-0.2, starts="2024-04", terms_to_full=1)
    assert kind_named("request_rate").make(values).apply(council).rates.requests[:, 0].tolist() == [10.0, 9.0, 8.0, 8.0]
