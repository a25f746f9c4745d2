"""The simulation itself, three times under one set of specs: reference (person by person), numpy, and numba.

The numpy and the numba kernel use the same random numbers and give the same counts; the reference agrees with them in
distribution. `chosen()` says which is used: numba where it is installed, unless HIGHNEEDS_NUMBA is 0.
"""

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from highneeds.forecast.kernels.layout import DrawnPaths, Inputs, SimulatedFlows
from highneeds.forecast.state import Keys

Kernel = Callable[[Inputs, DrawnPaths, Keys], SimulatedFlows]


def chosen(environment: Mapping[str, str]) -> str:
    """The name of the kernel to use: 'numba', or 'numpy' where numba is absent or switched off."""
    if environment.get("HIGHNEEDS_NUMBA", "1") == "0" or find_spec("numba") is None:
        return "numpy"
    return "numba"


def kernel(name: str) -> Kernel:
    """The kernel of that name."""
    if name == "numba":
        from highneeds.forecast.kernels.numba import simulate as by_numba

        return by_numba
    if name == "numpy":
        from highneeds.forecast.kernels.numpy import simulate as by_numpy

        return by_numpy
    from highneeds.forecast.kernels.reference import simulate as by_reference

    return by_reference
