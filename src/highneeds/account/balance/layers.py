"""Agreed, latest and achieved side by side, year by year. A figure nobody published is a gap in its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from highneeds.account.contradiction import contradiction
from highneeds.account.pennies import decimal_pounds
from highneeds.account.stated import Stated, dated_by_name, of_fact
from highneeds.checks.finding import Finding
from highneeds.intake.ledger.positions import Layer, PositionRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.intake.workspace.facts import Fact

WORDS = {
    "in_year_before_contributions_gbp": "In-year overspend before contributions",
    "closing_deficit_gbp": "Accumulated deficit at 31 March",
    "cumulative_gap_gbp": "Accumulated deficit worse than plan",
    "dfe_payment_gbp": "DfE payment",
    "council_contribution_gbp": "Council contribution",
}
POSITIONS = {
    "in_year_before_contributions_gbp": "In-year position before contributions",
    "closing_deficit_gbp": "Accumulated balance at 31 March",
}
"""What a balance is called where some of its figures are a surplus and some are not."""
SURPLUSES = {
    "in_year_before_contributions_gbp": "In-year surplus before contributions",
    "closing_deficit_gbp": "Accumulated surplus at 31 March",
}


def name_of(measure: str, figures: Iterable[Stated]) -> str:
    """'In-year overspend before contributions'; 'In-year surplus ...' where nothing but a surplus is said of it."""
    below = [one.is_surplus for one in figures if one.pence]
    if not any(below):
        return WORDS[measure]
    return (SURPLUSES if all(below) else POSITIONS).get(measure, WORDS[measure])


LayerKey = tuple[FinancialYear, str, Layer]


@dataclass(frozen=True)
class Layers:
    """Every figure of the account by year, measure and layer; several where documents disagree.

    printed   what documents say, where the council's own typed figure took its place
    """

    years: tuple[FinancialYear, ...]
    stated: Mapping[LayerKey, tuple[Stated, ...]]
    printed: Mapping[LayerKey, tuple[Stated, ...]] = field(default_factory=dict)

    def with_typed(self, typed: Mapping[LayerKey, Stated]) -> "Layers":
        """The same with the council's own typed figures in the place of what is printed of the same thing."""
        replaced = {key: found for key, found in self.stated.items() if key in typed}
        years = sorted({*self.years, *(year for year, _, _ in typed)})
        own = {key: (one,) for key, one in typed.items()}
        return Layers(tuple(years), {**self.stated, **own}, replaced)

    def at(self, year: FinancialYear, measure: str, layer: Layer) -> tuple[Stated, ...]:
        return self.stated.get((year, measure, layer), ())

    def one(self, year: FinancialYear, measure: str, *layers: Layer) -> Stated | None:
        """The first statement in the first of these layers that has one."""
        return next((found for layer in layers for found in self.at(year, measure, layer)), None)

    def line(self, measure: str, layer: Layer) -> tuple[tuple[FinancialYear, Stated | None], ...]:
        """One line of a chart: every year, None where there is a gap."""
        return tuple((year, self.one(year, measure, layer)) for year in self.years)

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(name for name in WORDS if any(key[1] == name for key in self.stated))

    def name_of(self, measure: str) -> str:
        """What the rows of a measure are headed with, as their figures are."""
        return name_of(measure, (one for key, found in self.stated.items() if key[1] == measure for one in found))

    def findings(self) -> tuple[Finding, ...]:
        """Figures that two documents give differently."""
        found = (
            contradiction(f"{WORDS[measure]} of {year}, {layer.value}", statements)
            for (year, measure, layer), statements in {**self.stated, **self.printed}.items()
        )
        return tuple(finding for finding in found if finding)

    def table(self) -> Table:
        """One row per year, measure and layer, in the columns of the account; a gap says that nothing is published."""
        columns = ("financial_year", "measure", "layer", "value", "value_high", "unit", "qualifier", "state", "source")
        keys = [(year, name, layer) for name in self.measures for year in self.years for layer in Layer]
        return Table.of(columns, (row for key in keys for row in self._rows(*key)), "Agreed, latest and achieved")

    def _rows(self, year: FinancialYear, measure: str, layer: Layer) -> Iterable[Sequence[object]]:
        head = (str(year), measure, layer.value)
        for one in self.at(year, measure, layer):
            high = decimal_pounds(one.high) if one.high not in (None, one.low) and one.high is not None else None
            state = State.REPORTED if one.fact or one.printed else State.COMPUTED
            value = (decimal_pounds(one.low), high, "gbp", one.qualifier, state.value, one.stands_in)
            yield (*head, *value)
        if not self.at(year, measure, layer) and layer is not Layer.WITHOUT:
            yield (*head, None, None, "gbp", "", State.UNAVAILABLE.value, "not published")


def layers(rows: Sequence[PositionRow], facts: "Iterable[Fact]", years: Sequence[FinancialYear]) -> Layers:
    """Look up every position in the facts. `years` are those to show, whether or not anything is published of them."""
    known = {fact.id: fact for fact in facts}
    stated: dict[LayerKey, tuple[Stated, ...]] = {}
    for row in rows:
        key = (row.year, row.measure, row.layer)
        stated[key] = (*stated.get(key, ()), _statement(row, known))
    return Layers(tuple(sorted({*years, *(row.year for row in rows)})), stated)


def _statement(row: PositionRow, known: "Mapping[str, Fact]") -> Stated:
    fact = known.get(row.fact)
    if fact is None:
        raise InputError(
            f"'{row.fact}' has no source: it is no fact of this workspace",
            where=row.where,
            remedy="Add it to facts.csv with its document and line, or correct the id",
        )
    return Stated(0, 0, "exact", "nil", str(fact.source), fact.id, dated_by_name(fact)) if row.is_nil else of_fact(fact)
