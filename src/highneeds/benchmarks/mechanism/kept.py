"""Every comparison of every council, kept under the fingerprint of the statistics that it comes of."""

import io

import polars as pl

from highneeds.benchmarks.mechanism.compare import compare, comparisons
from highneeds.benchmarks.mechanism.comparison import Comparison
from highneeds.intake.published import Published
from highneeds.store.cache import Cache, fingerprint_of, kept_or_made

ROOMS = ("benchmarks", "intake/published", "vocabulary")
LIBRARIES = ("polars",)


def all_compared(published: Published, kept: Cache) -> tuple[tuple[Comparison, pl.DataFrame], ...]:
    """Each comparison with its rows for all councils and periods, in the columns of `compare`."""
    wanted = comparisons()
    words = f"comparisons {published.day} {published.january} {[one.id for one in wanted]}"
    name = fingerprint_of(words, published.files.values(), ROOMS, LIBRARIES)

    def made() -> bytes:
        body = io.BytesIO()
        pl.concat(compare(published, one)[0] for one in wanted).write_ipc(body, compression="lz4")
        return body.getvalue()

    whole = pl.read_ipc(io.BytesIO(kept_or_made(kept, "comparisons", name, made)))
    return tuple((one, whole.filter(pl.col("indicator") == one.id)) for one in wanted)
