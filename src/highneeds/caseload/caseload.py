"""One return as a caseload that answers questions at any date.

A person has a plan on a day when at least one named plan is open that day, whichever request it hangs from: one person
is one plan. A plan or placement is open when start <= day and (no end or end >= day), both days included; one without
a start is never open. The placement is the open row of lowest rank, of all the person's requests; where two open rows
share a rank, the first in the order of the return.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from highneeds.caseload.days import RowNumbers, RowsByDay
from highneeds.caseload.requests import requests_by_day
from highneeds.caseload.settings import CaseloadSettings
from highneeds.caseload.snapshot import SETTING, Snapshot
from highneeds.caseload.transfers import ours_when_ceased, plans_with_their_transfer
from highneeds.intake.sen2.rows import Return
from highneeds.vocabulary.period import Month, SchoolYear
from highneeds.vocabulary.setting import SettingClass

FRAMES = ("people", "plans", "placements", "requests", "assessments", "active_plans", "needs")

NEED_SCHEMA: dict[str, pl.DataType] = {"person": pl.UInt32(), "need": pl.String()}

PERSON_COLUMNS = (
    "person",
    "reference",
    "linkage_key",
    "name_key",
    "birth_month",
    "birth_mark",
    "school_cohort",
    "age_at_reference",
    "sex",
    "ethnicity_group",
    "locality",
)


@dataclass(frozen=True)
class Caseload:
    """One return, ready to be asked.

    people        one row per person: person, reference, linkage_key, name_key, birth_month, birth_mark, school_cohort,
                  sex, ethnicity group and locality, which are for internal tables alone
    plans         person, request, plan, start_date, ours_from, cease_date, cease_reason, age_at_start, age_at_cease,
                  by person and start
    placements    person, placement, entry_date, leaving_date, setting, by person and rank
    requests      request, person, received_date, outcome, outcome_date, age_at_received, mediation, tribunal
    assessments   assessment, request, person, outcome, outcome_date, week20, tribunal flags, received_date, ...
    active_plans  active, request, person, review and phase transfer dates, transfer_la
    needs         person, need: the primary need (SEN2 code) of everybody who has one recorded
    absent        (module, field) pairs that the return's layout does not carry
    classed       False where establishments are named but no list of establishments was at hand
    """

    reference_date: date
    year: int
    council: str
    layout_words: str
    people: pl.DataFrame
    plans: pl.DataFrame
    placements: pl.DataFrame
    requests: pl.DataFrame
    assessments: pl.DataFrame
    active_plans: pl.DataFrame
    needs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NEED_SCHEMA))
    absent: frozenset[tuple[str, str]] = frozenset()
    classed: bool = True
    synthetic: bool = False
    settings: CaseloadSettings = field(default_factory=CaseloadSettings)
    _snapshots: dict[date, Snapshot] = field(default_factory=dict, init=False, repr=False, compare=False)
    _by_day: dict[tuple[str, str, str], RowsByDay] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def first_day(self) -> date:
        """A return of year Y covers the calendar year before it and the time to its reference date."""
        return date(self.year - 1, 1, 1)

    def frames(self) -> Mapping[str, pl.DataFrame]:
        return {name: getattr(self, name) for name in FRAMES}

    def carries(self, module: str, field_name: str) -> bool:
        return (module, field_name) not in self.absent

    def at(self, day: date) -> Snapshot:
        """The plans in force at the end of `day`; worked out once."""
        if day not in self._snapshots:
            self._snapshots[day] = self._snapshot(day)
        return self._snapshots[day]

    def at_end_of(self, month: Month) -> Snapshot:
        return self.at(month.last_day)

    def dated_in(self, frame: str, column: str, month: Month) -> pl.DataFrame:
        """The rows of a frame whose date in the column lies in the month."""
        return self.dated_between(frame, column, month.first_day, month.last_day)

    def dated_between(self, frame: str, column: str, first: date, last: date) -> pl.DataFrame:
        """The rows of a frame whose date in the column lies between two days, both included."""
        rows: pl.DataFrame = getattr(self, frame)
        return rows[self.rows_by_day(frame, column, column).begun_between(first, last)]

    def rows_by_day(self, frame: str, first: str, last: str) -> RowsByDay:
        """The rows of a frame by the days of two columns; worked out once."""
        asked = (frame, first, last)
        if asked not in self._by_day:
            self._by_day[asked] = RowsByDay(getattr(self, frame), first, last)
        return self._by_day[asked]

    @cached_property
    def ended_plans(self) -> pl.DataFrame:
        """The plans that ceased while they were this council's."""
        return self.plans.filter(pl.col("cease_date").is_not_null() & ours_when_ceased())

    @cached_property
    def requests_by_day(self) -> RowsByDay:
        return requests_by_day(self.requests, self.assessments)

    def _snapshot(self, day: date) -> Snapshot:
        """People are rows of their own number and plans stand by person and start, so nothing has to be joined."""
        in_force = self.rows_by_day("plans", "ours_from", "cease_date").open_on(day)
        latest = in_force[np.diff(self.plans["person"].to_numpy()[in_force], append=-1) != 0]
        person, began = self.plans["person"][latest], SchoolYear.of(day, self.settings.rollover_month).start
        columns = {
            "person": person,
            "year": began - self.people["school_cohort"][person] - 5,
            "setting": self._settings_of(person, day),
            "starts": self.plans["start_date"][latest],
        }
        return Snapshot.of(day, pl.DataFrame(columns))

    def _settings_of(self, people: pl.Series, day: date) -> pl.Series:
        """The setting of each of these people on a day; UKN where no placement is open."""
        placed = self._placed_on(day)
        unknown = pl.Series([SettingClass.UKN.value], dtype=SETTING)
        settings: pl.Series = pl.concat([self.placements["setting"], unknown])
        row_of = np.full(self.people.height, self.placements.height)  # the last row stands for no placement
        row_of[self.placements["person"].to_numpy()[placed]] = placed
        return settings.gather(row_of[people.to_numpy()])

    def placed_on(self, day: date) -> pl.DataFrame:
        """person, setting: the open placement of lowest rank on `day`, of everybody who has one."""
        return self.placements[self._placed_on(day)].select("person", "setting")

    def _placed_on(self, day: date) -> RowNumbers:
        open_rows = self.rows_by_day("placements", "entry_date", "leaving_date").open_on(day)
        first: RowNumbers = open_rows[np.diff(self.placements["person"].to_numpy()[open_rows], prepend=-1) != 0]
        return first


