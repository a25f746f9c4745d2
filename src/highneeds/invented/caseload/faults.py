"""The faults that real returns have, put into an invented one on demand; each is listed, so that a check can be held
to finding it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from highneeds.intake.sen2.fields import BLADE
from highneeds.invented.caseload.forms import Tables

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Fault:
    """kind: what was done; module: where; reference: the table id of the row."""

    kind: str
    module: str
    reference: str


@dataclass(frozen=True)
class FaultKind:
    """words: the fault; column: the column that changes; value: its new value, from the columns of the row."""

    words: str
    module: str
    column: str
    value: pl.Expr
    where: pl.Expr


def _filled(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()


def _days_after(column: str, days: int) -> pl.Expr:
    return pl.col(column).dt.offset_by(f"{days}d")


_LETTER = pl.col("upn").str.slice(0, 1)
_OTHER_LETTER = pl.when(_LETTER == "A").then(pl.lit("B")).otherwise(pl.lit("A"))
_WRONG_UPN = pl.concat_str(_OTHER_LETTER, pl.col("upn").str.slice(1))
_ANY, _NOTHING = pl.lit(True), pl.lit(None)

KINDS = (
    FaultKind(
        "plan ends before it starts", "named_plans", "ceasedate", _days_after("startdate", -7), _filled("ceasedate")
    ),
    FaultKind("no reason for the end", "named_plans", "ceasereason", _NOTHING, _filled("ceasedate")),
    FaultKind("no start date", "named_plans", "startdate", _NOTHING, _ANY),
    FaultKind("no birth date", "persons", "personbirthdate", _NOTHING, _ANY),
    FaultKind("birth date in the future", "persons", "personbirthdate", pl.date(2090, 1, 1), _ANY),
    FaultKind("wrong check letter", "persons", "upn", _WRONG_UPN, _filled("upn")),
    FaultKind("UPN too short", "persons", "upn", pl.col("upn").str.slice(0, 12), _filled("upn")),
    FaultKind("no UPN and no reason", "persons", "upn", _NOTHING, _filled("upn")),
    FaultKind(
        "outcome before receipt",
        "requests",
        "requestoutcomedate",
        _days_after("receiveddate", -3),
        _filled("requestoutcomedate"),
    ),
    FaultKind("no receipt date", "requests", "receiveddate", _NOTHING, pl.col("requestoutcome") != "H"),
    FaultKind("unknown outcome", "requests", "requestoutcome", pl.lit("X"), _ANY),
    FaultKind("request without person", "requests", "persontableid", pl.lit(99_999_999), _ANY),
    FaultKind("placement leaves before it begins", "placements", "leavingdate", _days_after("entrydate", -1), _ANY),
    FaultKind("no setting at all", "placements", "urn", _NOTHING, _filled("urn")),
    FaultKind("URN of no establishment", "placements", "urn", pl.lit("999999"), _filled("urn")),
    FaultKind("unknown setting", "placements", "sensetting", pl.lit("ZZZ"), _filled("sensetting")),
    FaultKind("rank 3", "placements", "placementrank", pl.lit(3), _ANY),
    FaultKind("unknown need", "needs", "sentype", pl.lit("NSA"), _ANY),
    FaultKind(
        "decision long before the meeting",
        "active_plans",
        "lastreview",
        _days_after("reviewmeeting", -90),
        _filled("reviewmeeting"),
    ),
)


def with_faults(tables: Tables, share: float, seed: int) -> tuple[dict[str, pl.DataFrame], tuple[Fault, ...]]:
    """The tables with faults for about `share` of the people, of every kind alike, and the list of them.

    No row gets a second fault: one would hide the other, as a missing receipt date hides an outcome before receipt.
    """
    rng = np.random.default_rng([seed, 886])
    changed = dict(tables)
    made: list[Fault] = []
    free = {module: np.ones(frame.height, dtype=bool) for module, frame in tables.items()}
    each = max(round(share * tables["persons"].height / (len(KINDS) + 1)), 1)
    for kind in KINDS:
        changed[kind.module], rows = _with_kind(changed[kind.module], kind, each, free[kind.module], rng)
        made.extend(rows)
    changed["persons"], twins = _with_duplicates(changed["persons"], each, rng)
    return changed, (*made, *twins)


def _with_kind(
    frame: pl.DataFrame, kind: FaultKind, count: int, free: Bools, rng: np.random.Generator
) -> tuple[pl.DataFrame, list[Fault]]:
    """One kind put into `count` rows of those still free, which are then no longer so."""
    fitting = np.flatnonzero(frame.with_columns(kind.where.alias("fits"))["fits"].to_numpy() & free)
    chosen = np.sort(rng.permutation(fitting)[:count])
    hit = np.zeros(frame.height, dtype=bool)
    hit[chosen] = True
    free[chosen] = False
    new = kind.value.cast(frame.schema[kind.column])
    value = pl.when(pl.Series(hit)).then(new).otherwise(pl.col(kind.column))
    references = frame[BLADE[kind.module][1]].gather(chosen).to_list()
    made = [Fault(kind.words, kind.module, str(reference)) for reference in references]
    return frame.with_columns(value.alias(kind.column)), made


def _with_duplicates(frame: pl.DataFrame, count: int, rng: np.random.Generator) -> tuple[pl.DataFrame, list[Fault]]:
    """People entered a second time, without UPN, under a new id."""
    chosen = np.sort(rng.permutation(frame.height)[:count])
    top = max(frame["persontableid"].to_list())
    number = pl.int_range(1, pl.len() + 1) + top
    twins = frame[chosen].with_columns(
        pl.lit(None, pl.String).alias("upn"),
        pl.lit("UN8").alias("upnunknown"),
        number.alias("persontableid"),
        number.alias("personorderseqcolumn"),
    )
    made = [Fault("person entered twice", "persons", str(top + place)) for place in range(1, len(chosen) + 1)]
    return pl.concat([frame, twins]), made
