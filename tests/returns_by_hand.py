"""What a quiet council's SEN2 returns show, to change one thing at a time."""

import numpy as np

from highneeds.forecast.learning.observed import Observed
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Term

YEARS = (2022, 2023)
MAINSTREAM = SETTINGS.index("mainstream")


def seen(**changes: object) -> Observed:
    """Two quiet years: 1,000 plans of ten-year-olds in mainstream schools, 20 of which end in every term."""
    terms = tuple(Term(year, number) for year in YEARS for number in range(3))
    cells = np.zeros((len(terms), AGES, len(NEEDS), len(SETTINGS)))
    held, ended = cells.copy(), cells.copy()
    held[:, 10, 0, MAINSTREAM], ended[:, 10, 0, MAINSTREAM] = 1000.0, 20.0
    ages, by_setting = np.zeros((len(terms), AGES)), np.zeros((len(terms), AGES, len(SETTINGS)))
    asked = ages.copy()
    asked[:, 5] = 100.0
    nobody = np.zeros(AGES, dtype=np.int64)
    quiet = dict(
        terms=terms,
        at_risk=held,
        ended=ended,
        started=cells,
        left=cells,
        moved=np.zeros((len(terms), AGES, len(SETTINGS), len(SETTINGS))),
        requests=asked,
        agreed=0.7 * asked,
        refused=0.3 * asked,
        assessed=0.7 * asked,
        issued=0.63 * asked,
        in_hand=np.full(len(terms), 100.0),
        finished=np.full(len(terms), 70.0),
        late=np.zeros(len(terms)),
        late_finished=np.zeros(len(terms)),
        overdue=by_setting,
        overdue_ended=by_setting,
        overdue_years=(2022, 2023, 2024),
        overdue_stock=np.zeros(3),
        overdue_done=np.zeros(3),
        plans=held[-1].astype(np.int64),
        overdue_plans=by_setting[-1],
        undecided=nobody,
        under_way=nobody,
        over_time=nobody,
        last_refused=nobody,
        last_not_issued=nobody,
    )
    return Observed(**{**quiet, **changes})  # type: ignore[arg-type]
