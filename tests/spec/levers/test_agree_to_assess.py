"""The lever `agree_to_assess`: a small council before and after it is pulled."""

import numpy as np

from forecast_by_hand import flow, quiet, run
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import AGES


def test_refusals_that_come_back_weaken_it():
    """All are refused from the summer on; every refusal comes back in the next term and is assessed after all."""
    council = quiet().with_rates(requests=np.full((4, AGES), 2.0), come_back=np.ones(4))
    values = dict(low=-1.0, central=-1.0, high=-1.0, starts="2024-04")
    after = run(kind_named("agree_to_assess").make(values).apply(council))
    assert (flow(after, "agreed")[:, 1:] == 0).all()
    assert (flow(after, "came_back")[:, 2:] == flow(after, "refused")[:, 1:3] - _lapsed(after)).all()


def _lapsed(after):
    """Those of age 25 whose refusal lapses at the roll-over in September."""
    refused = after.outcome.by_age[:, 1, 2, AGES - 1]
    return np.stack([refused, np.zeros_like(refused)], axis=1)
