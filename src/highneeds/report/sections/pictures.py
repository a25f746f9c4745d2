"""Charts of ways and groups: request to plan, moves between settings, plans by age, the money by year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import polars as pl

from highneeds.account.balance.layers import MEASURES
from highneeds.account.balance.published_account import BEFORE, CLOSING
from highneeds.account.stated import Stated
from highneeds.forecast.state import AGE_BANDS, bands_in_order
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.published.breaks import steps_that_are_breaks
from highneeds.report import document as doc
from highneeds.report.charts import Bar, ChartWords, Series, bar_chart, fan_chart
from highneeds.report.charts.flows import Flow, flow_chart
from highneeds.report.charts.funnel import Stage, funnel_chart
from highneeds.report.charts.pyramid import PyramidBand, pyramid_chart
from highneeds.report.evidence import Evidence
from highneeds.report.stated_cells import balance_cell
from highneeds.report.words import pictures as words
from highneeds.report.words.account import POSITIONS, SURPLUSES
from highneeds.report.words.sums import balance
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import round_half_away, with_commas
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

YEAR = 12
YEARS_BACK = 5
BANDS = "ehcp_caseload_by_age_band"
PROCESS = "ehcp_process"
PROCESS_STEPS = ("requests_received_in_year", "requests_decided_to_assess", "plans_issued_den")
AGREED, DECLINED = "assess_agreed_count", "assess_declined_count"
ISSUED = "issue_agreed_count"
OUT, BACK = "mainstream_to_special_total", "special_to_mainstream_total"
LAYERS = {Layer.AGREED: "Agreed", Layer.LATEST: "Latest forecast", Layer.ACHIEVED: "Achieved"}


def request_to_plan(evidence: Evidence) -> doc.ChartBlock | None:
    """A funnel of our own twelve months where the dashboard has every step of them, else of the newest published.

    A backlog that is worked off can bring more through a step than the one before let in: that is no funnel.
    """
    return _own_way(evidence) or _published_way(evidence)


def _own_way(evidence: Evidence) -> doc.ChartBlock | None:
    month = _last_month(evidence, AGREED)
    agreed, declined, issued = (
        _year_to(evidence, name, month) if month else None for name in (AGREED, DECLINED, ISSUED)
    )
    if month is None or agreed is None or declined is None or issued is None:
        return None
    when = f"{month.plus(1 - YEAR).label} to {month.label}"
    counts = (agreed + declined, agreed, issued)
    return _funnel(words.STAGES_OWN, counts, when, words.WAY_SOURCE.format(month=month.label))


def _published_way(evidence: Evidence) -> doc.ChartBlock | None:
    if not evidence.published.has(PROCESS):
        return None
    own = evidence.published.table(PROCESS).filter(pl.col("la_number") == evidence.workspace.council.la_number)
    steps = [pl.col(name).cast(pl.Int64, strict=False) for name in PROCESS_STEPS]
    whole = own.select("cal_year", *steps).drop_nulls().sort("cal_year")
    if whole.is_empty():
        return None
    year, *counts = whole.row(-1)
    return _funnel(words.STAGES_PUBLISHED, counts, str(year), words.WAY_PUBLISHED.format(year=year))


def _funnel(names: Sequence[str], counts: Sequence[int], when: str, source: str) -> doc.ChartBlock | None:
    if not all(counts) or list(counts) != sorted(counts, reverse=True):
        return None
    stages = [Stage(names[0], _count(counts[0]))]
    stages += [
        Stage(step, _count(count), words.of_requests(round_half_away(Decimal(100) * count / counts[0])))
        for step, count in zip(names[1:], counts[1:], strict=True)
    ]
    title = words.way_title(stages[0].cell.text, names[0], stages[-1].cell.text, names[-1], when)
    return funnel_chart(id="request-to-plan", title=title, stages=stages, count_head=words.WAY_COUNT, source=source)


def _count(number: int) -> doc.Cell:
    return doc.Cell.number(number, unit=Unit.COUNT.value)


def _last_month(evidence: Evidence, indicator: str) -> Month | None:
    months = [
        one.period
        for one in evidence.workspace.series(indicator)
        if isinstance(one.period, Month) and one.value is not None
    ]
    return max(months, default=None)


def _year_to(evidence: Evidence, indicator: str, last: Month) -> int | None:
    """The sum of the twelve months up to one; None where any of them has no figure."""
    known = {one.period: one.value for one in evidence.workspace.series(indicator)}
    values = [known.get(last.plus(-back)) for back in range(YEAR)]
    return None if any(one is None for one in values) else int(sum(one for one in values if one is not None))


def moves_between_settings(evidence: Evidence) -> doc.ChartBlock | None:
    """How many moved each way in the latest twelve months, where the dashboard has every one of them."""
    month = _last_month(evidence, OUT)
    out, back = (_year_to(evidence, name, month) if month else None for name in (OUT, BACK))
    if month is None or out is None or back is None or not out + back:
        return None
    flows = (
        Flow(words.MAINSTREAM, words.SPECIAL, _count(out)),
        Flow(words.SPECIAL, words.MAINSTREAM, _count(back)),
    )
    when = f"{month.plus(1 - YEAR).label} to {month.label}"
    return flow_chart(
        id="moves-between-settings",
        title=words.moves_title(with_commas(out), with_commas(back), when),
        flows=flows,
        count_head=words.MOVES_COUNT,
        source=words.MOVES_SOURCE.format(month=month.label),
    )


def plans_by_age(evidence: Evidence) -> doc.ChartBlock | None:
    """The newest published January beside the one five years before, age group by age group."""
    if not evidence.published.has(BANDS):
        return None
    own = evidence.published.table(BANDS).filter(pl.col("la_number") == evidence.workspace.council.la_number)
    known = {(int(year), band): int(plans) for year, band, plans in _bands_of(own)}
    if not known:
        return None
    last = max(year for year, _ in known)
    first = max((year for year, _ in known if year <= last - YEARS_BACK), default=None)
    if first is None:
        return None
    names = bands_in_order({band for _, band in known})
    bands = [PyramidBand(name, _plans(known.get((first, name))), _plans(known.get((last, name)))) for name in names]
    title = ages_finding(known, first, last, _breaks(evidence))
    heads = (f"January {first}", f"January {last}")
    source = words.AGES_SOURCE
    return pyramid_chart(
        id="plans-by-age", title=title, left=heads[0], right=heads[1], bands=bands, band_head=words.AGE, source=source
    )


def ages_finding(known: Mapping[tuple[int, str], int], first: int, last: int, breaks: Sequence[int]) -> str:
    """Where plans grew most between two Januaries; nothing of growth where the return changed between them.

    known    (January, age band) -> plans
    breaks   Januaries whose step from the one before is a change of the return
    """
    between = [year for year in breaks if first < year <= last]
    if between:
        return words.ages_broken_title(first, last, between[-1])
    grown = {
        name: plans - known[first, name]
        for (year, name), plans in known.items()
        if year == last and (first, name) in known
    }
    best = max(grown, key=lambda name: grown[name], default="")
    if not best or grown[best] <= 0:
        return words.ages_steady_title(first, last)
    then, now = with_commas(known[first, best]), with_commas(known[last, best])
    ages = {name: words.at_age(youngest, oldest) for name, youngest, oldest in AGE_BANDS}
    return words.ages_title(ages.get(best, best), then, now, first, last)


def _breaks(evidence: Evidence) -> list[int]:
    steps = steps_that_are_breaks(evidence.published.table("ehcp_caseload_total"))
    return sorted(steps.filter(pl.col("la_number") == evidence.workspace.council.la_number)["year"].to_list())


def _bands_of(own: pl.DataFrame) -> list[tuple[int, str, int]]:
    return own.select("year", "age_band", pl.col("plans").cast(pl.Int64, strict=False)).drop_nulls().rows()


def _plans(value: int | None) -> doc.Cell:
    return doc.Cell.gap(State.NOT_PUBLISHED) if value is None else _count(value)


def position_by_year(evidence: Evidence) -> doc.ChartBlock | None:
    """The deficit year by year, as agreed, forecast and achieved; the year's overspend where no deficit is known.

    A line needs neighbouring years. Where no figures stand in such, a few points would be lost in an empty chart: then
    bars show what is expected beside what was agreed.
    """
    for measure in (CLOSING, BEFORE):
        lines = _lines(evidence, measure)
        if any(_has_neighbouring_years(line) for line in lines):
            return _position_chart(evidence, measure, lines)
    return _targets_chart(evidence)


def _has_neighbouring_years(line: Series) -> bool:
    return any(one.is_number and after.is_number for one, after in pairwise(line.cells))


def _targets_chart(evidence: Evidence) -> doc.ChartBlock | None:
    """Each year that has both a target and a later figure: the later figure in colour, and under it what was agreed."""
    bars: list[Bar] = []
    findings: list[str] = []
    layers = evidence.money.layers
    for measure in (BEFORE, CLOSING):
        for year in layers.years:
            agreed, now = (
                layers.one(year, measure, Layer.AGREED),
                layers.one(year, measure, Layer.ACHIEVED, Layer.LATEST),
            )
            if agreed is None or now is None:
                continue
            name = words.balance_of(year, measure == CLOSING, now.is_surplus)
            came = layers.one(year, measure, Layer.ACHIEVED) is not None
            bars.append(Bar(words.as_it_stands(name, came), _stated_cell(now), own=True))
            bars.append(Bar(words.as_agreed(name), _stated_cell(agreed)))
            findings.append(words.against_agreed(name, _said(now), balance(agreed) if agreed.pence else ""))
    if not bars:
        return None
    return bar_chart(
        ChartWords("position-by-year", words.targets_title(findings), words.TARGETS_SOURCE),
        bars=bars,
        name_head=words.BALANCE,
        value_head=words.SUM,
        ordered=False,
    )


def _lines(evidence: Evidence, measure: str) -> list[Series]:
    layers, found = evidence.money.layers, []
    for layer, name in LAYERS.items():
        line = layers.line(measure, layer)
        if any(one is not None for _, one in line):
            cells = tuple(_stated_cell(one) for _, one in line)
            found.append(Series(name, cells, dashed=layer is Layer.AGREED, labelled=True))
    return found


def _stated_cell(one: Stated | None) -> doc.Cell:
    if one is None:
        return doc.Cell.words("")  # the source line says what a year without a point is
    return balance_cell(one)


def _position_chart(evidence: Evidence, measure: str, lines: Sequence[Series]) -> doc.ChartBlock:
    """A deficit is drawn upwards; where there is a surplus, it is the surplus that is."""
    year, years = _latest_year(evidence, measure), _years_shown(lines, evidence.money.layers.years)
    lines = [replace(one, cells=one.cells[: len(years)]) for one in lines]
    values = [cell.value for line in lines for cell in line.cells if isinstance(cell.value, Decimal)]
    surplus, all_surplus = min(values) < 0, max(values) <= 0 and min(values) < 0
    return fan_chart(
        ChartWords(
            "position-by-year",
            _position_title(evidence, measure, year, surplus, all_surplus),
            words.POSITION_SOURCE if all_surplus or not surplus else words.BALANCE_SOURCE,
        ),
        periods=years,
        lines=[replace(one, cells=tuple(map(_turned, one.cells))) for one in lines] if surplus else lines,
        bands=(),
        unit=Unit.GBP,
        zero=True,
        height=150,
    )


def _turned(cell: doc.Cell) -> doc.Cell:
    """A balance with its surplus above nought."""
    return replace(cell, value=-cell.value) if isinstance(cell.value, Decimal) else cell


def _position_title(evidence: Evidence, measure: str, year: FinancialYear, surplus: bool, all_surplus: bool) -> str:
    layers = evidence.money.layers
    said = {layer: _said(layers.one(year, measure, layer), all_surplus) for layer in LAYERS}
    name = SURPLUSES[measure] if all_surplus else POSITIONS[measure] if surplus else MEASURES[measure]
    day = str(year.last_day.year) if measure == CLOSING else f"in {year}"
    return words.position_title(name, day, said[Layer.LATEST], said[Layer.AGREED], said[Layer.ACHIEVED])


def _years_shown(lines: Sequence[Series], years: Sequence[FinancialYear]) -> list[str]:
    """The years of the plan up to the last that has a figure."""
    last = max(place for line in lines for place, cell in enumerate(line.cells) if cell.is_number)
    return [str(one) for one in years[: last + 1]]


def _latest_year(evidence: Evidence, measure: str) -> FinancialYear:
    """The last year with a forecast; the last with any figure where there is none."""
    layers = evidence.money.layers
    forecast = [year for year in layers.years if layers.at(year, measure, Layer.LATEST)]
    return max(forecast or [year for year in layers.years if any(layers.at(year, measure, one) for one in LAYERS)])


def _said(one: Stated | None, all_surplus: bool = False) -> str:
    """A balance; among balances that are all a surplus the sum alone."""
    if one is None:
        return ""
    said = one.upright.words if all_surplus else balance(one)
    return said if one.pence else "no deficit"
