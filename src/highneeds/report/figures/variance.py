"""The waterfall from the target to the forecast: published drivers, and the rest named as unexplained."""

from decimal import Decimal

from highneeds.account import decimal_pounds, in_words
from highneeds.report.cells import Cell
from highneeds.report.charts import Step, waterfall_chart
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence


def variance_chart(evidence: Evidence) -> ChartBlock | None:
    """None where the year has no target or no forecast."""
    stand = evidence.money.position
    if stand is None:
        return None
    gap = Step("Not explained by published figures", _cell(stand.variance, plus=True))
    return waterfall_chart(
        id="variance",
        title=f"No published figure divides the {in_words(abs(stand.variance))} between its causes",
        start=Step("Promised", _cell(stand.target.pence)),
        steps=[],
        remainder=gap,
        end=Step("Latest forecast", _cell(stand.forecast.pence)),
        source=f"{stand.target.source}; {stand.forecast.source}",
    )


def _cell(pence: int, *, plus: bool = False) -> Cell:
    return Cell.millions(Decimal(decimal_pounds(pence)), plus=plus)
