"""From which day a sum of a document holds: always, from that of its newest version, or from none where it is open."""

from datetime import date

import pytest

from highneeds.actions._sums_kept import KeptSums
from memory_store import MemoryStore

SPEND = b"""year,line,month,amount_gbp,known_on,source
2024-25,1.2.1,,5.00,,ledger
2024-25,1.2.2,,5.00,,ledger
2024-25,1.2.2,,6.00,2025-05-01,ledger
2024-25,1.2.3,2024-04,,,ledger
"""


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (("2024-25", "1.2.1", ""), ""),
        (("2024-25", "1.2.2", ""), "2025-05-01"),
        (("2024-25", "1.2.3", "2024-04"), None),
        (("2024-25", "1.2.4", ""), None),
    ],
)
def test_from_which_day_a_sum_holds(key, day):
    kept = KeptSums(MemoryStore({"spend.csv": SPEND}), "spend.csv", ("year", "line", "month"), (), date(2025, 6, 1))
    assert kept.of(key, "amount_gbp") == day
