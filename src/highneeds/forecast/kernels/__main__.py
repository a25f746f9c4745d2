"""python -m highneeds.forecast.kernels: compile the kernel of this version and keep it, so that no forecast waits."""

import os

import numpy as np

from highneeds.forecast import kernels
from highneeds.forecast.assumptions import Assumptions, Spread, empty_opening, quiet_rates
from highneeds.forecast.places import Places
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.state import AGES, WHOLE_SETTINGS, Calendar


def empty_council() -> Assumptions:
    """A council where nothing happens, for one year."""
    calendar, count = Calendar(2024, 1), len(WHOLE_SETTINGS)
    return Assumptions(
        council="nobody",
        calendar=calendar,
        provisions=WHOLE_SETTINGS,
        population=np.zeros((1, AGES)),
        opening=empty_opening(count),
        rates=quiet_rates(len(calendar.terms), count),
        spread=Spread(tilt=np.zeros(count)),
        places=Places(),
    )


if __name__ == "__main__":
    simulate(empty_council(), 1, 1, RunOptions(kernel=kernels.chosen(os.environ), threads=1))
