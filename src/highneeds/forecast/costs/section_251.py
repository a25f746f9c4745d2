"""Unit costs from published data alone: section 251 lines over the plans they serve, brought forward, an estimate.

The lines are of one year; later totals of the same return say how far prices have risen since. Where no line serves a
setting its cost is absent, with the reason.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from highneeds.forecast.costs.block_growth import block_growth
from highneeds.forecast.costs.prices import Grant, PriceBasis, PriceLine, Prices
from highneeds.forecast.defaults import default
from highneeds.forecast.learning.evidence import Area, by_setting
from highneeds.forecast.spend.path import SpendPath
from highneeds.forecast.state import SETTINGS, Floats
from highneeds.intake.published import Published
from highneeds.intake.published.breaks import HIGH_NEEDS_BLOCK, break_between
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

LEANS_ON = 10.0
UNBELIEVABLE = 6.0


@dataclass(frozen=True)
class Served:
    """Columns of the published lines that make one line of ours, and the settings they serve."""

    name: str
    title: str
    columns: tuple[str, ...]
    settings: tuple[str, ...]
    inflation: str
    basis: PriceBasis = PriceBasis.PLAN
    sign: float = 1.0


SERVED: tuple[Served, ...] = (
    Served(
        "1.0.2 special", "Place funding, special", ("place_special",), ("special_state",), "places", PriceBasis.PLACE
    ),
    Served(
        "1.0.2 units",
        "Place funding, units",
        ("place_primary", "place_secondary"),
        ("mainstream_rp_unit",),
        "places",
        PriceBasis.PLACE,
    ),
    Served("1.2.1-2 special", "Top-up, state special", ("topup_m_special",), ("special_state",), "state"),
    Served(
        "1.2.1-2 mainstream",
        "Top-up, mainstream and units",
        ("topup_m_primary", "topup_m_secondary", "topup_m_early_years"),
        ("mainstream", "mainstream_rp_unit"),
        "state",
    ),
    Served(
        "1.2.2 post-16",
        "Top-up, colleges",
        ("topup_m_post_school", "place_post_school"),
        ("fe_general",),
        "state",
    ),
    Served(
        "1.2.3 special",
        "Independent and non-maintained special",
        ("topup_n_special",),
        ("special_independent", "special_non_maintained"),
        "independent",
    ),
    Served(
        "1.2.3 mainstream",
        "Independent mainstream",
        ("topup_n_primary", "topup_n_secondary", "topup_n_early_years"),
        ("mainstream_independent",),
        "independent",
    ),
    Served(
        "1.2.3 post-16", "Special post-16 institutions", ("topup_n_post_school",), ("specialist_post16",), "independent"
    ),
    Served(
        "1.2.7",
        "Alternative provision",
        ("alternative_provision", "place_ap_pru", "topup_m_ap_pru", "topup_n_ap_pru"),
        (),
        "services",
        PriceBasis.YEAR,
    ),
    Served("1.2.5-8", "SEN support and inclusion", ("sen_support_inclusion",), (), "services", PriceBasis.YEAR),
    Served("1.2.6", "Hospital education", ("hospital_education",), (), "services", PriceBasis.YEAR),
    Served("1.2.13", "Therapies and other health", ("therapies_other_health",), (), "services", PriceBasis.YEAR),
    Served(
        "1.2 income",
        "Income on top-ups",
        ("topup_m_income", "topup_n_income"),
        (),
        "services",
        PriceBasis.YEAR,
        sign=-1.0,
    ),
)


def prices_from(
    published: Published, area: Area, opening: float | None = None
) -> tuple[Prices | None, tuple[Note, ...]]:
    """Prices of a council from published lines, and notes on what is absent."""
    rows = _lines(published)
    own = rows.filter(pl.col("la_number") == area.code)
    if own.is_empty():
        return None, (Note.of("cost.no_line_of_council", council=area.name),)
    year = FinancialYear.parse(str(own["fin_year"].max()))
    amounts = _amounts(own.filter(pl.col("fin_year") == str(year)))
    england = _amounts(rows.filter(pl.col("fin_year") == str(year)))
    plans, all_plans = _plans(published, area.code, year), _plans_of_all(published, rows, year)
    lines = [_line(one, amounts, england, plans, all_plans, area, year) for one in SERVED]
    kept = tuple(line for line in lines if line is not None)
    brought = _brought_forward(kept, published, area, year)
    absent = _absent(kept, area)
    notes = [Note.of("cost.estimate")]
    notes += absent.values()
    grant = _grant(published, area)
    notes += [] if grant else [Note.of("in_year.no_grant", council=area.name)]
    notes += [] if opening is not None else [Note.of("accumulated.no_opening")]
    notes.append(Note.of("transport.not_published"))
    return Prices(brought, grant, opening, absent=absent), tuple(notes)


def prices_without_lines(
    published: Published, area: Area, path: SpendPath, opening: float | None = None
) -> tuple[Prices, tuple[Note, ...]]:
    """The same where no line of the council is published: one price for every plan, which outturn forecasts."""
    volumes = path.volumes[0]
    gbp = path.newest_gbp / float(volumes.sum())
    settings = tuple(name for name in path.settings if name in SETTINGS)
    note = f"DfE, section 251 outturn {path.newest}, {area.name}: all of lines 1.2 over all plans; an estimate"
    rise = default("inflation_state")
    line = PriceLine(
        "1.2", "High needs, all lines", settings, PriceBasis.PLAN, gbp, gbp, gbp, path.newest.start,
        rise.value, rise.low, rise.high, note,
    )  # fmt: skip
    grant = _grant(published, area)
    notes = [Note.of("cost.no_line_of_council", council=area.name), Note.of("cost.of_outturn", council=area.name)]
    notes += [] if grant else [Note.of("in_year.no_grant", council=area.name)]
    notes += [] if opening is not None else [Note.of("accumulated.no_opening")]
    return Prices((line,), grant, opening), (*notes, Note.of("transport.not_published"))


def grant_notes(prices: Prices | None, years: tuple[FinancialYear, ...]) -> tuple[Note, ...]:
    """That years after the newest known block are a what-if on the grant, and that they run past an announced break.

    No rise is learned across a break, so that only the level of the years after it is in doubt.
    """
    if prices is None or prices.grant is None or not prices.grant.known or not years:
        return ()
    newest = FinancialYear(max(prices.grant.known))
    if years[-1].start <= newest.start:
        return ()
    middle, low, high = prices.grant.growth.next_year
    carried = Note.of(
        "in_year.grant_carried_on",
        newest=str(newest),
        middle=middle,
        low=low,
        high=high,
        stated=prices.grant.growth.stated,
    )
    found = break_between(HIGH_NEEDS_BLOCK, str(newest), str(years[-1]))
    if found is None:
        return (carried,)
    return (
        carried,
        Note.of(
            "in_year.grant_across_break",
            newest=str(newest),
            before=found.before,
            after=found.after,
            why=found.why,
            sources=(found.source,),
        ),
    )


def _lines(published: Published) -> pl.DataFrame:
    if not published.has("s251_high_needs_lines"):
        return pl.DataFrame(schema={"la_number": pl.String, "fin_year": pl.String})
    return published.table("s251_high_needs_lines").filter(pl.col("stage") == "outturn")


def _amounts(rows: pl.DataFrame) -> dict[str, float]:
    summed = rows.group_by("line").agg(pl.col("amount_gbp").sum())
    return dict(zip(summed["line"], summed["amount_gbp"], strict=True))


def _plans(published: Published, code: str, year: FinancialYear) -> Floats:
    """(settings) plans of a financial year: the mean of the Januaries before and in it."""
    rows = published.table("ehcp_caseload_by_setting").filter(
        (pl.col("la_number") == code) & pl.col("year").is_in([year.start, year.start + 1])
    )
    return by_setting(rows, "plans") / max(rows["year"].n_unique(), 1)


def _plans_of_all(published: Published, lines: pl.DataFrame, year: FinancialYear) -> Floats:
    codes = lines["la_number"].unique().to_list()
    rows = published.table("ehcp_caseload_by_setting").filter(
        pl.col("la_number").is_in(codes) & pl.col("year").is_in([year.start, year.start + 1])
    )
    return by_setting(rows, "plans") / max(rows["year"].n_unique(), 1)


def _line(
    one: Served,
    own: dict[str, float],
    england: dict[str, float],
    plans: Floats,
    all_plans: Floats,
    area: Area,
    year: FinancialYear,
) -> PriceLine | None:
    """One line's price in the year of the return; None where the council has nothing on it."""
    amount = one.sign * sum(own.get(column, 0.0) or 0.0 for column in one.columns)
    if amount == 0.0 or (one.sign > 0 and amount < 0):
        return None
    gbp = amount
    if one.basis is not PriceBasis.YEAR:
        served = sum(plans[SETTINGS.index(name)] for name in one.settings)
        all_served = sum(all_plans[SETTINGS.index(name)] for name in one.settings)
        usual = sum(england.get(column, 0.0) or 0.0 for column in one.columns) / max(all_served, 1.0)
        gbp = (amount + LEANS_ON * usual) / (served + LEANS_ON)
        if not usual / UNBELIEVABLE < gbp < usual * UNBELIEVABLE:
            return None
    rises, half = default(f"inflation_{one.inflation}"), default("unit_cost_range").value
    lines = ", ".join(map(column_words, one.columns))
    return PriceLine(
        name=one.name,
        title=one.title,
        settings=one.settings,
        basis=one.basis,
        gbp=gbp,
        low=gbp * (1.0 - half),
        high=gbp * (1.0 + half),
        base_year=year.start,
        inflation=rises.value,
        inflation_low=rises.low,
        inflation_high=rises.high,
        source=f"DfE, section 251 outturn {year}, {area.name}: {lines}; an estimate",
    )


