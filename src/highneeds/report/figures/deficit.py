"""The money over the years of the agreement: promised, latest, achieved."""

from decimal import Decimal

from highneeds.account import decimal_pounds
from highneeds.account.published_account import BEFORE, CLOSING
from highneeds.account.stated import Stated
from highneeds.intake.ledger.positions import Layer
from highneeds.report.cells import Cell
from highneeds.report.charts import Series, fan_chart
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

NAMES = {Layer.AGREED: "Promised", Layer.LATEST: "Latest forecast", Layer.ACHIEVED: "Achieved"}
SOURCE = "Published figures of the council; the table names each place"


def deficit_chart(evidence: Evidence) -> ChartBlock:
    """Accumulated deficit at the end of each financial year."""
    layers, end = evidence.money.layers, evidence.workspace.agreement.last_year
    last = layers.one(end, CLOSING, Layer.LATEST)
    title = "Accumulated deficit, promised and achieved"
    if last:
        words = f"{last.words[:1].upper()}{last.words[1:]}"
        title = f"{words} of accumulated deficit is expected to remain in March {end.start + 1}, where nil was promised"
    return _chart(evidence, "accumulated-deficit", title, CLOSING, height=170)


def in_year_chart(evidence: Evidence) -> ChartBlock:
    """In-year overspend before contributions."""
    stand = evidence.money.position
    title = stand.sentences[0].rstrip(".") if stand else "In-year overspend, promised and achieved"
    return _chart(evidence, "in-year-overspend", title, BEFORE)


def _chart(evidence: Evidence, id: str, title: str, measure: str, height: int = 230) -> ChartBlock:
    layers = evidence.money.layers
    lines = []
    for layer in (Layer.AGREED, Layer.LATEST, Layer.ACHIEVED):
        line = layers.line(measure, layer)
        if any(one is not None for _, one in line):
            lines.append(Series(NAMES[layer], tuple(_cell(one) for _, one in line), dashed=layer is Layer.AGREED))
    return fan_chart(
        id=id,
        title=title,
        periods=[str(year) for year in layers.years],
        lines=lines,
        unit=Unit.GBP,
        source=SOURCE,
        height=height,
    )


def _cell(one: Stated | None) -> Cell:
    if one is None:
        return Cell.gap(State.UNAVAILABLE, "Not published")
    return Cell(Decimal(decimal_pounds(one.pence)), one.words, note=one.source, unit=Unit.GBP.value)
