"""Further measures of a caseload, for the council's own eyes: overdue reviews by length, durations, breakdowns.

These tables are internal. Counts of a few children stand in them as they are; nothing of them enters a report.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from highneeds.caseload import Caseloads
from highneeds.caseload.caseload import Caseload
from highneeds.caseload.endings import plans_ended
from highneeds.caseload.pipeline import open_requests
from highneeds.caseload.reviews import reviews
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.table import Table

LENGTHS = (
    ("under 6 months", 0, 6),
    ("6 to 12 months", 6, 12),
    ("12 to 24 months", 12, 24),
    ("over 24 months", 24, 9999),
)
"""How long a review has been overdue, in whole months: from the first number on, below the second."""
AGES = (("under 5", 0, 5), ("5 to 10", 5, 11), ("11 to 15", 11, 16), ("16 to 19", 16, 20), ("20 to 25", 20, 99))
"""The age bands of the published statistics."""
COLUMNS = ("measure", "period", "by", "group", "count", "median_days", "p90_days", "state", "reason")
NOT_REACHED = "a return holds one review per plan: only the month-end it reaches can be computed"
UNKNOWN = "not recorded"

MeasureRow = tuple[object, ...]


def overdue_by_length(caseloads: Caseloads, months: Sequence[Month]) -> Table:
    """Overdue reviews at each month's end by how long they have been so; where the returns allow it."""
    rows: list[MeasureRow] = []
    for month in months:
        caseload = caseloads.reaching(month)
        if caseload is None:
            reason = f"{NOT_REACHED} (return ends {caseloads.ends})"
            rows += [_gap("reviews overdue", month, "length", name, reason) for name, _, _ in LENGTHS]
            continue
        rows += overdue_at(caseload, month)
    return Table.of(COLUMNS, rows, "Overdue reviews by length")


def overdue_at(caseload: Caseload, month: Month) -> Iterator[MeasureRow]:
    """A review that fell due on 31 July is under 6 months overdue until 30 January, and 6 months on the 31st."""
    day = month.last_day
    overdue = reviews(caseload, day).filter("overdue")
    for name, least, below in LENGTHS:
        since, until = (pl.col("due").dt.offset_by(f"{edge}mo") for edge in (least, below))
        here = overdue.filter((since <= day) & (until > day))
        yield _counted("reviews overdue", month, "length", name, here.height)


def durations(caseloads: Caseloads, months: Sequence[Month]) -> Table:
    """Days that requests have waited at the month's end, and that those decided or issued in it took; of plans too."""
    rows = [row for month in months for row in _durations(caseloads, month)]
    return Table.of(COLUMNS, rows, "Open and closed durations")


def _durations(caseloads: Caseloads, month: Month) -> Iterator[MeasureRow]:
    names = ("requests open", "requests decided", "plans issued", "plans open", "plans ended")
    if month.first_day > caseloads.ends:
        yield from (_gap(name, month, "", "", f"the last return ends {caseloads.ends}") for name in names)
        return
    caseload, day = caseloads.for_month(month), min(month.last_day, caseloads.ends)
    waiting = open_requests(caseload, day)
    decided = caseload.dated_in("requests", "outcome_date", month).filter(pl.col("outcome").is_in(["Y", "N"]))
    issued = caseload.dated_in("assessments", "outcome_date", month).filter(pl.col("outcome") == "Y")
    ended = plans_ended(caseload, month.first_day, month.last_day)
    found = (
        waiting.select(days=pl.lit(day) - pl.col("received_date")),
        decided.select(days=pl.col("outcome_date") - pl.col("received_date")),
        issued.select(days=pl.col("outcome_date") - pl.col("received_date")),
        caseload.at(day).plans.select(days=pl.lit(day) - pl.col("starts")),
        ended.select(days=pl.col("cease_date") - pl.col("start_date")),
    )
    for name, lasted in zip(names, found, strict=True):
        yield _timed(name, month, lasted["days"].dt.total_days().drop_nulls())


