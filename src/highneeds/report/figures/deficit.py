"""The money over the years of the agreement: promised, latest, achieved."""

from collections.abc import Sequence
from datetime import date

from highneeds.account.balance.layers import Layers
from highneeds.account.balance.published_account import BEFORE, CLOSING
from highneeds.account.later import is_later
from highneeds.account.stated import Stated
from highneeds.forecast.summary import Fan
from highneeds.intake.ledger.positions import Layer
from highneeds.report import stated_cells
from highneeds.report.cells import Cell
from highneeds.report.charts import ChartWords, Series, fan_chart
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence
from highneeds.report.figures.forecast import bands_of, estimate, money_cell, range_words, source_of
from highneeds.report.sections._words import listed
from highneeds.report.words import reasons
from highneeds.report.words.account import stands
from highneeds.vocabulary.odds import in_odds
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

NAMES = {Layer.AGREED: "Promised", Layer.LATEST: "Latest forecast", Layer.ACHIEVED: "Achieved"}
SOURCE = "Published figures of the council; the table names each place"


def deficit_chart(evidence: Evidence) -> ChartBlock:
    """Accumulated deficit at the end of each financial year."""
    layers, end = evidence.money.layers, evidence.workspace.agreement.last_year
    left, agreed = layers.at(end, CLOSING, Layer.LATEST), layers.one(end, CLOSING, Layer.AGREED)
    title = "Accumulated deficit, promised and achieved"
    if left:
        words = " or ".join(dict.fromkeys(one.words for one in left))
        title = f"Accumulated deficit expected to remain in March {end.start + 1}: {words}"
        title += f", where {agreed.words if agreed.pence else 'nil'} was promised" if agreed else ""
    fan = evidence.brief.deficit if evidence.brief else None
    if fan is not None and evidence.brief is not None:
        title += f"; without further action published statistics point to {range_words(fan, -1, money_cell)}"
    return _chart(evidence, "accumulated-deficit", title, CLOSING, height=112, fan=fan)


def in_year_chart(evidence: Evidence) -> ChartBlock:
    """In-year overspend before contributions."""
    stand = evidence.money.position
    title = stands(stand)[0].rstrip(".") if stand else "In-year overspend, promised and achieved"
    return _chart(evidence, "in-year-overspend", title, BEFORE)


def _chart(
    evidence: Evidence, id: str, title: str, measure: str, height: int = 230, fan: Fan | None = None
) -> ChartBlock:
    layers, brief = evidence.money.layers, evidence.brief
    periods, report = [str(year) for year in layers.years], evidence.workspace.council.report.submitted
    lines = []
    for layer in (Layer.AGREED, Layer.LATEST, Layer.ACHIEVED):
        line = layers.line(measure, layer)
        if any(one is not None for _, one in line):
            cells = tuple(_cell(one, report) for _, one in line)
            lines.append(Series(NAMES[layer], cells, dashed=layer is Layer.AGREED, labelled=True))
    source = f"{SOURCE}. {_gaps(lines)}{_later(layers, measure, report)}"
    if fan is not None and brief is not None:
        lines.append(estimate(fan, periods, money_cell))
        source = f"{source}. The fan: {source_of(brief)}"
    chance = ""
    if fan is not None and brief is not None and brief.at_end is not None and brief.at_end.closing is not None:
        chance = in_odds(brief.at_end.closing, brief.draws)
    return fan_chart(
        ChartWords(id, title, source),
        periods=periods,
        lines=lines,
        bands=() if fan is None else bands_of(fan, periods, money_cell),
        unit=Unit.GBP,
        chance=chance,
        height=height,
    )


def _gaps(lines: Sequence[Series]) -> str:
    """Why points stand without a line between them."""
    gaps = any(cell.is_gap for line in lines for cell in line.cells)
    return "No point: not published" if gaps else "Every year is published"


def _later(layers: Layers, measure: str, report: date) -> str:
    """'; £97.5m and £136m were published after this report'."""
    found = [
        one.words
        for year in layers.years
        for layer in NAMES
        for one in layers.at(year, measure, layer)
        if is_later(one.dated, report)
    ]
    return f"; {listed(found)} {'were' if len(found) > 1 else 'was'} {reasons.LATER}" if found else ""


def _cell(one: Stated | None, report: date) -> Cell:
    if one is None:
        return Cell.gap(State.NOT_PUBLISHED)
    note = reasons.with_later(one.source) if is_later(one.dated, report) else one.source
    return stated_cells.money_cell(one, note)
