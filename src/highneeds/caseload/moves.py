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


def moves_with_cause(caseload: Caseload, before: date, after: date) -> pl.DataFrame:
    """`moves` with the cause that SEN2 records beside the move, as evidence and not as proof.

    phase transfer   a final plan of a phase transfer was sent in the 12 months to the move, and the move is in August
                     or September
    tribunal         else the person's request, assessment or plan is marked as decided after a tribunal
    review           else the council wrote with a review decision to amend in the 12 weeks to the move
    not recorded     else; SEN2 has no field for why a placement changed
    """
    moved = moves(caseload, before, after)
    marks = _marks(caseload, after)
    cause = (
        pl.when(pl.col("transferred").fill_null(False) & pl.lit(after.month in (8, 9)))
        .then(pl.lit("phase transfer"))
        .when(pl.col("tribunal").fill_null(False))
        .then(pl.lit("tribunal"))
        .when(pl.col("reviewed").fill_null(False))
        .then(pl.lit("review"))
        .otherwise(pl.lit("not recorded"))
    )
    joined = moved.join(marks, on="person", how="left").with_columns(cause.alias("cause"))
    return joined.drop("transferred", "reviewed", "tribunal")


def _marks(caseload: Caseload, day: date) -> pl.DataFrame:
    """person, transferred, reviewed, tribunal: what the records of each person show by `day`."""
    final, letter = pl.col("phase_transfer_final"), pl.col("last_review")
    amends = pl.col("review_outcome").is_in(caseload.settings.amend_outcomes)
    plans = caseload.active_plans.group_by("person").agg(
        transferred=final.is_between(pl.lit(day).dt.offset_by("-12mo"), day).any(),
        reviewed=(amends & letter.is_between(pl.lit(day).dt.offset_by("-12w"), day)).any(),
    )
    flags = pl.any_horizontal("tribunal", "other_tribunal")
    appeals = caseload.assessments.group_by("person").agg(tribunal=flags.any())
    return plans.join(appeals, on="person", how="left")
