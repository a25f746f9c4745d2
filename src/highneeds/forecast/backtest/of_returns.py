"""How good learning from a council's returns would have been: the newest is held back, and forecast by the others."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from highneeds.caseload import Caseload, Caseloads
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.rates import estimate
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.state import FLOWS_BY_PROVISION
from highneeds.intake.published import Published
from highneeds.vocabulary.note import Note

LEAST = 3


def of_returns(caseloads: Sequence[Caseload], published: Published) -> Note:
    """How near it was. Two returns to learn from and one to be held against are needed."""
    members = Caseloads.of(caseloads).members
    earlier = [one for one in members if one.reference_date.year < members[-1].reference_date.year]
    if len({one.reference_date.year for one in earlier}) < LEAST - 1:
        return Note.of("back_test.too_few_returns", needed=LEAST)
    learnt = estimate(earlier, published, years=1)
    day = date(learnt.calendar.origin, 12, 31)
    came = len(members[-1].at(day))
    stock = simulate(learnt, DRAWS, SEED, RunOptions(threads=1)).outcome.by_provision[
        :, 2, FLOWS_BY_PROVISION.index("stock")
    ]
    low, middle, high = np.quantile(stock.sum(axis=1), (0.1, 0.5, 0.9))
    return Note.of(
        "back_test.of_returns",
        day=day.isoformat(),
        mean=float(middle),
        low80=float(low),
        high80=float(high),
        counted=came,
    )
