"""The plans in force on one day: one row per child, with curriculum year and setting."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from highneeds.vocabulary.setting import SettingClass

SETTING = pl.Enum([setting.value for setting in SettingClass])


@dataclass(frozen=True)
class Snapshot:
    """Children with a plan in force on `day`.

    plans   person, year (curriculum year, null without a birth month), setting (a SettingClass code),
            starts (date of the latest plan in force)
    """

    day: date
    plans: pl.DataFrame

    def __len__(self) -> int:
        return self.plans.height

    def years(self, first: int, last: int | None = None) -> "Snapshot":
        """Those of curriculum years `first` to `last`, both included; no `last` is open to the top."""
        wanted = pl.col("year") >= first
        return self.where(wanted if last is None else wanted & (pl.col("year") <= last))

    def placed_in(self, settings: Collection[SettingClass]) -> "Snapshot":
        return self.where(pl.col("setting").is_in([setting.value for setting in settings]))

    def where(self, wanted: pl.Expr) -> "Snapshot":
        return replace(self, plans=self.plans.filter(wanted))

    def by_setting(self) -> dict[SettingClass, int]:
        """How many children stand in each setting class; classes without any are left out."""
        counted = self.plans.group_by("setting").len().sort("setting")
        return {SettingClass(code): count for code, count in counted.iter_rows()}
