"""Plans taken over from another council: ours from the transfer on.

A SEN2 return shows a transfer in two ways. `transfer_la` is filled on an active plan; or the request is a historic one
(request or assessment outcome H) and the plan is older than the request, which only a plan made elsewhere can be. The
day of the transfer is the date in `transfer_la` where it holds one, else the day on which the request was received.
Where the active plan hangs from another request than the plan itself, the person's plan open on that day is meant.
"""

import polars as pl

from highneeds.intake.sen2.rows import Return

PLAN_COLUMNS = ("plan", "person", "request", "start_date", "cease_date", "cease_reason", "age_at_start", "age_at_cease")
SAYS_NO = ("0", "FALSE", "N", "NO")


def plans_with_their_transfer(return_: Return) -> pl.LazyFrame:
    """The named plans of persons, with `ours_from`: the later of the plan's start and its transfer to this council."""
    plans = return_.named_plans.lazy().filter(pl.col("person").is_not_null()).select(PLAN_COLUMNS)
    transfers = transfer_days(return_)
    own = plans.join(transfers.select("request", "transferred"), on="request", how="left", maintain_order="left")
    elsewhere = _of_another_request(plans, transfers)
    dated = own.join(elsewhere, on="plan", how="left", maintain_order="left")
    ours = pl.max_horizontal(["start_date", "transferred", "transferred_elsewhere"])
    ours = pl.when(pl.col("start_date").is_not_null()).then(ours)
    found = dated.with_columns(ours.alias("ours_from")).drop("transferred", "transferred_elsewhere")
    return found.sort("person", "start_date", "plan")


def ours_when_ceased() -> pl.Expr:
    """All but a plan that ended before its transfer in; one that says it ended before its own start is still ours."""
    transferred = pl.col("ours_from") > pl.col("start_date")
    return ~transferred.fill_null(False) | (pl.col("cease_date") >= pl.col("ours_from"))


def transfer_days(return_: Return) -> pl.LazyFrame:
    """request, person, transferred: one row per request that shows a transfer in."""
    historic = return_.assessments.lazy().filter(pl.col("outcome") == "H").select("request").unique()
    said = _said_by_transfer_la(return_)
    requests = return_.requests.lazy().select("request", "person", "received_date", "outcome")
    joined = requests.join(historic.with_columns(historic=True), on="request", how="left")
    joined = joined.join(said, on="request", how="left")
    is_historic = pl.col("historic").fill_null(False) | (pl.col("outcome") == "H").fill_null(False)
    shown = pl.col("says_transfer").fill_null(False)
    transferred = pl.coalesce("date_in_cell", "received_date")
    return (
        joined.with_columns(transferred.alias("transferred"), shown.alias("says_transfer"))
        .filter((shown | is_historic) & pl.col("transferred").is_not_null())
        .select("request", "person", "transferred", "says_transfer")
    )


def _said_by_transfer_la(return_: Return) -> pl.LazyFrame:
    """request, says_transfer, date_in_cell: what the cell transfer_la says, where it is filled and not a plain no."""
    filled = pl.col("transfer_la").is_not_null() & ~pl.col("transfer_la").str.to_uppercase().is_in(SAYS_NO)
    plain = pl.col("transfer_la").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    by_name = pl.col("transfer_la").str.slice(0, 11).str.to_titlecase().str.to_date("%Y-%b-%d", strict=False)
    in_cell = plain.fill_null(by_name)
    said = return_.active_plans.lazy().filter(filled & pl.col("request").is_not_null())
    return said.group_by("request").agg(in_cell.min().alias("date_in_cell"), says_transfer=pl.lit(True))


def _of_another_request(plans: pl.LazyFrame, transfers: pl.LazyFrame) -> pl.LazyFrame:
    """plan, transferred_elsewhere: plans open on the day of a transfer whose own request carries no plan."""
    alone = transfers.filter(pl.col("says_transfer")).join(plans.select("request"), on="request", how="anti")
    alone = alone.select("person", "transferred")
    met = plans.join(alone, on="person", how="inner").filter(
        (pl.col("start_date") <= pl.col("transferred"))
        & (pl.col("cease_date").is_null() | (pl.col("cease_date") >= pl.col("transferred")))
    )
    return met.group_by("plan").agg(pl.col("transferred").max().alias("transferred_elsewhere"))
