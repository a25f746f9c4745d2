"""What few people have: a second placement, a plan taken over from another council, a request refused before.

The shares are assumptions; nothing published says them. None of it moves a plan in or out of the window or changes its
setting.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from highneeds.invented.caseload.margins import CLASSES
from highneeds.invented.caseload.people import People
from highneeds.invented.caseload.pipeline import RequestRecord
from highneeds.invented.caseload.schools import Schools

DUAL_SHARE = 0.015
TAKEN_OVER_SHARE = 0.02
ASKED_AGAIN_SHARE = 0.1
DAYS_BEFORE_ASKING_AGAIN = 60
BESIDE = {"MsMdA": "SpMdA", "RP": "SpMdA", "SENU": "SpMdA", "SpMdA": "MsMdA"}
NOTES = (
    "Of open placements in state schools 1.5 in a hundred have a second one beside them, special beside mainstream and "
    "the reverse; of older plans 2 in a hundred were taken over from a council of the same region before the window "
    "began; of refused requests 1 in ten is followed by another that leads to a plan. These shares are assumed.",
)


def asked_again(
    records: Sequence[RequestRecord], holder_of: np.ndarray, people: People, rng: np.random.Generator
) -> dict[int, int]:
    """Place of a refused request -> the holder of a plan who was refused before and asked again."""
    issued = np.flatnonzero(holder_of >= 0)
    received = np.array([records[place].received for place in issued.tolist()], dtype=np.int64)
    order = np.argsort(received, kind="stable")
    issued, received = issued[order], received[order]
    refused = [place for place in np.flatnonzero(holder_of < 0).tolist() if records[place].outcome == "N"]
    chosen = rng.permutation(np.array(refused, dtype=np.int64))[: round(ASKED_AGAIN_SHARE * len(refused))]
    taken: dict[int, int] = {}
    for place in chosen.tolist():
        first = records[place]
        later = issued[np.searchsorted(received, first.decided + DAYS_BEFORE_ASKING_AGAIN) :]
        if not len(later):
            continue
        holder = int(holder_of[later[rng.integers(len(later))]])
        if first.decided and holder not in taken.values() and people.birth[holder] + 500 < first.received:
            taken[place] = holder
    return taken


def taken_over(people: People, older: np.ndarray, opens: int, rng: np.random.Generator) -> dict[int, int]:
    """Holder of an older plan -> the day, before the window began, on which another council handed it over."""
    long_held = older[people.start[older] < opens - 400]
    chosen = rng.permutation(long_held)[: round(TAKEN_OVER_SHARE * len(older))]
    days = rng.integers(people.start[chosen] + 90, opens) if len(chosen) else chosen
    return dict(zip(chosen.tolist(), days.tolist(), strict=True))


def second_placements(
    placements: pl.DataFrame, setting: np.ndarray, schools: Schools, rng: np.random.Generator
) -> pl.DataFrame:
    """Rows of rank 2 beside a share of the open placements in state schools, for as long as those."""
    beside = np.array([BESIDE.get(name, "") for name in CLASSES])[setting]
    may = np.flatnonzero((beside != "") & placements["leavingdate"].is_null().to_numpy())
    chosen = np.sort(rng.permutation(may)[: round(DUAL_SHARE * len(may))])
    urns = [str(rng.choice(schools.urns[beside[row]])) for row in chosen.tolist()]
    return placements[chosen].with_columns(
        pl.Series("urn", urns, dtype=pl.String),
        pl.lit(None, pl.String).alias("ukprn"),
        pl.lit(2, pl.Int64).alias("placementrank"),
        pl.lit(False).alias("senunitindicator"),
        pl.lit(False).alias("resourcedprovisionindicator"),
    )