COLUMN_PARTS = {
    "topup_m_": "top-ups in state settings, ",
    "topup_n_": "top-ups in non-maintained and independent settings, ",
    "place_": "place funding, ",
    "ap_pru": "alternative provision and referral units",
    "sen_": "SEN ",
}


def column_words(column: str) -> str:
    """'topup_m_post_school' -> 'top-ups in state settings, post school': what a published column holds, in words."""
    for part, said in COLUMN_PARTS.items():
        column = column.replace(part, said)
    return column.replace("_", " ")


def _brought_forward(
    lines: tuple[PriceLine, ...], published: Published, area: Area, year: FinancialYear
) -> tuple[PriceLine, ...]:
    """Prices of the newest year whose total is published: the rise that the total shows over its plans."""
    later = _latest_total(published, area)
    if later is None or later[0].start <= year.start:
        return lines
    newest, total = later
    now = [line for line in lines if line.basis is not PriceBasis.PLACE]
    expected = sum(_spent(line, published, area, newest) for line in now)
    rise = float(np.clip(total / expected, 0.6, 2.5)) if expected > 0 else 1.0
    return tuple(_moved(line, rise, newest) for line in lines)


def _moved(line: PriceLine, rise: float, newest: FinancialYear) -> PriceLine:
    rise = 1.0 if line.basis is PriceBasis.PLACE else rise
    moved = line.scaled(rise)
    note = f"{line.source}; times {rise:.3f} to meet the total of {newest}"
    return PriceLine(**{**vars(moved), "base_year": newest.start, "source": note})


