"""Agreed, latest and achieved side by side, in the columns of the account."""

from collections.abc import Iterable, Sequence

from highneeds.account.balance.layers import MEASURES, Layers
from highneeds.account.pennies import decimal_pounds
from highneeds.intake.ledger.positions import Layer
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

COLUMNS = ("financial_year", "measure", "layer", "value", "value_high", "unit", "qualifier", "state", "source")


def layers_table(found: Layers) -> Table:
    """One row per year, measure and layer; a gap says that nothing is published."""
    keys = [(year, name, layer) for name in found.measures for year in found.years for layer in Layer]
    return Table.of(COLUMNS, (row for key in keys for row in _rows(found, *key)), "Agreed, latest and achieved")


def _rows(found: Layers, year: FinancialYear, measure: str, layer: Layer) -> Iterable[Sequence[object]]:
    head = (str(year), measure, layer.value)
    for one in found.at(year, measure, layer):
        high = decimal_pounds(one.high) if one.high not in (None, one.low) and one.high is not None else None
        state = State.REPORTED if one.fact or one.printed else State.COMPUTED
        yield (*head, decimal_pounds(one.low), high, "gbp", one.qualifier, state.value, one.stands_in)
    if not found.at(year, measure, layer) and layer is not Layer.WITHOUT:
        yield (*head, None, None, "gbp", "", State.UNAVAILABLE.value, "not published")


def published_statement(found: Layers) -> Table:
    """What is published of every year as a sheet, years across, one row per measure and layer."""
    rows = [
        (MEASURES[measure], layer.value, *(one.words if one else None for _, one in found.line(measure, layer)))
        for measure in found.measures
        for layer in (Layer.AGREED, Layer.LATEST, Layer.ACHIEVED)
    ]
    return Table.of(("item", "side", *map(str, found.years)), rows, "The account as published")