def breakdowns(caseloads: Caseloads, months: Sequence[Month]) -> Table:
    """Starts, ends and outcomes of requests in each month by sex, ethnicity group and age at the event."""
    rows = [row for month in months for row in _breakdowns(caseloads, month)]
    return Table.of(COLUMNS, rows, "Starts, ends and outcomes by sex, ethnicity group and age")


def _breakdowns(caseloads: Caseloads, month: Month) -> Iterator[MeasureRow]:
    names = ("plans started", "plans ended", "requests agreed", "requests declined")
    if month.first_day > caseloads.ends:
        yield from (_gap(name, month, "", "", f"the last return ends {caseloads.ends}") for name in names)
        return
    caseload = caseloads.for_month(month)
    decided = caseload.dated_in("requests", "outcome_date", month)
    events = (
        (caseload.dated_in("plans", "start_date", month), "age_at_start"),
        (plans_ended(caseload, month.first_day, month.last_day), "age_at_cease"),
        (decided.filter(pl.col("outcome") == "Y"), "age_at_received"),
        (decided.filter(pl.col("outcome") == "N"), "age_at_received"),
    )
    for name, (rows, age) in zip(names, events, strict=True):
        yield from _by(name, month, "sex", _of_people(caseload, rows, "sex"))
        yield from _by(name, month, "ethnicity group", _of_people(caseload, rows, "ethnicity_group"))
        yield from _by(name, month, "age at the event", _age_bands(rows[age]))


def by_locality(caseloads: Caseloads, months: Sequence[Month]) -> Table:
    """Plans in force at each month's end by the council's own areas."""
    rows: list[MeasureRow] = []
    for month in months:
        if month.first_day > caseloads.ends:
            rows.append(_gap("plans in force", month, "locality", "", f"the last return ends {caseloads.ends}"))
            continue
        caseload = caseloads.for_month(month)
        plans = caseload.at(min(month.last_day, caseloads.ends)).plans
        rows += _by("plans in force", month, "locality", _of_people(caseload, plans, "locality"))
    return Table.of(COLUMNS, rows, "Plans by locality")


def _of_people(caseload: Caseload, rows: pl.DataFrame, column: str) -> pl.Series:
    return caseload.people[column].gather(rows["person"].drop_nulls())


def _age_bands(ages: pl.Series) -> pl.Series:
    known = [
        next((name for name, least, below in AGES if age is not None and least <= age < below), None) for age in ages
    ]
    return pl.Series(known, dtype=pl.String)


def _by(name: str, month: Month, by: str, groups: pl.Series) -> Iterator[MeasureRow]:
    counts = dict(groups.fill_null(UNKNOWN).value_counts().iter_rows())
    order = [band for band, _, _ in AGES]
    for group in sorted(counts, key=lambda one: (one == UNKNOWN, order.index(one) if one in order else 0, one)):
        yield _counted(name, month, by, group, counts[group])


def _counted(name: str, month: Month, by: str, group: str, count: int) -> MeasureRow:
    return (name, str(month), by, group, count, None, None, "computed", "")


def _timed(name: str, month: Month, days: pl.Series) -> MeasureRow:
    if days.is_empty():
        return (name, str(month), "", "", 0, None, None, "computed", "none in this month")
    middle, long = days.median(), days.quantile(0.9, "nearest")
    return (name, str(month), "", "", len(days), middle, long, "computed", "")


def _gap(name: str, month: Month, by: str, group: str, reason: str) -> MeasureRow:
    return (name, str(month), by, group, None, None, None, "unavailable", reason)


FURTHER: Mapping[str, Callable[[Caseloads, Sequence[Month]], Table]] = {
    "overdue": overdue_by_length,
    "durations": durations,
    "breakdowns": breakdowns,
    "locality": by_locality,
}


def further(name: str, caseloads: Caseloads, months: Sequence[Month]) -> Table:
    """One of FURTHER. InputError for another name."""
    if name not in FURTHER:
        raise InputError(
            f"There is no further measure '{name}'", where="--further", remedy=f"Use one of {', '.join(FURTHER)}"
        )
    return FURTHER[name](caseloads, months)
