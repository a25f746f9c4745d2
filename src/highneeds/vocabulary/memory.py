"""Memory of a process that ends with its work."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Within it nothing looks for rings of objects that hold each other; what is done with is given back as ever.

    What a run makes lives until its end, and every look goes through all of it, once more as Python ends: 2 of 16
    seconds of processor on Kent, for 5 megabytes. Only for work that ends with its process (decision 262).
    """
    before = gc.isenabled()
    gc.disable()
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """The same with a look now and then, where a kernel may have to be compiled: 491 MB then in place of 526."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 10, 20)
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        gc.set_threshold(*before)
