"""The normal curve. Its library takes a third of a second to load, so it is loaded where a value is asked for."""

import numpy as np
import numpy.typing as npt


def chance_below(scores: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The chance that a standard normal value is not above each score, 0 to 1."""
    from scipy.special import ndtr

    return np.asarray(ndtr(scores))


def score_at(chances: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The score that a standard normal value does not exceed with each chance."""
    from scipy.special import ndtri

    return np.asarray(ndtri(chances))
