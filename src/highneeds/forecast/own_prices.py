"""The council's own unit costs in place of the section 251 estimate, by sector and phase, and its own grant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from highneeds.forecast.costs.block_growth import block_growth
from highneeds.forecast.costs.prices import Grant, PriceBasis, PriceLine, Prices
from highneeds.forecast.defaults import default
from highneeds.forecast.state import PHASES
from highneeds.forecast.summary import Balance, OwnPrice
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

PHASE_NAMES = tuple(name for name, _, _ in PHASES)


@dataclass(frozen=True)
class Sector:
    """A sector of cost_series.csv: the line of the forecast that its average stands on, and the settings it serves.

    inflation    which default says how it rises
    place_line   the line of place funding that the average holds beside the top-up; '' for none
    """

    line: str
    title: str
    settings: tuple[str, ...]
    inflation: str
    place_line: str = ""


SECTORS: Mapping[str, Sector] = {
    "independent": Sector(
        "1.2.3 special",
        "Independent and non-maintained special",
        ("special_independent", "special_non_maintained"),
        "inflation_independent",
    ),
    "maintained special": Sector(
        "1.2.1-2 special", "Top-up, state special", ("special_state",), "inflation_state", "1.0.2 special"
    ),
    "mainstream": Sector(
        "1.2.1-2 mainstream", "Top-up, mainstream and units", ("mainstream", "mainstream_rp_unit"), "inflation_state"
    ),
}
ALL = "all"


def with_own_prices(prices: Prices, own: Sequence[OwnPrice]) -> tuple[Prices, tuple[Note, ...]]:
    """The prices with the council's own averages where they are given, and what to say of them.

    A phase without an average keeps the estimate. A sector or phase unknown to the forecast is said to be unused.
    """
    notes = []
    for name, sector in SECTORS.items():
        given = [one for one in own if one.sector == name and one.phase in PHASE_NAMES]
        given = given or [one for one in own if one.sector == name and one.phase == ALL]
        if given:
            prices = _with_sector(prices, sector, given)
            phases = ", ".join(one.phase for one in given)
            notes.append(Note.of("price.own", line=sector.line, phases=phases))
    strange = [one for one in own if one.sector not in SECTORS or one.phase not in (*PHASE_NAMES, ALL)]
    notes += [Note.of("unit_cost.no_line", sector=one.sector, phase=one.phase) for one in strange]
    return prices, tuple(notes)


def _with_sector(prices: Prices, sector: Sector, given: Sequence[OwnPrice]) -> Prices:
    place = next((line.gbp for line in prices.lines if line.name == sector.place_line), 0.0)
    fresh = tuple(_line(sector, one, place) for one in given)
    taken = {one.phase for one in given}
    left = () if ALL in taken else tuple(phase for phase in PHASE_NAMES if phase not in taken)
    kept: list[PriceLine] = []
    for line in prices.lines:
        if line.name == sector.line:
            kept += [replace(line, phases=left, title=f"{line.title}, {' and '.join(left)}")] if left else []
            kept += fresh
        else:
            kept.append(line)
    if not any(line in kept for line in fresh):
        kept += fresh
    absent = {name: why for name, why in prices.absent.items() if name not in sector.settings}
    return replace(prices, lines=tuple(kept), absent=absent)


def _line(sector: Sector, one: OwnPrice, place: float) -> PriceLine:
    rises, half = default(sector.inflation), default("own_unit_cost_range").value
    low, high = min(one.low, one.gbp * (1 - half)), max(one.high, one.gbp * (1 + half))
    return PriceLine(
        name=f"{sector.line}, {one.phase}",
        title=f"{sector.title}, {one.phase}",
        settings=sector.settings,
        basis=PriceBasis.PLAN,
        gbp=one.gbp - place,
        low=low - place,
        high=high - place,
        base_year=FinancialYear.parse(one.year).start,
        inflation=rises.value,
        inflation_low=rises.low,
        inflation_high=rises.high,
        source=one.source.also(less_gbp=place) if place else one.source,
        estimate=False,
        phases=() if one.phase == ALL else (one.phase,),
        part_of=sector.line,
        sector=sector.title,
    )


def with_own_blocks(prices: Prices, blocks: Sequence[Balance]) -> tuple[Prices, tuple[Note, ...]]:
    """The prices with the council's own high needs block in the years in which it is given, and that this is so."""
    if not blocks:
        return prices, ()
    own = {FinancialYear.parse(one.year).start: one.gbp for one in blocks}
    grant = prices.grant or Grant({}, block_growth({}), Note.of("grant.own_allocations"))
    note = Note.of("in_year.own_block", years=", ".join(one.year for one in blocks), sources=(blocks[-1].source,))
    return replace(prices, grant=replace(grant, known={**grant.known, **own})), (note,)
