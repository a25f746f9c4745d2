"""One return as a caseload that answers questions at any date.

A person has a plan on a day when at least one named plan is open that day, whichever request it hangs from: one person
is one plan. A plan or placement is open when start <= day and (no end or end >= day), both days included; one without
a start is never open. The placement is the open row of lowest rank, of all the person's requests; where two open rows
share a rank, the first in the order of the return.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from highneeds.caseload.settings import CaseloadSettings
from highneeds.caseload.snapshot import SETTING, Snapshot
from highneeds.caseload.transfers import plans_with_their_transfer
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
    _snapshots: dict[date, Snapshot] = field(default_factory=dict, repr=False, compare=False)

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

    def _snapshot(self, day: date) -> Snapshot:
        """People are rows of their own number and plans stand by person and start, so nothing has to be joined."""
        in_force = self.plans.filter(is_open("ours_from", "cease_date", day))
        latest = pl.col("person").ne_missing(pl.col("person").shift(-1))
        in_force = in_force.filter(latest).select("person", starts="start_date")
        began = SchoolYear.of(day, self.settings.rollover_month).start
        cohort = self.people["school_cohort"].gather(in_force["person"])
        plans = in_force.with_columns(year=began - cohort - 5, setting=self._settings_of(in_force["person"], day))
        return Snapshot(day, plans.select("person", "year", "setting", "starts"))

    def _settings_of(self, people: pl.Series, day: date) -> pl.Series:
        """The setting of each of these people on a day; UKN where no placement is open."""
        placed = self.placed_on(day)
        settings = pl.concat([placed["setting"], pl.Series([SettingClass.UKN.value], dtype=SETTING)])
        row_of = np.full(self.people.height, placed.height, dtype=np.uint32)  # the last row stands for no placement
        row_of[placed["person"].to_numpy()] = np.arange(placed.height, dtype=np.uint32)
        return settings.gather(row_of[people.to_numpy()])

    def placed_on(self, day: date) -> pl.DataFrame:
        """person, setting: the open placement of lowest rank on `day`, of everybody who has one."""
        open_rows = self.placements.filter(is_open("entry_date", "leaving_date", day))
        first = pl.col("person").ne_missing(pl.col("person").shift(1))
        return open_rows.filter(first).select("person", "setting")


def is_open(start: str, end: str, day: date) -> pl.Expr:
    """start <= day and (no end or end >= day), both days included."""
    return (pl.col(start) <= day) & (pl.col(end).is_null() | (pl.col(end) >= day))


def dated_in(column: str, month: Month) -> pl.Expr:
    """The column's date lies in the month."""
    return pl.col(column).is_between(month.first_day, month.last_day)


def decided(rows: pl.DataFrame, outcome: str, month: Month) -> int:
    """Rows with the outcome, dated in the month; one without a date is not counted."""
    return rows.filter((pl.col("outcome") == outcome) & dated_in("outcome_date", month)).height


def from_return(return_: Return, settings: CaseloadSettings | None = None) -> Caseload:
    """The caseload of one return. Rows that hang from no person (orphans) have no plan or placement to count."""
    return Caseload(
        reference_date=return_.reference_date,
        year=return_.header.year or return_.reference_date.year,
        council=return_.council,
        layout_words=return_.layout_words,
        people=return_.persons.select(PERSON_COLUMNS),
        plans=plans_with_their_transfer(return_),
        placements=_placements(return_),
        requests=_requests(return_),
        assessments=_assessments(return_),
        active_plans=_active_plans(return_),
        needs=_primary_needs(return_),
        absent=return_.absent,
        classed=_is_classed(return_),
        synthetic=return_.synthetic,
        settings=settings or CaseloadSettings(),
    )


def _placements(return_: Return) -> pl.DataFrame:
    """In the order in which they are picked: by person, rank (none last), and the order of the return."""
    setting = pl.col("setting_class").fill_null(SettingClass.UNCLASSED.value).cast(SETTING)
    columns = ["person", "placement", "rank", "urn", "ukprn", "entry_date", "leaving_date"]
    return (
        return_.placements.filter(pl.col("person").is_not_null())
        .select(*columns, setting.alias("setting"))
        .sort("person", "rank", "placement", nulls_last=True)
    )


def _requests(return_: Return) -> pl.DataFrame:
    columns = ["request", "person", "received_date", "source", "outcome", "outcome_date", "age_at_received"]
    return return_.requests.select(*columns, "mediation", "tribunal")


def _assessments(return_: Return) -> pl.DataFrame:
    """With the date on which the request behind each was received."""
    flags = ["week20", "mediation", "tribunal", "other_mediation", "other_tribunal"]
    columns = ["assessment", "request", "person", "outcome", "outcome_date", *flags]
    received = return_.requests.select("request", "received_date")
    return return_.assessments.select(columns).join(received, on="request", how="left", maintain_order="left")


def _active_plans(return_: Return) -> pl.DataFrame:
    reviews = ["review_meeting", "review_outcome", "review_draft", "last_review"]
    columns = ["active", "request", "person", "transfer_la", *reviews, "phase_transfer_due", "phase_transfer_final"]
    return return_.active_plans.select(columns)


def _primary_needs(return_: Return) -> pl.DataFrame:
    """One row per person: the need of lowest rank (none last) of the newest active plan that has one."""
    held = return_.needs.filter(pl.col("person").is_not_null() & pl.col("need_type").is_not_null())
    first = held.sort("person", -pl.col("active").cast(pl.Int64), "rank", "need", nulls_last=True)
    return first.unique("person", keep="first", maintain_order=True).select("person", need=pl.col("need_type"))


def _is_classed(return_: Return) -> bool:
    """False when placements name establishments but none could be looked up, because no list was given."""
    named = return_.placements.filter(pl.col("urn").is_not_null() | pl.col("ukprn").is_not_null())
    return named.is_empty() or not named["establishment_known"].is_null().all()