def is_open(start: str, end: str, day: date) -> pl.Expr:
    """start <= day and (no end or end >= day), both days included."""
    return (pl.col(start) <= day) & (pl.col(end).is_null() | (pl.col(end) >= day))


def decided(rows: pl.DataFrame, outcome: str) -> int:
    """Those of the rows with the outcome."""
    return int((rows["outcome"] == outcome).sum())


def from_return(return_: Return, settings: CaseloadSettings | None = None) -> Caseload:
    """The caseload of one return. Rows that hang from no person (orphans) have no plan or placement to count."""
    return Caseload(
        reference_date=return_.reference_date,
        year=return_.header.year or return_.reference_date.year,
        council=return_.council,
        layout_words=return_.layout_words,
        **_frames(return_),
        absent=return_.absent,
        classed=_is_classed(return_),
        synthetic=return_.synthetic,
        settings=settings or CaseloadSettings(),
    )


def _frames(return_: Return) -> dict[str, pl.DataFrame]:
    """Each of FRAMES; asked for together, which takes a third of the time of one after the other."""
    asked = {
        "people": return_.persons.lazy().select(PERSON_COLUMNS),
        "plans": plans_with_their_transfer(return_),
        "placements": _placements(return_),
        "requests": _requests(return_),
        "assessments": _assessments(return_),
        "active_plans": _active_plans(return_),
        "needs": _primary_needs(return_),
    }
    return dict(zip(asked, pl.collect_all(asked.values()), strict=True))


def _placements(return_: Return) -> pl.LazyFrame:
    """In the order in which they are picked: by person, rank (none last), and the order of the return."""
    setting = pl.col("setting_class").fill_null(SettingClass.UNCLASSED.value).cast(SETTING)
    columns = ["person", "placement", "rank", "urn", "ukprn", "entry_date", "leaving_date"]
    return (
        return_.placements.lazy()
        .filter(pl.col("person").is_not_null())
        .select(*columns, setting.alias("setting"))
        .sort("person", "rank", "placement", nulls_last=True)
    )


def _requests(return_: Return) -> pl.LazyFrame:
    columns = ["request", "person", "received_date", "source", "outcome", "outcome_date", "age_at_received"]
    return return_.requests.lazy().select(*columns, "mediation", "tribunal")


def _assessments(return_: Return) -> pl.LazyFrame:
    """With the date on which the request behind each was received."""
    flags = ["week20", "mediation", "tribunal", "other_mediation", "other_tribunal"]
    columns = ["assessment", "request", "person", "outcome", "outcome_date", *flags]
    received = return_.requests.lazy().select("request", "received_date")
    return return_.assessments.lazy().select(columns).join(received, on="request", how="left", maintain_order="left")


def _active_plans(return_: Return) -> pl.LazyFrame:
    reviews = ["review_meeting", "review_outcome", "review_draft", "last_review"]
    columns = ["active", "request", "person", "transfer_la", *reviews, "phase_transfer_due", "phase_transfer_final"]
    return return_.active_plans.lazy().select(columns)


def _primary_needs(return_: Return) -> pl.LazyFrame:
    """One row per person: the need of lowest rank (none last) of the newest active plan that has one."""
    held = return_.needs.lazy().filter(pl.col("person").is_not_null() & pl.col("need_type").is_not_null())
    first = held.sort("person", -pl.col("active").cast(pl.Int64), "rank", "need", nulls_last=True)
    return first.unique("person", keep="first", maintain_order=True).select("person", need=pl.col("need_type"))


def _is_classed(return_: Return) -> bool:
    """False when placements name establishments but none could be looked up, because no list was given."""
    named = return_.placements.filter(pl.col("urn").is_not_null() | pl.col("ukprn").is_not_null())
    return named.is_empty() or not named["establishment_known"].is_null().all()
