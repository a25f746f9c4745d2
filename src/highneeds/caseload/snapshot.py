"""The plans in force on one day: one row per child, with curriculum year and setting."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from highneeds.vocabulary.setting import SettingClass

SETTINGS = tuple(SettingClass)
SETTING = pl.Enum([setting.value for setting in SETTINGS])
NUMBER_OF = {setting: number for number, setting in enumerate(SETTINGS)}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Children with a plan in force on `day`, or those of them that were asked for.

    everybody  person, year (curriculum year, null without a birth month), setting (a SettingClass code),
               starts (date of the latest plan in force)
    year       (everybody) the year again; NaN without a birth month
    setting    (everybody) the setting as its place among SETTINGS
    chosen     (everybody) true for those that this snapshot holds: most questions ask only how many they are
    """

    day: date
    everybody: pl.DataFrame
    year: NDArray[np.float64]
    setting: NDArray[Any]
    chosen: NDArray[np.bool_]

    @classmethod
    def of(cls, day: date, plans: pl.DataFrame) -> "Snapshot":
        numbers = plans.select(pl.col("year").cast(pl.Float64), pl.col("setting").to_physical())
        year, setting = numbers["year"].to_numpy(), numbers["setting"].to_numpy()
        return cls(day, plans, year, setting, np.ones(plans.height, dtype=np.bool_))

    @cached_property
    def plans(self) -> pl.DataFrame:
        """person, year, setting, starts: a row for each child that this snapshot holds."""
        return self.everybody if self.chosen.all() else self.everybody[np.flatnonzero(self.chosen)]

    def __len__(self) -> int:
        return int(np.count_nonzero(self.chosen))

    def years(self, first: int, last: int | None = None) -> "Snapshot":
        """Those of curriculum years `first` to `last`, both included; no `last` is open to the top."""
        wanted = self.year >= first
        return self._those(wanted if last is None else wanted & (self.year <= last))

    def placed_in(self, settings: Collection[SettingClass]) -> "Snapshot":
        wanted = np.zeros(len(SETTINGS), dtype=np.bool_)
        wanted[[NUMBER_OF[setting] for setting in settings]] = True
        return self._those(wanted[self.setting])

    def where(self, wanted: pl.Expr) -> "Snapshot":
        return self._those(self.everybody.select(wanted.fill_null(False)).to_series().to_numpy())

    def by_setting(self) -> dict[SettingClass, int]:
        """How many children stand in each setting class; classes without any are left out."""
        counts = np.bincount(self.setting[self.chosen], minlength=len(SETTINGS))
        return {setting: int(count) for setting, count in zip(SETTINGS, counts, strict=True) if count}

    def _those(self, wanted: NDArray[np.bool_]) -> "Snapshot":
        return replace(self, chosen=self.chosen & wanted)