def _spent(line: PriceLine, published: Published, area: Area, year: FinancialYear) -> float:
    if line.basis is PriceBasis.YEAR:
        return line.gbp
    plans = _plans(published, area.code, year)
    return line.gbp * float(sum(plans[SETTINGS.index(name)] for name in line.settings))


def _latest_total(published: Published, area: Area) -> tuple[FinancialYear, float] | None:
    if not published.has("s251_outturn_high_needs_total"):
        return None
    rows = published.table("s251_outturn_high_needs_total").filter(
        (pl.col("la_number") == area.code) & pl.col("high_needs_1_2_net_gbp").is_not_null()
    )
    if rows.is_empty():
        return None
    last = rows.sort("fin_year").row(-1, named=True)
    return FinancialYear.parse(last["fin_year"]), float(last["high_needs_1_2_net_gbp"])


def _absent(lines: tuple[PriceLine, ...], area: Area) -> dict[str, Note]:
    """The settings without a price, and why."""
    served = {setting for line in lines for setting in line.settings}
    possible = {setting for one in SERVED for setting in one.settings}
    return {
        setting: Note.of("cost.line_not_believable", setting=setting, council=area.name)
        if setting in possible
        else Note.of("cost.no_line_of_setting", setting=setting)
        for setting in SETTINGS
        if setting not in served
    }


_BLOCK = ("la_number", "fin_year", "high_needs_block")


def _grant(published: Published, area: Area) -> Grant | None:
    if not published.has("dsg_allocations"):
        return None
    blocks = blocks_before_deductions(published)
    known = blocks.get(area.code)
    source = (
        "DfE, DSG allocations: high needs block before deductions, since place funding is counted in full; then grown: "
        "half of what England's last rise lay beyond the stated one goes on each year, with the surprises of past rises"
    )
    return Grant(known, block_growth(blocks), source) if known else None


def blocks_before_deductions(published: Published) -> dict[str, dict[int, float]]:
    """Council -> first calendar year of the financial year -> pounds of the high needs block."""
    found: dict[str, dict[int, float]] = {}
    for council, year, gbp in published.table("dsg_allocations").select(*_BLOCK).iter_rows():
        if gbp is not None:
            found.setdefault(council, {})[FinancialYear.parse(year).start] = float(gbp)
    return found
