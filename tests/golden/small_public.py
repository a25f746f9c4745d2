"""The forecast from published statistics, whole, of a few councils. Write it: python tests/golden/small_public.py

public-*.txt   fourteen councils of the shipped statistics, among them two that were divided and the two smallest, as if
             there were no others: what is known in January 2024, the method at every January before it, its bands and
             paths, spending, both back-tests, sums of areas, what each of them is learnt to be, a whole answer with
             everything that a workspace can bring, and what is refused
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np
import polars as pl

from forecast_by_hand import HERE
from golden.flat import flat
from golden.small_answers import CUT, LATE, PLANNED, of
from golden.small_forecast import FOLDER, counts, lines
from highneeds.forecast import basis, council
from highneeds.forecast.actuals import published_actuals
from highneeds.forecast.aggregates import learn as areas
from highneeds.forecast.aggregates.rows import area_rows
from highneeds.forecast.backtest import run as backtest
from highneeds.forecast.backtest import scorecard, scorecard_table
from highneeds.forecast.backtest import spend as backtest_spend
from highneeds.forecast.backtest.spend import spend_by_origin
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.council import learn, tested
from highneeds.forecast.learning.projection import published_projection, spend_path_beside
from highneeds.forecast.many import councils_of
from highneeds.forecast.published.bands import Errors, calibrate
from highneeds.forecast.published.lookback import PastForecast, look_back
from highneeds.forecast.published.panel import panel_at
from highneeds.forecast.published.paths import paths_from
from highneeds.forecast.rates import learnt_from
from highneeds.forecast.state import NEEDS
from highneeds.forecast.summary import Balance, ForecastInputs, OwnPrice, OwnStock, Underway
from highneeds.forecast.summary import summarise as summary
from highneeds.forecast.summary.summarise import summarise
from highneeds.intake.published import ENGLAND, Published, open_pack
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table

outlooks, spending = map(import_module, ("highneeds.forecast.published.outlook", "highneeds.forecast.spend.outlook"))
"""The modules: their packages give the functions of the same name."""
Shown = Iterator[tuple[str, str]]
COUNCILS = ("201", "302", "330", "355", "420", "857", "886", "909", "928", "933", "940", "941", "942", "943")
"""Cumbria (909) and Northamptonshire (928) were divided; the Isles of Scilly (420) have a few dozen plans."""
JANUARY = 2024
ASKED = ForecastInputs(
    "886", "2026-27", 12, 1, opening=Balance("2023-24", 9e7, "outturn"), promised_gbp=3e8, paid_gbp=1e8,
    targets=(("2024-25", 5e7), ("2025-26", 3e7)), closing_targets=(("2025-26", 1e8), ("2026-27", 0.0)),
    published=(Balance("2025-26", 6e7, "monitoring"),), no_price=("independent, primary",),
    own_prices=(
        OwnPrice("independent", "secondary", "2024-25", 6e4, 5e4, 7e4, Note.of("own_price.of_register", row="1")),
    ),
    underway=(Underway("2024-25", 9, 2.2e8, 8e7, ("ledger",)),), transport=(Balance("2024-25", 7e7, "budget"),),
    as_known="2025-01-10", stock=OwnStock("2024-12", 20_500.0, "dashboard"), blocks=(Balance("2024-25", 3.5e8, "DfE"),),
)  # fmt: skip


def few(pack: Published) -> Published:
    """The shipped statistics of a few councils, of their regions and of England, as known in one January."""
    lookup = pack.table("la_lookup")
    regions = lookup.filter(pl.col("la_number").is_in(COUNCILS))["region_code"].to_list()
    kept = pl.col("la_number").is_in([*COUNCILS, ENGLAND, *regions])
    tables = {name: pack.table(name) for name in pack.files}
    here = {name: table.filter(kept) if "la_number" in table.columns else table for name, table in tables.items()}
    return Published("a few councils", pack.files, _read=here).known_at(JANUARY)


@contextmanager
def looked_back(looks: tuple[PastForecast, ...]) -> Iterator[None]:
    """Every door finds the look back that is at hand, up to its own January, and does not make it again."""

    def found(published: Published, through: int, progress: object = None) -> tuple[PastForecast, ...]:
        return tuple(one for one in looks if one.panel.january <= through)

    with ExitStack() as stack:
        for module in (outlooks, backtest, backtest_spend, spending, council, areas):
            stack.enter_context(mock.patch.object(module, "look_back", found))
        yield


def method(looks: tuple[PastForecast, ...]) -> Shown:
    """What was known, what was forecast at each January, and the outlook from the last."""
    yield from flat(looks[-1], "now")
    for look in looks[:-1]:
        shown = (look.members, look.weights, look.points, look.reach, look.panel.level, look.panel.england_flows)
        yield from flat(shown, f"in {look.panel.january}")
    for name, horizons in (("near", (1, 2, 3)), ("far", (1, 2, 3, 4, 6))):
        view = outlooks.outlook_from(looks[:-1], looks[-1], horizons)
        cuts = view.ages, view.settings, view.age_paths, view.setting_paths, view.age_spread, view.setting_spread
        yield from flat((view.points, view.calibration, cuts), name)
        yield from flat((view.calibrated("70/30"), view.band(horizons[-1], (0.1, 0.5, 0.975))), name)
        for number in ("302", "420", "941"):
            yield from flat(paths_from(view, number, 5, 7), f"{name} {number}")
    early = outlooks.outlook_from(looks[:3], looks[3], (1, 2))
    yield from flat(paths_from(early, "886", 3, 1), "early")


def spent(published: Published, looks: tuple[PastForecast, ...]) -> Shown:
    found = spending.look_back_at_spend(published, looks)
    yield from flat(found[-1], "spending")
    yield from flat([(one.coefficients, one.points, one.outturn.base) for one in found[:-1]], "spending before")
    for horizons in ((1, 2), (1, 2, 3, 5)):
        view = spending.spend_outlook_from(found, looks, horizons)
        shown = (view.plans, view.points, view.calibration, view.band(2, (0.1, 0.9)), str(view.year(2)))
        yield from flat(shown, f"spending to {horizons[-1]}")
    for number in ("302", "943"):
        path = published_projection(published, number, JANUARY, 3, 6, 2).spend
        yield from flat((path, path and path.draws(np.random.default_rng(1), 6)), f"spending of {number}")
    for origin, number in ((JANUARY, "886"), (JANUARY + 1, "857"), (JANUARY, "999")):
        path = spend_path_beside(published, number, origin, 3)
        yield from flat((path, path and path.draws(np.random.default_rng(1), 6)), f"spending beside {number}")


def scored(published: Published) -> Shown:
    """Both back-tests, of all councils and of one."""
    for number in (None, "302"):
        of_plans = backtest.backtest(published, (2021, 2022), (1, 3), number)
        yield from in_rows(scorecard_table(scorecard(of_plans)), f"scores {number}")
        of_spend = backtest_spend.backtest_spend(published, (2010, 2020, 2022), (1, 2), number)
        yield from flat((of_spend.left_out, of_spend.breaks), f"spend scores {number}")
        for origin, scores in spend_by_origin(of_spend).items():
            yield from in_rows(scorecard_table(scores), f"spend scores {number} {origin}")
    yield from in_rows(of_plans.table(), "plans of 302")
    yield from in_rows(of_spend.table(), "spend of 302")
    yield from flat((backtest_spend.usual_spend_origins(published, 3), ", ".join(councils_of(published))), "origins")
    notes, table = tested(published, "302", JANUARY)
    yield from flat((notes, tested(published, "302", 2013)), "tested")
    yield from in_rows(table or Table.of((), ()), "tested")


def in_rows(table: Table, at: str) -> Shown:
    yield from ((at, " | ".join(map(str, row))) for row in (table.columns, *table.rows))


def summed(published: Published) -> Shown:
    """Sums of areas: how sure they are, how good they would have been, and the rows of three councils together."""
    spreads = areas.area_spreads(published, JANUARY)
    alone = areas.spreads_of_sum(published, JANUARY, ("302", "330"))
    yield from flat((spreads, alone, areas.spreads_of_sum(published, JANUARY, ("999",))), "areas")
    for of_spend in (False, True):
        yield from flat(areas.area_scores(published, range(2019, JANUARY), of_spend), f"areas scored {of_spend}")
    money = [("cost_gbp", year, 100.0 + year) for year in (2021, 2022, 2024)]
    money += [("in_year_gbp", year, 10.0 + year / 100) for year in (2021, 2022, 2024)]
    money += [("accumulated_gbp", year, 1000.0 - year / 7) for year in (2022, 2024)]
    cuts = (("total", "total"), ("age_band", "Under 5"), ("setting", "mainstream"), ("need", "asd"))
    plans = [("plans", *cut, f"{year}-01", 100.0 + year / 3) for year in (2024, 2026) for cut in cuts]
    rows = [("baseline", *one[:4], "census", one[4], *[0.0] * 5) for one in plans]
    rows += [("baseline", name, "total", "total", f"{year}-{year % 100 + 1}", "financial_year", gbp, *[0.0] * 5)
             for name, year, gbp in money]  # fmt: skip
    tables = dict.fromkeys(("302", "330", "886"), Table.of(COLUMNS, rows, "Forecast"))
    summed_areas = areas.areas_of(published)
    yield from flat([" | ".join(map(str, row)) for row in area_rows(tables, summed_areas, spreads)], "rows")


def learnt(published: Published) -> Shown:
    """What each is learnt to be, from statistics or leaning on them; with what a workspace knows of its own.

    Of all but the first what differs from it.
    """
    how: dict[str, Any] = {"years": 3, "draws": 6, "seed": 1}
    first = dict(flat(learn(published, "886", **how, opening_gbp=1e6)))
    yield from ((f"learnt 886 {at}", value) for at, value in first.items())
    known = basis.forecast_basis(published, "886", basis.ForecastExtent(**how), inputs=ASKED)
    found = {
        "302 leaning": (learnt_from(counts(), published, "302", 2), ()),
        "886 asked": (known.assumptions, known.notes),
    }
    found |= {
        number: learn(published, number, **how, origin=origin) for number, origin in (("420", None), ("909", 2022))
    }
    with (
        mock.patch.object(council, "estimate", lambda *_, years: learnt_from(counts(), published, "886", years)),
        mock.patch.object(council, "of_returns", lambda *_: Note.of("needs.absent")),
    ):
        returned: Any = [
            SimpleNamespace(council=number, reference_date=day) for number, day in (("302", 1), ("886", 2))
        ]
        found["returned"] = council.learn_from_returns(returned, published, years=2, opening_gbp=5.0)
    for name, one in found.items():
        yield from ((f"learnt {name} {at}", value) for at, value in flat(one) if first.get(at) != value)
    unknown = counts().plans * (np.arange(len(NEEDS)) == NEEDS.index("need_unknown"))[:, None]
    yield from flat(learnt_from(replace(counts(), plans=unknown), published, "302", 1).notes, "no needs")
    yield from ((f"came true {at}", str(one)) for at, one in enumerate(published_actuals(published, "302", 2021)))


def answered(published: Published) -> Shown:
    scenarios = (PLANNED, LATE, of("cheaper", {**CUT, "lines": ["SEN transport"]}))
    yield from flat(summarise(published, ASKED, scenarios, HERE), "answer")
    yield from flat(summarise(published, replace(ASKED, la_number="909"), (), HERE), "divided")
    reached = mock.Mock(side_effect=InputError("It is learnt", remedy=""))
    with mock.patch.object(summary, "forecast_basis", reached):
        for end in ("2023-24", "2024-25", "2048-49", "2049-50"):
            yield f"to {end}", str(summarise(published, ForecastInputs("302", end, 2, 1), (), HERE))


def refusals(published: Published) -> dict[str, Callable[[], object]]:
    view = outlooks.outlook(published, JANUARY, (1,))
    totals = published.table("ehcp_caseload_total")
    lacking = Published("no outturn", {}, _read={"ehcp_caseload_total": totals})
    nobody = Published("nobody", {}, _read={"ehcp_caseload_total": totals.clear()})
    found = spending.spend_outlook(published, JANUARY, (1,))
    nothing: Any = np.zeros(0)
    return {
        "january": lambda: panel_at(published, 2009),
        "january to come": lambda: panel_at(few(open_pack()), JANUARY + 1),
        "no january": lambda: panel_at(nobody, 2011),
        "no total": lambda: outlooks.latest_january(published, "999"),
        "no total at all": lambda: outlooks.latest_january(published.known_at(2000)),
        "council": lambda: view.row("999"),
        "gone": lambda: view.row("909"),
        "spending": lambda: found.row("909"),
        "spending of nobody": lambda: found.row("999"),
        "spending early": lambda: spending.spend_outlook_from((), (), (1,)),
        "no outturn": lambda: backtest_spend.earliest_origin(lacking),
        "no errors": lambda: calibrate({1: Errors(nothing, nothing, nothing, nothing)}, (1,)),
        "no origin": lambda: backtest.backtest(published, (), (1,)),
        "no horizon": lambda: backtest.backtest(published, (2020,), ()),
        "horizon": lambda: backtest.backtest(published, (2020,), (0, 1)),
        "early": lambda: backtest.backtest(published, (2012,), (1,)),
        "not too early": lambda: backtest.backtest(published, (2013,), (1,)).horizons,
        "spend no origin": lambda: backtest_spend.backtest_spend(published, (), (1,)),
        "spend no horizon": lambda: backtest_spend.backtest_spend(published, (2020,), ()),
        "spend horizon": lambda: backtest_spend.backtest_spend(published, (2020,), (0,)),
        "spend early": lambda: backtest_spend.backtest_spend(published, (2012, 2013), (1,)),
        "spend late": lambda: backtest_spend.backtest_spend(published, (2030,), (1,)),
        "divided": lambda: learn(published, "909"),
        "many years": lambda: learn(published, "302", years=26),
        "no years": lambda: learn(published, "302", years=0),
        "no draws": lambda: learn(published, "302", draws=0),
        "many draws": lambda: learn(published, "302", draws=1_000_001),
        "seed": lambda: learn(published, "302", seed=-1),
    }  # fmt: skip


def refused(published: Published) -> Shown:
    for name, ask in refusals(published).items():
        try:
            yield name, f"not refused: {ask()}"
        except InputError as problem:
            yield name, f"{problem.what} / {problem.where} / {problem.remedy}"


Looks = tuple[PastForecast, ...]
PARTS: Mapping[str, Callable[[Published, Looks], Shown]] = {
    "method": lambda _, looks: method(looks), "spending": spent, "scored": lambda published, _: scored(published),
    "areas": lambda published, _: summed(published), "learnt": lambda published, _: learnt(published),
    "answer": lambda published, _: answered(published), "refused": lambda published, _: refused(published),
}  # fmt: skip


def look_back_of_few() -> tuple[Published, Looks]:
    """The statistics of the few councils and the method at every January."""
    published = few(open_pack())
    done: list[tuple[int, int]] = []
    looks = look_back(published, JANUARY, lambda *one: done.append(one))
    assert done == [(at, len(looks)) for at in range(1, len(looks) + 1)], "each January is counted when it is done"
    return published, looks


def public_of(part: str, published: Published, looks: Looks) -> str:
    with looked_back(looks):
        return lines(PARTS[part](published, looks))


if __name__ == "__main__":
    at_hand = look_back_of_few()
    for name in PARTS:
        (FOLDER / f"public-{name}.txt").write_text(public_of(name, *at_hand), encoding="utf-8")
