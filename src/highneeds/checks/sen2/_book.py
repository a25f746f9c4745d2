"""What SEN2 rules look at: a return, its views, the establishments, the return accepted before."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from highneeds.caseload import Caseload, from_return
from highneeds.intake.sen2.rows import Return

# module -> (parent's module, parent's key, {column of the view: column of the parent}); a grandparent's column reaches
# the view through the parent's own view
ABOVE: dict[str, tuple[str, str, dict[str, str]]] = {
    "requests": (
        "persons",
        "person",
        {
            "person_reference": "reference",
            "school_cohort": "school_cohort",
            "person_age": "age_at_reference",
        },
    ),
    "assessments": (
        "requests",
        "request",
        {
            "person_reference": "person_reference",
            "received_date": "received_date",
            "request_outcome": "outcome",
            "request_outcome_date": "outcome_date",
        },
    ),
    "named_plans": (
        "assessments",
        "assessment",
        {
            "person_reference": "person_reference",
            "assessment_outcome": "outcome",
            "assessment_outcome_date": "outcome_date",
            "received_date": "received_date",
            "request_outcome": "request_outcome",
        },
    ),
    "plan_details": (
        "named_plans",
        "plan",
        {"person_reference": "person_reference", "plan_start": "start_date", "plan_cease": "cease_date"},
    ),
    "active_plans": (
        "requests",
        "request",
        {
            "person_reference": "person_reference",
            "person_age": "person_age",
            "school_cohort": "school_cohort",
            "received_date": "received_date",
        },
    ),
    "placements": ("active_plans", "active", {"person_reference": "person_reference", "person_age": "person_age"}),
    "needs": ("active_plans", "active", {"person_reference": "person_reference"}),
}


@dataclass(frozen=True)
class ReturnUnderCheck:
    """return_         the return that is checked
    establishments  the list as read, None without one
    before          the caseload of the return accepted before this one, None without one
    """

    return_: Return
    establishments: pl.DataFrame | None = None
    before: Caseload | None = None
    _views: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def caseload(self) -> Caseload:
        return from_return(self.return_)

    @property
    def ends(self) -> date:
        return self.return_.reference_date

    @property
    def begins(self) -> date:
        return self.caseload.first_day

    def view(self, module: str) -> pl.DataFrame:
        """The rows of a module with the columns of ABOVE, and of every row: ends and begins, the days of the return.

        Of what names a setting also sensetting_unreadable: whether a code stood there that is on no list.
        """
        if module not in self._views:
            self._views[module] = self._view(module)
        return self._views[module]

    def _view(self, module: str) -> pl.DataFrame:
        frame = self.return_.module(module)
        days = [pl.lit(self.ends).alias("ends"), pl.lit(self.begins).alias("begins")]
        if module == "persons":
            return frame.with_columns(*days, pl.col("reference").alias("person_reference"))
        parent, key, columns = ABOVE[module]
        above = self.view(parent)
        taken = [above[theirs].gather(frame[key]).alias(ours) for ours, theirs in columns.items()]
        return frame.with_columns(*days, *taken, *self._unreadable_codes(module, frame))

    def _unreadable_codes(self, module: str, frame: pl.DataFrame) -> list[pl.Series]:
        """An unreadable cell is null among the rows, as an empty one is; a setting may be empty, but not unreadable."""
        if "sensetting" not in frame.columns:
            return []
        unreadable = self.return_.unreadable
        here = (unreadable["module"] == module) & (unreadable["field"] == "sensetting")
        keys = unreadable.filter(here)["key"].drop_nulls()
        return [frame[frame.columns[0]].is_in(keys.implode()).alias("sensetting_unreadable")]

    def rows(self, module: str, keys: pl.Series) -> pl.DataFrame:
        """The view's rows of these keys, in the order of the file."""
        own = self.view(module).columns[0]
        return self.view(module).filter(pl.col(own).is_in(keys.drop_nulls().unique().implode()))

    def people(self, keys: pl.Series) -> pl.DataFrame:
        return self.rows("persons", keys)

    @cached_property
    def in_force(self) -> pl.Series:
        """Keys of the people with a plan in force on the last day of the return."""
        return self.caseload.at(self.ends).plans["person"]

    @cached_property
    def open_placements(self) -> pl.DataFrame:
        """The view's placements that are open on the last day of the return."""
        entry, leaving = pl.col("entry_date"), pl.col("leaving_date")
        is_open = (entry <= self.ends) & (leaving.is_null() | (leaving >= self.ends))
        return self.view("placements").filter(is_open & pl.col("person").is_not_null())

    @cached_property
    def open_plans(self) -> pl.DataFrame:
        """The view's named plans that are open on the last day of the return."""
        start, cease = pl.col("start_date"), pl.col("cease_date")
        is_open = (start <= self.ends) & (cease.is_null() | (cease >= self.ends))
        return self.view("named_plans").filter(is_open & pl.col("person").is_not_null())
