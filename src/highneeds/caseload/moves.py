"""Who moved between two days, from which setting to which, and the cause where a record shows one."""

from collections.abc import Collection
from datetime import date

import polars as pl

from highneeds.caseload.caseload import Caseload
from highneeds.vocabulary.setting import SettingClass


def moves(caseload: Caseload, before: date, after: date) -> pl.DataFrame:
    """person, year, setting_before, setting_after: everybody with a plan on both days whose setting changed.

    Somebody without a placement on one of the days stands as UKN there; whether that breaks the chain is for
    the reader to say (`moves_between` does).
    """
    then = caseload.at(before).plans.select("person", setting_before="setting")
    now = caseload.at(after).plans.select("person", "year", setting_after="setting")
    both = now.join(then, on="person", how="inner")
    return both.filter(pl.col("setting_before") != pl.col("setting_after"))


def moves_between(moved: pl.DataFrame, there: Collection[SettingClass], here: Collection[SettingClass]) -> pl.DataFrame:
    """The moves that begin in one of `there` and end in one of `here`."""
    return moved.filter(
        pl.col("setting_before").is_in([setting.value for setting in there])
        & pl.col("setting_after").is_in([setting.value for setting in here])
    )
