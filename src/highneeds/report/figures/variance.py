"""The waterfall from the target to the forecast: drivers that are published, and the rest named as unexplained."""

from decimal import Decimal

from highneeds.account import decimal_pounds, in_words
from highneeds.account.variance.drivers import Driver, DriverBridge
from highneeds.report.cells import Cell
from highneeds.report.charts import ChartWords, Step, waterfall_chart
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence
from highneeds.report.words.account import ENDS, PROMISED, REMAINDER, driver_basis, driver_name, explained
from highneeds.report.words.sums import to_the_nearest
from highneeds.vocabulary.words import qualified


def variance_chart(evidence: Evidence) -> ChartBlock | None:
    """None where the year has no target or no forecast."""
    bridge = evidence.account.parts.drivers
    if bridge is None:
        return None
    known = [one for one in bridge.drivers if one.effect.pence]
    rest, stand = bridge.remainder, evidence.money.position
    return waterfall_chart(
        ChartWords(
            "variance",
            _title(bridge, len(known)),
            "; ".join(dict.fromkeys(filter(None, map(driver_basis, known)))) or "Published figures",
        ),
        start=Step(PROMISED, _cell(bridge.promised, stand.target.qualifier if stand else "")),
        steps=[Step(_name(one), _cell(one.effect.pence or 0, plus=True)) for one in known],
        remainder=Step(REMAINDER, _cell(rest, plus=True)),
        end=Step(ENDS[bridge.ends_at], _cell(bridge.actual, stand.forecast.qualifier if stand else "")),
    )


def _title(bridge: DriverBridge, known: int) -> str:
    """'Between target and forecast £1.9m is published and £1.8m estimated; £19.4m of £23.1m is not explained'."""
    whole = bridge.difference
    if whole > 0 and known:
        return f"Between target and forecast {explained(bridge)}"
    if known:
        end = (
            f"the forecast is {to_the_nearest(bridge.step, -whole)} below the target"
            if whole
            else "the forecast is exactly on target"
        )
        return f"Drivers of {in_words(bridge.explained)} are {'more than ' if whole else ''}offset: {end}"
    if not whole:
        return "The forecast is exactly on target, and no figure names a driver"
    return f"No published figure divides the {to_the_nearest(bridge.step, abs(whole))} between its causes"


def _name(driver: Driver) -> str:
    return f"{driver_name(driver)} (our estimate)" if driver.estimated else driver_name(driver)


def _cell(pence: int, qualifier: str = "", *, plus: bool = False) -> Cell:
    return Cell.millions(Decimal(decimal_pounds(pence)), plus=plus, prefix=qualified(qualifier, ""))
