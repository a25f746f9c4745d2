"""Who moved between two days, from which setting to which, and the cause where a record shows one."""

from collections.abc import Collection
from datetime import date

import numpy as np
import polars as pl

from highneeds.caseload.caseload import Caseload
from highneeds.vocabulary.setting import SettingClass


def moves(caseload: Caseload, before: date, after: date) -> pl.DataFrame:
    """person, year, setting_before, setting_after: everybody with a plan on both days whose setting changed.

    Somebody without a placement on one of the days stands as UKN there; whether that breaks the chain is for
    the reader to say (`moves_between` does).
    """
    then, now = caseload.at(before), caseload.at(after)
    mine, theirs = now.everybody["person"].to_numpy(), then.everybody["person"].to_numpy()
    _, here, there = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    moved = now.setting[here] != then.setting[there]
    here, there = here[moved], there[moved]
    columns = {
        "person": now.everybody["person"][here],
        "year": now.everybody["year"][here],
        "setting_after": now.everybody["setting"][here],
        "setting_before": then.everybody["setting"][there],
    }
    return pl.DataFrame(columns)


def moves_between(moved: pl.DataFrame, there: Collection[SettingClass], here: Collection[SettingClass]) -> pl.DataFrame:
    """The moves that begin in one of `there` and end in one of `here`."""
    return moved.filter(
        pl.col("setting_before").is_in([setting.value for setting in there])
        & pl.col("setting_after").is_in([setting.value for setting in here])
    )
