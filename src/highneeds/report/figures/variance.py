"""The waterfall from the target to the forecast: drivers that are published, and the rest named as unexplained."""

from decimal import Decimal

from highneeds.account import decimal_pounds, in_words
from highneeds.account.drivers import REMAINDER, DriverBridge
from highneeds.report.cells import Cell
from highneeds.report.charts import Step, waterfall_chart
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence


def variance_chart(evidence: Evidence) -> ChartBlock | None:
    """None where the year has no target or no forecast."""
    bridge = evidence.account.parts.drivers
    if bridge is None:
        return None
    known = [one for one in bridge.drivers if one.effect.pence]
    rest = bridge.actual - bridge.promised - sum(one.effect.pence or 0 for one in known)
    return waterfall_chart(
        id="variance",
        title=_title(bridge, len(known), rest),
        start=Step("Promised", _cell(bridge.promised)),
        steps=[Step(one.name, _cell(one.effect.pence or 0, plus=True)) for one in known],
        remainder=Step(REMAINDER, _cell(rest, plus=True)),
        end=Step("Latest forecast", _cell(bridge.actual)),
        source="; ".join(dict.fromkeys(one.basis for one in known if one.basis)) or "Published figures",
    )


def _title(bridge: DriverBridge, known: int, rest: int) -> str:
    """'Published figures explain £3.7m of the £23.1m between target and forecast'."""
    whole = bridge.actual - bridge.promised
    if not known:
        return f"No published figure divides the {in_words(abs(whole))} between its causes"
    return f"Published figures explain {in_words(whole - rest)} of the {in_words(whole)} between target and forecast"


def _cell(pence: int, *, plus: bool = False) -> Cell:
    return Cell.millions(Decimal(decimal_pounds(pence)), plus=plus)
